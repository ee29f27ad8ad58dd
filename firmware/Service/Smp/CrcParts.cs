// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// CRC-32 (IEEE 802.3, as zlib) of bytes that come in parts: the native takes one array at a time, and the CRCs of two parts give that
    /// of both.
    /// </summary>
    /// <remarks>
    /// Appending n bytes multiplies the CRC before by x to the power of 8n, modulo the CRC's polynomial (zlib's crc32_combine): 500
    /// instructions, and 5,000 once for each length.
    /// </remarks>
    public static class CrcParts
    {
        private const uint Polynomial = 0xEDB88320;
        private const uint One = 0x80000000;

        // x to the power of 2 to the power of n, reflected.
        private static readonly uint[] Powers = MakePowers();

        /// <summary>By what the CRC of the first part is multiplied when a second one of so many bytes follows.</summary>
        public static uint Factor(int secondBytes)
        {
            uint factor = One;

            // 8 n bits: the powers begin at the eighth.
            int power = 3;
            for (int n = secondBytes; n > 0; n >>= 1)
            {
                if ((n & 1) != 0)
                {
                    factor = Multiply(Powers[power & 31], factor);
                }

                power++;
            }

            return factor;
        }

        /// <summary>The CRC of two parts.</summary>
        /// <param name="first">CRC of the first; 0 of no bytes.</param>
        /// <param name="second">CRC of the second.</param>
        /// <param name="factor">As <see cref="Factor"/> gives it for the second's bytes.</param>
        public static uint Join(uint first, uint second, uint factor)
        {
            return Multiply(factor, first) ^ second;
        }

        private static uint[] MakePowers()
        {
            var powers = new uint[32];
            powers[0] = One >> 1;
            for (int i = 1; i < 32; i++)
            {
                powers[i] = Multiply(powers[i - 1], powers[i - 1]);
            }

            return powers;
        }

        private static uint Multiply(uint a, uint b)
        {
            uint product = 0;
            for (uint bit = One; bit != 0; bit >>= 1)
            {
                if ((a & bit) != 0)
                {
                    product ^= b;
                }

                b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
            }

            return product;
        }
    }
}
