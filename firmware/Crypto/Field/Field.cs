// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>Arithmetic modulo p = 2^255 - 19.</summary>
    /// <remarks>
    /// An element is nine limbs in <c>long</c>, its value the sum of limb i times 2^(29 i), modulo p: not unique until
    /// <see cref="Freeze"/>. No branch and no address depends on a value.
    /// <para>
    /// Why nine limbs of 29 bits: the interpreter charges for every instruction the same, so the fewest products win: 81 for a
    /// multiplication (510 instructions) where ten limbs of 25.5 bits need 100 (580). The price is the bound: a column of nine products
    /// must stay below 2^63. With the unit 2^29 + 2^16, results of Multiply and Square have limbs of 0 to 1 unit (limb 1 from -2^16); a
    /// difference of two such elements has limbs of at most 1 unit either way, a sum of at most 2. Multiply takes factors whose largest
    /// limb magnitudes have a product of at most 3 units squared: 9 * 3 * 2^58 * (1 + 2^-12) plus a carry below 2^45 is under 2^62.8. A sum
    /// is brought back to 1 unit either way by subtracting 64 p = 2^261 - 1216, whose limbs are all about 1 unit: LeastBias for limb 0,
    /// LimbMask for the others.
    /// </para>
    /// </remarks>
    internal static partial class Field
    {
        /// <summary>Limbs of an element.</summary>
        public const int Limbs = 9;

        /// <summary>Bytes of an encoded element.</summary>
        public const int EncodedLength = 32;

        /// <summary>Bits of a limb.</summary>
        private const int LimbBits = 29;

        /// <summary>The largest limb of 29 bits, and limbs 1 to 8 of 64 p.</summary>
        public const long LimbMask = (1L << LimbBits) - 1;

        /// <summary>2^261 modulo p, 64 * 19: what is carried out of the ninth limb comes back into the first times this.</summary>
        public const long Fold = 1216;

        /// <summary>Limb 0 of 64 p.</summary>
        public const long LeastBias = LimbMask + 1 - Fold;

        /// <summary>Bits of limb 8 below 2^255.</summary>
        private const int TopBits = 255 - 8 * LimbBits;

        private const long TopMask = (1L << TopBits) - 1;

        /// <summary>result = a - b: limbs of 1 unit either way when a and b are products.</summary>
        public static void Subtract(long[] result, long[] a, long[] b)
        {
            for (int i = 0; i < Limbs; i++)
            {
                result[i] = a[i] - b[i];
            }
        }

        /// <summary>result = a + b: limbs of up to 2 units when a and b are products.</summary>
        public static void Add(long[] result, long[] a, long[] b)
        {
            for (int i = 0; i < Limbs; i++)
            {
                result[i] = a[i] + b[i];
            }
        }

        /// <summary>a = -a modulo p, canonical.</summary>
        public static void Negate(long[] a)
        {
            for (int i = 0; i < Limbs; i++)
            {
                a[i] = -a[i];
            }

            Freeze(a);
        }

        /// <summary>a = the small number n.</summary>
        public static void Set(long[] a, int n)
        {
            for (int i = 1; i < Limbs; i++)
            {
                a[i] = 0;
            }

            a[0] = n;
        }

        /// <summary>Copies an element.</summary>
        public static void Copy(long[] result, long[] a)
        {
            System.Array.Copy(a, 0, result, 0, Limbs);
        }

        /// <summary>Overwrites an element that was secret.</summary>
        public static void Wipe(long[] a)
        {
            System.Array.Clear(a, 0, Limbs);
        }

        /// <summary>Whether a is zero modulo p; a becomes canonical. For public values: the answer is a branch of the caller.</summary>
        public static bool IsZero(long[] a)
        {
            Freeze(a);
            long any = 0;
            for (int i = 0; i < Limbs; i++)
            {
                any |= a[i];
            }

            return any == 0;
        }

        /// <summary>Reads 32 bytes, little-endian.</summary>
        /// <remarks>The most significant bit is left out (RFC 7748, 5; RFC 8032, 5.1.3).</remarks>
        public static void Load(long[] result, byte[] input, int offset)
        {
            long bits = 0;
            int count = 0;
            int limb = 0;
            for (int i = 0; i < EncodedLength; i++)
            {
                // At most 28 + 8 bits gathered: limbs fall out as they fill.
                bits |= (long)input[offset + i] << count;
                count += 8;
                if (count >= LimbBits)
                {
                    result[limb] = bits & LimbMask;
                    bits >>= LimbBits;
                    count -= LimbBits;
                    limb++;
                }
            }

            result[limb] = bits & TopMask;
        }

        /// <summary>Writes the 32 bytes, little-endian, of a, which becomes canonical.</summary>
        public static void Store(byte[] output, int offset, long[] a)
        {
            Freeze(a);
            long bits = 0;
            int count = 0;
            int limb = 0;
            for (int i = 0; i < EncodedLength; i++)
            {
                if (count < 8 && limb < Limbs)
                {
                    bits |= a[limb] << count;
                    count += LimbBits;
                    limb++;
                }

                output[offset + i] = (byte)bits;
                bits >>= 8;
                count -= 8;
            }
        }

        /// <summary>Makes a canonical: 0 to p - 1, limbs of 29 bits.</summary>
        /// <remarks>
        /// Takes limbs of up to 4 units either way. The first pass leaves -19 to 2^255 + 2^13, the second 0 to 2^255 - 1; then p is
        /// subtracted when adding 19 would carry out of bit 255.
        /// </remarks>
        public static void Freeze(long[] a)
        {
            Carry(a);
            Carry(a);

            // Whether a + 19 reaches 2^255 says whether a is p or more; the answer is added as a number, not asked.
            long carry = 19;
            for (int i = 0; i < Limbs - 1; i++)
            {
                carry = (a[i] + carry) >> LimbBits;
            }

            a[0] += 19 * ((a[Limbs - 1] + carry) >> TopBits);
            for (int i = 0; i < Limbs - 1; i++)
            {
                a[i + 1] += a[i] >> LimbBits;
                a[i] &= LimbMask;
            }

            a[Limbs - 1] &= TopMask;
        }

        /// <summary>Carries from limb to limb, and what stands above 2^255 back into limb 0 times 19.</summary>
        private static void Carry(long[] a)
        {
            for (int i = 0; i < Limbs - 1; i++)
            {
                a[i + 1] += a[i] >> LimbBits;
                a[i] &= LimbMask;
            }

            a[0] += 19 * (a[Limbs - 1] >> TopBits);
            a[Limbs - 1] &= TopMask;
        }
    }
}
