// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    internal static partial class Scalar
    {
        /// <summary>result = value mod L, canonical: nine limbs.</summary>
        /// <remarks>
        /// The value is nineteen limbs of 28 bits, 0 to 2^512 - 1. What stands above 2^252 is folded back three times by 2^252 = -delta
        /// (mod L); one L is then subtracted and added back under a mask as often as the bounds need. No branch.
        /// </remarks>
        public static void Reduce(long[] result, long[] value)
        {
            long mask = LimbMask;
            long d0 = Delta0;
            long d1 = Delta1;
            long d2 = Delta2;
            long d3 = Delta3;
            long d4 = Delta4;
            long c0 = value[0];
            long c1 = value[1];
            long c2 = value[2];
            long c3 = value[3];
            long c4 = value[4];
            long c5 = value[5];
            long c6 = value[6];
            long c7 = value[7];
            long c8 = value[8];
            long c9 = value[9];
            long c10 = value[10];
            long c11 = value[11];
            long c12 = value[12];
            long c13 = value[13];
            long c14 = value[14];
            long c15 = value[15];
            long c16 = value[16];
            long c17 = value[17];
            long c18 = value[18];
            long t;

            // Below 2^512: what stands above 2^252, times delta (125 bits), is below 2^385, so the top limb here is signed and of 22 bits.
            t = c0 - d0 * c9;
            long e0 = t & mask;
            t = (t >> 28) + c1 - d0 * c10 - d1 * c9;
            long e1 = t & mask;
            t = (t >> 28) + c2 - d0 * c11 - d1 * c10 - d2 * c9;
            long e2 = t & mask;
            t = (t >> 28) + c3 - d0 * c12 - d1 * c11 - d2 * c10 - d3 * c9;
            long e3 = t & mask;
            t = (t >> 28) + c4 - d0 * c13 - d1 * c12 - d2 * c11 - d3 * c10 - d4 * c9;
            long e4 = t & mask;
            t = (t >> 28) + c5 - d0 * c14 - d1 * c13 - d2 * c12 - d3 * c11 - d4 * c10;
            long e5 = t & mask;
            t = (t >> 28) + c6 - d0 * c15 - d1 * c14 - d2 * c13 - d3 * c12 - d4 * c11;
            long e6 = t & mask;
            t = (t >> 28) + c7 - d0 * c16 - d1 * c15 - d2 * c14 - d3 * c13 - d4 * c12;
            long e7 = t & mask;
            t = (t >> 28) + c8 - d0 * c17 - d1 * c16 - d2 * c15 - d3 * c14 - d4 * c13;
            long e8 = t & mask;
            t = (t >> 28) - d0 * c18 - d1 * c17 - d2 * c16 - d3 * c15 - d4 * c14;
            long e9 = t & mask;
            t = (t >> 28) - d1 * c18 - d2 * c17 - d3 * c16 - d4 * c15;
            long e10 = t & mask;
            t = (t >> 28) - d2 * c18 - d3 * c17 - d4 * c16;
            long e11 = t & mask;
            t = (t >> 28) - d3 * c18 - d4 * c17;
            long e12 = t & mask;
            t = (t >> 28) - d4 * c18;
            long e13 = t;

            // What stands above 2^252 now, times delta, is below 2^258: the rest above 2^252 is signed and of 7 bits.
            t = e0 - d0 * e9;
            long f0 = t & mask;
            t = (t >> 28) + e1 - d0 * e10 - d1 * e9;
            long f1 = t & mask;
            t = (t >> 28) + e2 - d0 * e11 - d1 * e10 - d2 * e9;
            long f2 = t & mask;
            t = (t >> 28) + e3 - d0 * e12 - d1 * e11 - d2 * e10 - d3 * e9;
            long f3 = t & mask;
            t = (t >> 28) + e4 - d0 * e13 - d1 * e12 - d2 * e11 - d3 * e10 - d4 * e9;
            long f4 = t & mask;
            t = (t >> 28) + e5 - d1 * e13 - d2 * e12 - d3 * e11 - d4 * e10;
            long f5 = t & mask;
            t = (t >> 28) + e6 - d2 * e13 - d3 * e12 - d4 * e11;
            long f6 = t & mask;
            t = (t >> 28) + e7 - d3 * e13 - d4 * e12;
            long f7 = t & mask;
            t = (t >> 28) + e8 - d4 * e13;
            long f8 = t & mask;
            long above = (t >> 28) + 1;

            // The last fold, and L subtracted once: between -L - 2^132 and 2^132.
            t = f0 - d0 * above;
            f0 = t & mask;
            t = (t >> 28) + f1 - d1 * above;
            f1 = t & mask;
            t = (t >> 28) + f2 - d2 * above;
            f2 = t & mask;
            t = (t >> 28) + f3 - d3 * above;
            f3 = t & mask;
            t = (t >> 28) + f4 - d4 * above;
            f4 = t & mask;
            t = (t >> 28) + f5;
            f5 = t & mask;
            t = (t >> 28) + f6;
            f6 = t & mask;
            t = (t >> 28) + f7;
            f7 = t & mask;
            t = (t >> 28) + f8 - TopOfOrder;
            f8 = t;

            // Negative: L is added.
            long negative = f8 >> 63;
            t = f0 + (d0 & negative);
            f0 = t & mask;
            t = (t >> 28) + f1 + (d1 & negative);
            f1 = t & mask;
            t = (t >> 28) + f2 + (d2 & negative);
            f2 = t & mask;
            t = (t >> 28) + f3 + (d3 & negative);
            f3 = t & mask;
            t = (t >> 28) + f4 + (d4 & negative);
            f4 = t & mask;
            t = (t >> 28) + f5;
            f5 = t & mask;
            t = (t >> 28) + f6;
            f6 = t & mask;
            t = (t >> 28) + f7;
            f7 = t & mask;
            t = (t >> 28) + f8 + (TopOfOrder & negative);
            f8 = t;

            // Still negative by less than 2^132: L is added again.
            negative = f8 >> 63;
            t = f0 + (d0 & negative);
            f0 = t & mask;
            t = (t >> 28) + f1 + (d1 & negative);
            f1 = t & mask;
            t = (t >> 28) + f2 + (d2 & negative);
            f2 = t & mask;
            t = (t >> 28) + f3 + (d3 & negative);
            f3 = t & mask;
            t = (t >> 28) + f4 + (d4 & negative);
            f4 = t & mask;
            t = (t >> 28) + f5;
            f5 = t & mask;
            t = (t >> 28) + f6;
            f6 = t & mask;
            t = (t >> 28) + f7;
            f7 = t & mask;
            t = (t >> 28) + f8 + (TopOfOrder & negative);
            f8 = t;

            result[0] = f0;
            result[1] = f1;
            result[2] = f2;
            result[3] = f3;
            result[4] = f4;
            result[5] = f5;
            result[6] = f6;
            result[7] = f7;
            result[8] = f8;
        }

        /// <summary>result = (r + k * a) mod L for canonical r, k and a.</summary>
        /// <remarks>
        /// <paramref name="wide"/> is scratch of nineteen limbs: the unreduced value is left in it, for the caller to wipe.
        /// </remarks>
        public static void MultiplyAdd(long[] result, long[] r, long[] k, long[] a, long[] wide)
        {
            long mask = LimbMask;
            long a0 = a[0];
            long a1 = a[1];
            long a2 = a[2];
            long a3 = a[3];
            long a4 = a[4];
            long a5 = a[5];
            long a6 = a[6];
            long a7 = a[7];
            long a8 = a[8];
            long k0 = k[0];
            long k1 = k[1];
            long k2 = k[2];
            long k3 = k[3];
            long k4 = k[4];
            long k5 = k[5];
            long k6 = k[6];
            long k7 = k[7];
            long k8 = k[8];
            long t;

            t = r[0] + k0 * a0;
            wide[0] = t & mask;
            t = (t >> 28) + r[1] + k0 * a1 + k1 * a0;
            wide[1] = t & mask;
            t = (t >> 28) + r[2] + k0 * a2 + k1 * a1 + k2 * a0;
            wide[2] = t & mask;
            t = (t >> 28) + r[3] + k0 * a3 + k1 * a2 + k2 * a1 + k3 * a0;
            wide[3] = t & mask;
            t = (t >> 28) + r[4] + k0 * a4 + k1 * a3 + k2 * a2 + k3 * a1 + k4 * a0;
            wide[4] = t & mask;
            t = (t >> 28) + r[5] + k0 * a5 + k1 * a4 + k2 * a3 + k3 * a2 + k4 * a1 + k5 * a0;
            wide[5] = t & mask;
            t = (t >> 28) + r[6] + k0 * a6 + k1 * a5 + k2 * a4 + k3 * a3 + k4 * a2 + k5 * a1 + k6 * a0;
            wide[6] = t & mask;
            t = (t >> 28) + r[7] + k0 * a7 + k1 * a6 + k2 * a5 + k3 * a4 + k4 * a3 + k5 * a2 + k6 * a1 + k7 * a0;
            wide[7] = t & mask;
            t = (t >> 28) + r[8] + k0 * a8 + k1 * a7 + k2 * a6 + k3 * a5 + k4 * a4 + k5 * a3 + k6 * a2 + k7 * a1 + k8 * a0;
            wide[8] = t & mask;
            t = (t >> 28) + k1 * a8 + k2 * a7 + k3 * a6 + k4 * a5 + k5 * a4 + k6 * a3 + k7 * a2 + k8 * a1;
            wide[9] = t & mask;
            t = (t >> 28) + k2 * a8 + k3 * a7 + k4 * a6 + k5 * a5 + k6 * a4 + k7 * a3 + k8 * a2;
            wide[10] = t & mask;
            t = (t >> 28) + k3 * a8 + k4 * a7 + k5 * a6 + k6 * a5 + k7 * a4 + k8 * a3;
            wide[11] = t & mask;
            t = (t >> 28) + k4 * a8 + k5 * a7 + k6 * a6 + k7 * a5 + k8 * a4;
            wide[12] = t & mask;
            t = (t >> 28) + k5 * a8 + k6 * a7 + k7 * a6 + k8 * a5;
            wide[13] = t & mask;
            t = (t >> 28) + k6 * a8 + k7 * a7 + k8 * a6;
            wide[14] = t & mask;
            t = (t >> 28) + k7 * a8 + k8 * a7;
            wide[15] = t & mask;
            t = (t >> 28) + k8 * a8;
            wide[16] = t & mask;
            t >>= 28;
            wide[17] = t & mask;
            wide[18] = t >> 28;
            Reduce(result, wide);
        }
    }
}
