// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>One file that was read.</summary>
    /// <param name="Slot">The file.</param>
    /// <param name="Start">Its first sector.</param>
    /// <param name="Segment">What was judged; null when its first sector shows that there is no segment.</param>
    internal sealed record SlotRead(SlotFile Slot, SlotStart Start, SegmentResult? Segment);
}
