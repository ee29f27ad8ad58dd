// SPDX-License-Identifier: MIT

namespace System.Device.Spi
{
    /// <summary>Settings of one device on a bus.</summary>
    public sealed class SpiConnectionSettings
    {
        /// <summary>A device; chip select -1 leaves that line to the caller.</summary>
        public SpiConnectionSettings(int busId, int chipSelectLine = -1)
        {
            BusId = busId;
            ChipSelectLine = chipSelectLine;
        }

        /// <summary>1 or 2.</summary>
        public int BusId { get; set; }

        /// <summary>GPIO of the chip select, or -1.</summary>
        public int ChipSelectLine { get; set; }

        /// <summary>Mode.</summary>
        public SpiMode Mode { get; set; }

        /// <summary>Clock in hertz.</summary>
        public int ClockFrequency { get; set; } = 500_000;

        /// <summary>Bits a word.</summary>
        public int DataBitLength { get; set; } = 8;

        /// <summary>Bit order.</summary>
        public DataFlow DataFlow { get; set; }
    }
}
