// SPDX-License-Identifier: MIT

using System;
using System.Numerics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Crypto.Host.Tests
{
    /// <summary>Field, scalar and table against big integers, at the edges of their bounds.</summary>
    [TestClass]
    public class ArithmeticTests
    {
        /// <summary>The unit of the bounds that class Field states.</summary>
        private const long Unit = (1L << 29) + (1L << 16);

        private const int FieldBits = 29;
        private const int ScalarBits = 28;
        private const int ScalarLimbs = 9;
        private const int WideLimbs = 19;

        [TestMethod]
        public void EveryLimbOfTheTableIsRecomputedFromTheBasePoint()
        {
            int[] table = Internals.BasePointTable;
            Assert.AreEqual(4 * 128 * 27, table.Length);
            BigInteger half = Curve.Inverse(2);
            for (int block = 0; block < 4; block++)
            {
                var teeth = new (BigInteger X, BigInteger Y)[8];
                teeth[0] = Curve.Double(Curve.Base, 8 * block);
                for (int tooth = 1; tooth < 8; tooth++)
                {
                    teeth[tooth] = Curve.Double(teeth[tooth - 1], 32);
                }

                for (int index = 0; index < 128; index++)
                {
                    (BigInteger X, BigInteger Y) point = teeth[7];
                    for (int tooth = 0; tooth < 7; tooth++)
                    {
                        point = Curve.Add(point, ((index >> tooth) & 1) != 0 ? teeth[tooth] : Curve.Negate(teeth[tooth]));
                    }

                    int at = (block * 128 + index) * 27;
                    CheckLimbs(table, at, Curve.Mod((point.Y + point.X) * half));
                    CheckLimbs(table, at + 9, Curve.Mod((point.Y - point.X) * half));
                    CheckLimbs(table, at + 18, Curve.Mod(Curve.D * point.X * point.Y));
                }
            }
        }

        [TestMethod]
        public void MultiplicationHoldsAtTheLargestLimbsAllowed()
        {
            long[] signs = { 1, -1 };
            foreach (long sign in signs)
            {
                foreach (long other in signs)
                {
                    CheckProduct(Fill(3 * sign * Unit), Fill(other * Unit));
                    CheckProduct(Fill(sign * Unit), Fill(3 * other * Unit));
                    CheckProduct(Fill(2 * sign * Unit), Fill(other * Unit));
                    CheckSquare(Fill(sign * Unit));
                }
            }

            CheckProduct(Fill(0), Fill(3 * Unit));
        }

        [TestMethod]
        public void MultiplicationAndSquaringAgreeWithBigIntegers()
        {
            var random = new Random(1);
            for (int round = 0; round < 20_000; round++)
            {
                CheckProduct(RandomLimbs(random, 2 * Unit), RandomLimbs(random, Unit));
                CheckSquare(RandomLimbs(random, Unit));
            }
        }

        [TestMethod]
        public void FreezingIsCanonicalAroundEveryMultipleOfP()
        {
            for (int multiple = -3; multiple <= 3; multiple++)
            {
                for (int near = -40; near <= 40; near++)
                {
                    BigInteger value = Curve.P * multiple + near;
                    long[] limbs = new long[9];
                    BigInteger rest = value;
                    for (int i = 0; i < 8; i++)
                    {
                        limbs[i] = (long)(rest & ((1 << FieldBits) - 1));
                        rest >>= FieldBits;
                    }

                    limbs[8] = (long)rest;
                    Internals.Freeze(limbs);
                    Assert.AreEqual(Curve.Mod(value), Curve.Value(limbs, FieldBits));
                    CheckRange(limbs, 0, (1L << 29) - 1);
                }
            }

            var random = new Random(2);
            for (int round = 0; round < 10_000; round++)
            {
                long[] limbs = RandomLimbs(random, 4 * Unit);
                BigInteger value = Curve.Mod(Curve.Value(limbs, FieldBits));
                Internals.Freeze(limbs);
                Assert.AreEqual(value, Curve.Value(limbs, FieldBits));
            }
        }

        [TestMethod]
        public void ReductionIsCanonicalForEveryKindOfNumber()
        {
            BigInteger most = (BigInteger.One << 512) - 1;
            CheckReduction(0);
            CheckReduction(most);
            for (int near = -3; near <= 3; near++)
            {
                for (int multiple = 1; multiple < 40; multiple++)
                {
                    CheckReduction(Curve.L * multiple + near);
                }

                for (int shift = 253; shift < 512; shift++)
                {
                    CheckReduction((BigInteger.One << shift) + near);
                    CheckReduction((((BigInteger.One << shift) / Curve.L) * Curve.L) + near);
                }

                CheckReduction((most / Curve.L) * Curve.L + Math.Min(near, 0));
            }

            var random = new Random(3);
            byte[] bytes = new byte[64];
            for (int round = 0; round < 20_000; round++)
            {
                random.NextBytes(bytes);
                CheckReduction(new BigInteger(bytes, true));
            }
        }

        [TestMethod]
        public void ScalarMultiplyAddAgreesWithBigIntegers()
        {
            var random = new Random(4);
            byte[] bytes = new byte[40];
            for (int round = 0; round < 20_000; round++)
            {
                BigInteger r = Next(random, bytes, round);
                BigInteger k = Next(random, bytes, round / 3);
                BigInteger a = Next(random, bytes, round / 9);
                long[] result = new long[ScalarLimbs];
                Internals.MultiplyAdd(result, Limbs(r, ScalarLimbs), Limbs(k, ScalarLimbs), Limbs(a, ScalarLimbs), new long[WideLimbs]);
                Assert.AreEqual((r + k * a) % Curve.L, Curve.Value(result, ScalarBits));
            }
        }

        /// <summary>Mostly random, and now and then 0, 1 or L - 1.</summary>
        private static BigInteger Next(Random random, byte[] bytes, int round)
        {
            random.NextBytes(bytes);
            return (round % 50) switch
            {
                0 => 0,
                1 => 1,
                2 => Curve.L - 1,
                _ => new BigInteger(bytes, true) % Curve.L,
            };
        }

        private static void CheckReduction(BigInteger value)
        {
            long[] result = new long[ScalarLimbs];
            Internals.Reduce(result, Limbs(value, WideLimbs));
            Assert.AreEqual(value % Curve.L, Curve.Value(result, ScalarBits));
            CheckRange(result, 0, 1L << ScalarBits);
        }

        private static long[] Limbs(BigInteger value, int count)
        {
            long[] limbs = new long[count];
            for (int i = 0; i < count; i++)
            {
                // The top limb of a scalar has 29 bits: 2^252 is its bit 28.
                limbs[i] = i == ScalarLimbs - 1 && count == ScalarLimbs ? (long)value : (long)(value & ((1 << ScalarBits) - 1));
                value >>= ScalarBits;
            }

            return limbs;
        }

        private static void CheckProduct(long[] a, long[] b)
        {
            long[] result = new long[9];
            Internals.Multiply(result, a, b);
            Assert.AreEqual(Curve.Mod(Curve.Value(a, FieldBits) * Curve.Value(b, FieldBits)), Curve.Mod(Curve.Value(result, FieldBits)));
            CheckReduced(result);
        }

        private static void CheckSquare(long[] a)
        {
            long[] result = new long[9];
            Internals.Square(result, a, 3);
            Assert.AreEqual(BigInteger.ModPow(Curve.Mod(Curve.Value(a, FieldBits)), 8, Curve.P), Curve.Mod(Curve.Value(result, FieldBits)));
            CheckReduced(result);
        }

        private static void CheckReduced(long[] limbs)
        {
            Assert.IsTrue(limbs[1] >= -(1L << 16) && limbs[1] <= Unit, "limb 1 out of bounds");
            limbs[1] = 0;
            CheckRange(limbs, 0, (1L << 29) - 1);
        }

        private static void CheckRange(long[] limbs, long least, long most)
        {
            foreach (long limb in limbs)
            {
                Assert.IsTrue(limb >= least && limb <= most, "limb out of bounds");
            }
        }

        private static void CheckLimbs(int[] table, int at, BigInteger expected)
        {
            BigInteger value = 0;
            for (int i = 8; i >= 0; i--)
            {
                Assert.IsTrue(Math.Abs((long)table[at + i]) <= 1 << 28, "limb of the table out of bounds");
                value = (value << FieldBits) + table[at + i];
            }

            Assert.AreEqual(expected, Curve.Mod(value));
        }

        private static long[] Fill(long limb)
        {
            long[] limbs = new long[9];
            Array.Fill(limbs, limb);
            return limbs;
        }

        private static long[] RandomLimbs(Random random, long bound)
        {
            long[] limbs = new long[9];
            for (int i = 0; i < limbs.Length; i++)
            {
                // Often at the very edge, where carries and overflows are.
                limbs[i] = random.Next(4) == 0 ? (random.Next(2) == 0 ? bound : -bound) : random.NextInt64(-bound, bound + 1);
            }

            return limbs;
        }
    }
}
