// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>CRC-16/XMODEM: polynomial 0x1021, initially 0, not reflected. "123456789" gives 0x31C3.</summary>
    public static class Crc16
    {
        /// <summary>The checksum of these bytes.</summary>
        public static ushort Of(ReadOnlySpan<byte> bytes)
        {
            int crc = 0;
            foreach (byte value in bytes)
            {
                crc ^= value << 8;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
                }
            }
            return (ushort)crc;
        }
    }
}
