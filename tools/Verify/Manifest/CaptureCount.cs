// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Key 15: frames of the recording so far.</summary>
    /// <param name="Frames">In ring and recorded.</param>
    /// <param name="NoMemory">Dropped for want of memory.</param>
    /// <param name="Damaged">Dropped as damaged.</param>
    /// <param name="Missed">Capture times missed.</param>
    /// <param name="LongestGap">Longest time between two frames, ms.</param>
    public sealed record CaptureCount(ulong Frames, ulong NoMemory, ulong Damaged, ulong Missed, ulong LongestGap);
}
