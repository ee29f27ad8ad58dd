// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Theirs = Org.BouncyCastle.Math.EC.Rfc7748.X25519;

namespace Lapel.Crypto.Host.Tests
{
    /// <summary>X25519 against BouncyCastle's, and the long chain of RFC 7748, 5.2.</summary>
    [TestClass]
    public class X25519CrossTests
    {
        [TestMethod]
        public void ResultsAgree()
        {
            var random = new Random(9);
            var ours = new X25519();
            byte[] expected = new byte[32];
            for (int round = 0; round < 2000; round++)
            {
                byte[] scalar = Bytes(random);
                byte[] u = Bytes(random);
                if (round % 4 == 0)
                {
                    // Near p and 2^255: coordinates that are not canonical, which the RFC accepts.
                    Array.Fill(u, (byte)0xFF, 1, 31);
                    u[31] ^= (byte)(round % 8 == 0 ? 0x80 : 0);
                    u[0] = (byte)(0xE0 + random.Next(32));
                }

                Theirs.ScalarMult(scalar, 0, u, 0, expected, 0);
                CollectionAssert.AreEqual(expected, Run(ours, scalar, u), Convert.ToHexString(u));
                Assert.AreEqual(expected.All(b => b == 0), ours.IsZero);
            }
        }

        [TestMethod]
        public void AThousandTimesOverAsInRfc7748()
        {
            var ours = new X25519();
            byte[] k = new byte[32];
            k[0] = 9;
            byte[] u = k;
            for (int i = 0; i < 1000; i++)
            {
                byte[] next = (byte[])Run(ours, k, u).Clone();
                u = k;
                k = next;
            }

            Assert.AreEqual("684CF59BA83309552800EF566F2F4D3C1C3887C49360E3875F2EB94D99532C51", Convert.ToHexString(k));
        }

        private static byte[] Run(X25519 function, byte[] scalar, byte[] u)
        {
            function.Begin(scalar, u);
            while (function.Step()) { }

            return function.Result;
        }

        private static byte[] Bytes(Random random)
        {
            byte[] bytes = new byte[32];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
