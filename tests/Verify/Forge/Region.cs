// SPDX-License-Identifier: MIT

namespace Lapel.Verify.Tests
{
    /// <summary>A range of bytes in a forged segment and what it is.</summary>
    internal sealed record Region(string Name, SegmentPart Part, int Start, int Length, int Fragment = -1);
}
