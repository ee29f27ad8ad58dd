// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>How long the simulated chip takes, microseconds.</summary>
    public sealed class MegaTimes
    {
        /// <summary>Busy after a reset. ZEPHYR's driver sleeps 1 s here.</summary>
        public long Reset { get; set; } = 1_000_000;

        /// <summary>Busy after a write to FORMAT.</summary>
        public long Format { get; set; } = 30_000;

        /// <summary>Busy after a write to CAPTURE_RESOLUTION.</summary>
        public long Resolution { get; set; } = 12_000;

        /// <summary>Busy after any other register write, FIFO control excepted.</summary>
        public long Register { get; set; } = 2_000;

        /// <summary>Frame time of the sensor: 30 frames a second.</summary>
        public long Frame { get; set; } = 33_333;
    }
}
