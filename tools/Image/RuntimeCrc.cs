// SPDX-License-Identifier: MIT

namespace Lapel.Image
{
    /// <summary>
    /// The runtime's CRC-32 over assemblies (nf-interpreter a3e8139a1, nanoSupport_CRC32.c): polynomial 04C11DB7, most significant bit
    /// first, begun with 0, not inverted. System.IO.Hashing has the reflected one alone.
    /// </summary>
    internal static class RuntimeCrc
    {
        private const uint Polynomial = 0x04C11DB7;
        private const uint TopBit = 0x80000000;

        private static readonly uint[] s_table = Table();

        /// <summary>The CRC of these bytes.</summary>
        public static uint Of(System.ReadOnlySpan<byte> bytes)
        {
            uint crc = 0;
            foreach (byte value in bytes)
            {
                crc = s_table[(crc >> 24) ^ value] ^ (crc << 8);
            }

            return crc;
        }

        private static uint[] Table()
        {
            var table = new uint[256];
            for (uint i = 0; i < table.Length; i++)
            {
                uint crc = i << 24;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & TopBit) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
                }

                table[i] = crc;
            }

            return table;
        }
    }
}
