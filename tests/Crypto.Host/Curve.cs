// SPDX-License-Identifier: MIT

using System.Numerics;

namespace Lapel.Crypto.Host.Tests
{
    /// <summary>edwards25519 in affine coordinates over big integers, straight from RFC 8032, 5.1: slow and obvious.</summary>
    internal static class Curve
    {
        public static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

        public static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

        public static readonly BigInteger D = Mod(-121665 * Inverse(121666));

        public static readonly (BigInteger X, BigInteger Y) Base = (
            BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            BigInteger.Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960")
        );

        public static BigInteger Mod(BigInteger n) => ((n % P) + P) % P;

        public static BigInteger Inverse(BigInteger n) => BigInteger.ModPow(Mod(n), P - 2, P);

        public static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
        {
            BigInteger product = Mod(D * Mod(a.X * b.X) * Mod(a.Y * b.Y));
            return (Mod((a.X * b.Y + a.Y * b.X) * Inverse(1 + product)), Mod((a.Y * b.Y + a.X * b.X) * Inverse(1 - product)));
        }

        public static (BigInteger X, BigInteger Y) Negate((BigInteger X, BigInteger Y) a) => (Mod(-a.X), a.Y);

        public static (BigInteger X, BigInteger Y) Double((BigInteger X, BigInteger Y) a, int times)
        {
            for (int i = 0; i < times; i++)
            {
                a = Add(a, a);
            }

            return a;
        }

        /// <summary>The sum of limb i times 2^(bits i).</summary>
        public static BigInteger Value(System.ReadOnlySpan<long> limbs, int bits)
        {
            BigInteger value = 0;
            for (int i = limbs.Length - 1; i >= 0; i--)
            {
                value = (value << bits) + limbs[i];
            }

            return value;
        }
    }
}
