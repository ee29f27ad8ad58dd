// SPDX-License-Identifier: MIT

namespace System.IO.Hashing
{
    /// <summary>nanoFramework's native CRC-32 (IEEE 802.3, reflected).</summary>
    public class Crc32
    {
        private static readonly uint[] Table = MakeTable();

        /// <summary>CRC of a window; its start and length must fit the native code's int16.</summary>
        public static uint HashToUInt32(SpanByte source)
        {
            if (source.Length > short.MaxValue)
            {
                throw new ArgumentOutOfRangeException(nameof(source), "native CRC-32 takes at most 32,767 bytes");
            }

            uint crc = 0xFFFFFFFF;
            foreach (byte b in source.Host)
            {
                crc = (crc >> 8) ^ Table[(crc ^ b) & 0xFF];
            }

            return ~crc;
        }

        private static uint[] MakeTable()
        {
            var table = new uint[256];
            for (uint n = 0; n < 256; n++)
            {
                uint c = n;
                for (int k = 0; k < 8; k++)
                {
                    c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
                }

                table[n] = c;
            }
            return table;
        }
    }
}
