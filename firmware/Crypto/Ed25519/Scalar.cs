// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>Arithmetic modulo L = 2^252 + delta, the order of the base point (RFC 8032, 5.1).</summary>
    /// <remarks>
    /// A scalar is nine limbs in <c>long</c>, its value the sum of limb i times 2^(28 i), canonical: 0 to L - 1, limbs 0 to 7 of 28 bits,
    /// limb 8 of 29. 2^252 falls on a limb boundary, so that folding needs no shifts. No branch and no address depends on a value.
    /// </remarks>
    internal static partial class Scalar
    {
        /// <summary>Limbs of a scalar.</summary>
        public const int Limbs = 9;

        /// <summary>Limbs of a number below 2^512, before it is reduced.</summary>
        public const int WideLimbs = 19;

        /// <summary>Bytes of an encoded scalar.</summary>
        public const int EncodedLength = 32;

        /// <summary>Bytes of a number below 2^512.</summary>
        public const int WideLength = 64;

        private const long LimbMask = (1L << 28) - 1;

        /// <summary>Limb 8 of L: 2^252.</summary>
        private const long TopOfOrder = 1L << 28;

        /// <summary>Limbs 0 to 4 of L: delta = 27742317777372353535851937790883648493.</summary>
        private const long Delta0 = 0xCF5D3ED;
        private const long Delta1 = 0x12631A5;
        private const long Delta2 = 0x79CD658;
        private const long Delta3 = 0xF9DEA2F;
        private const long Delta4 = 0x14DE;

        /// <summary>Bytes that hold two limbs.</summary>
        private const int PairBytes = 7;

        /// <summary>result = the 64 bytes, little-endian, mod L.</summary>
        /// <remarks>
        /// <paramref name="wide"/> is scratch of nineteen limbs: the unreduced number is left in it, for the caller to wipe.
        /// </remarks>
        public static void Load(long[] result, byte[] input, int offset, long[] wide)
        {
            for (int i = 0; i < WideLimbs - 1; i += 2)
            {
                // Seven bytes are two limbs of 28 bits: the fourth byte is shared.
                int middle = input[offset + 3];
                wide[i] = input[offset] | (input[offset + 1] << 8) | (input[offset + 2] << 16) | ((middle & 15) << 24);
                wide[i + 1] = (middle >> 4) | (input[offset + 4] << 4) | (input[offset + 5] << 12) | (input[offset + 6] << 20);
                offset += PairBytes;
            }

            wide[WideLimbs - 1] = input[offset];
            Reduce(result, wide);
        }

        /// <summary>Writes the 32 bytes, little-endian, of a canonical scalar.</summary>
        public static void Store(byte[] output, int offset, long[] scalar)
        {
            for (int i = 0; i < Limbs - 1; i += 2)
            {
                int low = (int)scalar[i];
                int high = (int)scalar[i + 1];
                output[offset] = (byte)low;
                output[offset + 1] = (byte)(low >> 8);
                output[offset + 2] = (byte)(low >> 16);
                output[offset + 3] = (byte)((low >> 24) | (high << 4));
                output[offset + 4] = (byte)(high >> 4);
                output[offset + 5] = (byte)(high >> 12);
                output[offset + 6] = (byte)(high >> 20);
                offset += PairBytes;
            }

            int top = (int)scalar[Limbs - 1];
            output[offset] = (byte)top;
            output[offset + 1] = (byte)(top >> 8);
            output[offset + 2] = (byte)(top >> 16);
            output[offset + 3] = (byte)(top >> 24);
        }

        /// <summary>Overwrites a scalar.</summary>
        public static void Wipe(long[] scalar)
        {
            Array.Clear(scalar, 0, scalar.Length);
        }

        /// <summary>
        /// The 256 signs of a canonical scalar, made odd by adding L when it is even: bit i of the result, counted through the eight words,
        /// is set for + 2^i and clear for - 2^i. See <see cref="BaseComb"/>.
        /// </summary>
        public static void RecodeSigned(uint[] signs, long[] scalar)
        {
            // All ones when it is even, zero when odd: L is added under a mask, without a branch on the secret.
            long even = (scalar[0] & 1) - 1;
            long l0 = scalar[0] + (Delta0 & even);
            long l1 = scalar[1] + (Delta1 & even) + (l0 >> 28);
            long l2 = scalar[2] + (Delta2 & even) + (l1 >> 28);
            long l3 = scalar[3] + (Delta3 & even) + (l2 >> 28);
            long l4 = scalar[4] + (Delta4 & even) + (l3 >> 28);
            long l5 = scalar[5] + (l4 >> 28);
            long l6 = scalar[6] + (l5 >> 28);
            long l7 = scalar[7] + (l6 >> 28);
            long l8 = scalar[8] + (TopOfOrder & even) + (l7 >> 28);
            l0 &= LimbMask;
            l1 &= LimbMask;
            l2 &= LimbMask;
            l3 &= LimbMask;
            l4 &= LimbMask;
            l5 &= LimbMask;
            l6 &= LimbMask;
            l7 &= LimbMask;

            // (s + 2^256 - 1)/2 is (s - 1)/2 + 2^255: the bits one place down, and the topmost set.
            signs[0] = (uint)((l0 >> 1) | (l1 << 27));
            signs[1] = (uint)((l1 >> 5) | (l2 << 23));
            signs[2] = (uint)((l2 >> 9) | (l3 << 19));
            signs[3] = (uint)((l3 >> 13) | (l4 << 15));
            signs[4] = (uint)((l4 >> 17) | (l5 << 11));
            signs[5] = (uint)((l5 >> 21) | (l6 << 7));
            signs[6] = (uint)((l6 >> 25) | (l7 << 3) | (l8 << 31));
            signs[7] = (uint)((l8 >> 1) | 0x80000000);
        }
    }
}
