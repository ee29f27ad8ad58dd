// SPDX-License-Identifier: MIT

namespace nanoFramework.System.IO.FileSystem
{
    /// <summary>A socket on the SDMMC peripheral.</summary>
    public class SDCardMmcParameters
    {
        /// <summary>Slot.</summary>
        public uint slotIndex;

        /// <summary>Data lines.</summary>
        public SDCard.SDDataWidth dataWidth = SDCard.SDDataWidth._1_bit;
    }
}
