// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>CRC-32 of IEEE 802.3, reflected, as zlib.</summary>
    internal static class Crc32
    {
        private static readonly uint[] Table = Make();

        public static uint Of(ReadOnlySpan<byte> bytes)
        {
            uint crc = 0xFFFFFFFF;
            foreach (byte value in bytes)
            {
                crc = (crc >> 8) ^ Table[(byte)crc ^ value];
            }

            return ~crc;
        }

        private static uint[] Make()
        {
            var table = new uint[256];
            for (uint i = 0; i < table.Length; i++)
            {
                uint crc = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }

                table[i] = crc;
            }
            return table;
        }
    }
}
