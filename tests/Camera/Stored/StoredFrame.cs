// SPDX-License-Identifier: MIT

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A frame as it lies on the card.</summary>
    /// <param name="Index">Index in the recording.</param>
    /// <param name="TimeMs">Capture, milliseconds since recording zero.</param>
    /// <param name="DurationMs">Until the next frame, by its `trun`.</param>
    /// <param name="Jpeg">Its exact bytes.</param>
    internal sealed record StoredFrame(int Index, long TimeMs, long DurationMs, byte[] Jpeg)
    {
        public long EndMs => TimeMs + DurationMs;
    }
}
