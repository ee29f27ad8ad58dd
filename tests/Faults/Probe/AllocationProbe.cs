// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Faults.Probe;

/// <summary>Called by rewritten device code. Each thread runs a camera of its own.</summary>
public static class AllocationProbe
{
    [ThreadStatic]
    static Action<string>? allocating;

    /// <summary>Told before each allocation of this thread, with the method that makes it; may throw. Null for nothing.</summary>
    public static Action<string>? Allocating
    {
        set => allocating = value;
    }

    /// <summary>An allocation is about to be made.</summary>
    public static void Next(string method) => allocating?.Invoke(method);
}
