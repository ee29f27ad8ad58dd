// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.DeviceGate.Rules;

/// <summary>Types that may use floating point, each with its reason. Nothing on the frame path may stand here.</summary>
public static class FloatingPointAllowance
{
    /// <summary>Full type name to reason.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>();
}
