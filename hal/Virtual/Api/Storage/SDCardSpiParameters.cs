// SPDX-License-Identifier: MIT

namespace nanoFramework.System.IO.FileSystem
{
    /// <summary>A socket on an SPI bus.</summary>
    public class SDCardSpiParameters
    {
        /// <summary>Slot.</summary>
        public uint slotIndex;

        /// <summary>Bus, 1 or 2.</summary>
        public uint spiBus;

        /// <summary>GPIO of the chip select.</summary>
        public uint chipSelectPin;
    }
}
