// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Bits of the FIFO control register 0x04.</summary>
    public enum MegaFifoControl
    {
        /// <summary>Clears the capture-done flag.</summary>
        ClearDone = 0x01,

        /// <summary>Starts a capture.</summary>
        Start = 0x02,
    }
}
