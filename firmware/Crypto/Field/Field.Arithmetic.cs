// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    internal static partial class Field
    {
        /// <summary>result = a * b.</summary>
        /// <remarks>
        /// The arrays may be the same one. Bound: the product of the largest limb magnitudes of a and b is at most 3 units squared (see
        /// <see cref="Field"/>).
        /// </remarks>
        public static void Multiply(long[] result, long[] a, long[] b)
        {
            // Constants and limbs in locals: an array access is several instructions of the interpreter, a local one.
            long mask = LimbMask;
            long fold = Fold;
            long a0 = a[0];
            long a1 = a[1];
            long a2 = a[2];
            long a3 = a[3];
            long a4 = a[4];
            long a5 = a[5];
            long a6 = a[6];
            long a7 = a[7];
            long a8 = a[8];
            long b0 = b[0];
            long b1 = b[1];
            long b2 = b[2];
            long b3 = b[3];
            long b4 = b[4];
            long b5 = b[5];
            long b6 = b[6];
            long b7 = b[7];
            long b8 = b[8];
            long r0,
                r1,
                r2,
                r3,
                r4,
                r5,
                r6,
                r7,
                r8;
            long u0,
                u1,
                u2,
                u3,
                u4,
                u5,
                u6,
                u7,
                u8;
            long t;

            // The upper half of the product first, column 9 to 16, each cut to 29 bits and folded by 2^261 = 1216 (mod p): what is added to
            // the lower half then stays below 2^40 and the columns below 2^63.
            t = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
            u0 = (t & mask) * fold;
            t = (t >> 29) + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2;
            u1 = (t & mask) * fold;
            t = (t >> 29) + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3;
            u2 = (t & mask) * fold;
            t = (t >> 29) + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4;
            u3 = (t & mask) * fold;
            t = (t >> 29) + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5;
            u4 = (t & mask) * fold;
            t = (t >> 29) + a6 * b8 + a7 * b7 + a8 * b6;
            u5 = (t & mask) * fold;
            t = (t >> 29) + a7 * b8 + a8 * b7;
            u6 = (t & mask) * fold;
            t = (t >> 29) + a8 * b8;
            u7 = (t & mask) * fold;
            u8 = (t >> 29) * fold;

            // The lower half, column by column, with what was folded.
            t = a0 * b0 + u0;
            r0 = t & mask;
            t = (t >> 29) + a0 * b1 + a1 * b0 + u1;
            r1 = t & mask;
            t = (t >> 29) + a0 * b2 + a1 * b1 + a2 * b0 + u2;
            r2 = t & mask;
            t = (t >> 29) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + u3;
            r3 = t & mask;
            t = (t >> 29) + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + u4;
            r4 = t & mask;
            t = (t >> 29) + a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + u5;
            r5 = t & mask;
            t = (t >> 29) + a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + u6;
            r6 = t & mask;
            t = (t >> 29) + a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + u7;
            r7 = t & mask;
            t = (t >> 29) + a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + u8;
            r8 = t & mask;

            // What is carried out of limb 8 comes back into limb 0; the one carry into limb 1 is left in it, which the bounds allow.
            t = (t >> 29) * fold + r0;
            r0 = t & mask;
            r1 += t >> 29;

            result[0] = r0;
            result[1] = r1;
            result[2] = r2;
            result[3] = r3;
            result[4] = r4;
            result[5] = r5;
            result[6] = r6;
            result[7] = r7;
            result[8] = r8;
        }

        /// <summary>result = a^(2^times), times at least 1.</summary>
        /// <remarks>The arrays may be the same one. Bound: limbs of at most 1 unit.</remarks>
        public static void Square(long[] result, long[] a, int times)
        {
            long mask = LimbMask;
            long fold = Fold;
            long a0 = a[0];
            long a1 = a[1];
            long a2 = a[2];
            long a3 = a[3];
            long a4 = a[4];
            long a5 = a[5];
            long a6 = a[6];
            long a7 = a[7];
            long a8 = a[8];
            long u0,
                u1,
                u2,
                u3,
                u4,
                u5,
                u6,
                u7,
                u8;
            long d0,
                d1,
                d2,
                d3,
                d4,
                d5,
                d6,
                d7;
            long r0,
                r1,
                r2,
                r3,
                r4,
                r5,
                r6,
                r7,
                r8;
            long t;

            do
            {
                // Products of two different limbs come twice: doubled once here, 45 products in place of 81.
                d0 = a0 << 1;
                d1 = a1 << 1;
                d2 = a2 << 1;
                d3 = a3 << 1;
                d4 = a4 << 1;
                d5 = a5 << 1;
                d6 = a6 << 1;
                d7 = a7 << 1;
                t = d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + d3 * a8 + d4 * a7 + d5 * a6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + d4 * a8 + d5 * a7 + a6 * a6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + d5 * a8 + d6 * a7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + d6 * a8 + a7 * a7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + d7 * a8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + a8 * a8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = a0 * a0 + u0;
                r0 = t & mask;
                t = (t >> 29) + d0 * a1 + u1;
                r1 = t & mask;
                t = (t >> 29) + d0 * a2 + a1 * a1 + u2;
                r2 = t & mask;
                t = (t >> 29) + d0 * a3 + d1 * a2 + u3;
                r3 = t & mask;
                t = (t >> 29) + d0 * a4 + d1 * a3 + a2 * a2 + u4;
                r4 = t & mask;
                t = (t >> 29) + d0 * a5 + d1 * a4 + d2 * a3 + u5;
                r5 = t & mask;
                t = (t >> 29) + d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3 + u6;
                r6 = t & mask;
                t = (t >> 29) + d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + u7;
                r7 = t & mask;
                t = (t >> 29) + d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4 + u8;
                r8 = t & mask;
                t = (t >> 29) * fold + r0;
                r0 = t & mask;
                r1 += t >> 29;

                a0 = r0;
                a1 = r1;
                a2 = r2;
                a3 = r3;
                a4 = r4;
                a5 = r5;
                a6 = r6;
                a7 = r7;
                a8 = r8;
            } while (--times != 0);

            result[0] = a0;
            result[1] = a1;
            result[2] = a2;
            result[3] = a3;
            result[4] = a4;
            result[5] = a5;
            result[6] = a6;
            result[7] = a7;
            result[8] = a8;
        }
    }
}
