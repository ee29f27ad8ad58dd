// SPDX-License-Identifier: MIT

namespace System.Device.Spi
{
    /// <summary>Bit order.</summary>
    public enum DataFlow
    {
        /// <summary>Most significant bit first.</summary>
        MsbFirst = 0,

        /// <summary>Least significant bit first.</summary>
        LsbFirst = 1,
    }
}
