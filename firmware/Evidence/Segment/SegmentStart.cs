// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Where a segment begins: on the card, in its recording and in time.</summary>
    public sealed class SegmentStart
    {
        /// <summary>Segment number.</summary>
        public int Segment;

        /// <summary>Slot number.</summary>
        public int Slot;

        /// <summary>Frame index of its first frame.</summary>
        public int FirstFrame;

        /// <summary>Monotonic time of that frame, or of the press when it is still to come, milliseconds.</summary>
        public long FirstMs;

        /// <summary>Close digest of the segment before, 32 bytes; null in segments 0 and k.</summary>
        public byte[] PreviousClose;
    }
}
