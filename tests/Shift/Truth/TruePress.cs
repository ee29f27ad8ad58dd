// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Shift.Tests
{
    /// <summary>A press of a finger; monotonic milliseconds.</summary>
    internal sealed record TruePress(TrueBoot Boot, Button Button, long DownMs, long DurationMs, PressKind Kind);

    /// <summary>What a press is meant as, by the numbers of FORMAT.md 3.4, key 18.</summary>
    internal enum PressKind
    {
        Tap = 1,
        Double = 2,
        Hold = 3,
    }
}
