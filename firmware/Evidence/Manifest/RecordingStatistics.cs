// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The block of statistics at the close of a recording (FORMAT.md 3.6).</summary>
    public sealed class RecordingStatistics
    {
        /// <summary>Frames a second x 100 over the recording.</summary>
        public int FramesPerSecondX100;

        /// <summary>Mean bytes of a frame.</summary>
        public int MeanFrameBytes;

        /// <summary>Mean microseconds from the capture command to the frame being ready.</summary>
        public int ExposeUs;

        /// <summary>Mean microseconds of reading a frame from the sensor.</summary>
        public int ReadUs;

        /// <summary>Mean microseconds of hashing a frame.</summary>
        public int HashUs;

        /// <summary>Microseconds of all card writes, for each frame.</summary>
        public int WriteUs;

        /// <summary>Card bytes a second while it was writing.</summary>
        public int CardBytesPerSecond;

        /// <summary>Slowest write, milliseconds.</summary>
        public int SlowestWriteMs;

        /// <summary>Writes slower than ten times the mean before them.</summary>
        public int SlowWrites;

        /// <summary>Times the governor changed rate or quality.</summary>
        public int GovernorChanges;

        /// <summary>Lowest frame rate it went to, x 100.</summary>
        public int LowestRateX100;

        /// <summary>Lowest quality it went to.</summary>
        public FrameQuality LowestQuality;

        /// <summary>Why it went there.</summary>
        public GovernorReason GovernorReason;
    }
}
