namespace Lapel.Service
{
    /// <summary>
    /// CRC-16/XMODEM of SMP packets: polynomial 0x1021, nothing reflected, initial value and final xor 0; of "123456789" it is 0x31C3. There is no native for it, so it
    /// is sliced by 4: 11 instructions a byte, where one table takes 25 and none takes 153.
    /// </summary>
    public static class SmpCrc
    {
        private const int Polynomial = 0x1021;

        // Entry b of table n is the CRC of byte b followed by n zero bytes.
        private static readonly ushort[] Table0 = First();
        private static readonly ushort[] Table1 = Next(Table0);
        private static readonly ushort[] Table2 = Next(Table1);
        private static readonly ushort[] Table3 = Next(Table2);

        /// <summary>Goes on with a CRC over part of an array.</summary>
        /// <param name="crc">CRC of what came before; 0 at the start.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="end">Just after the last of them.</param>
        public static int Update(int crc, byte[] buffer, int offset, int end)
        {
            ushort[] t0 = Table0;
            ushort[] t1 = Table1;
            ushort[] t2 = Table2;
            ushort[] t3 = Table3;
            int whole = end - 7;
            int i = offset;
            while (i < whole)
            {
                int x = crc ^ ((buffer[i] << 8) | buffer[i + 1]);
                x = t3[x >> 8] ^ t2[x & 0xFF] ^ t1[buffer[i + 2]] ^ t0[buffer[i + 3]] ^ ((buffer[i + 4] << 8) | buffer[i + 5]);
                crc = t3[x >> 8] ^ t2[x & 0xFF] ^ t1[buffer[i + 6]] ^ t0[buffer[i + 7]];
                i += 8;
            }

            while (i < end) crc = ((crc & 0xFF) << 8) ^ t0[(crc >> 8) ^ buffer[i++]];
            return crc;
        }

        // The CRC is linear: an entry is the sum of those of its bits.
        private static ushort[] First()
        {
            var table = new ushort[256];
            int ofBit = Polynomial;
            for (int bit = 1; bit < 256; bit <<= 1)
            {
                for (int i = 0; i < bit; i++) table[bit + i] = (ushort)(table[i] ^ ofBit);
                ofBit = (ofBit << 1) ^ ((ofBit & 0x8000) != 0 ? Polynomial : 0);
                ofBit &= 0xFFFF;
            }

            return table;
        }

        private static ushort[] Next(ushort[] before)
        {
            var table = new ushort[256];
            for (int i = 0; i < 256; i++) table[i] = (ushort)(((before[i] & 0xFF) << 8) ^ Table0[before[i] >> 8]);
            return table;
        }
    }
}
