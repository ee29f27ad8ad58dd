// SPDX-License-Identifier: MIT

using System;
using nanoFramework.TestFramework;

namespace Lapel.Crypto.Tests
{
    /// <summary>Verification: the vectors of RFC 8032, and what a strict verifier refuses.</summary>
    [TestClass]
    public class Ed25519VerifierTests
    {
        /// <summary>L, little-endian (RFC 8032, 5.1).</summary>
        private const string Order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

        /// <summary>The neutral point.</summary>
        private const string Neutral = "0100000000000000000000000000000000000000000000000000000000000000";

        /// <summary>S = 0.</summary>
        private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

        /// <summary>A key is judged by itself, before the long multiplication: a refusal that takes longer came from elsewhere.</summary>
        private const int SlicesToJudgeAKey = 25;

        private static readonly Ed25519Verifier Verifier = new Ed25519Verifier();

        private static int _slices;

        [TestMethod]
        public void Rfc8032SignaturesAreValid()
        {
            Assert.IsTrue(Verify(Rfc8032Vectors.Test1), "TEST 1");
            Assert.IsTrue(Verify(Rfc8032Vectors.Test2), "TEST 2");
            Assert.IsTrue(Verify(Rfc8032Vectors.Test3), "TEST 3");
            Assert.IsTrue(Verify(Rfc8032Vectors.TestShaAbc), "TEST SHA(abc)");
            Assert.IsTrue(Verify(Rfc8032Vectors.Test1024), "TEST 1024");
        }

        [TestMethod]
        public void OneBitOfAnyPartMakesItInvalid()
        {
            // Key, message and signature; in the signature a bit of R and one of S.
            Assert.IsFalse(VerifyFlipped(1, 5));
            Assert.IsFalse(VerifyFlipped(2, 0));
            Assert.IsFalse(VerifyFlipped(3, 3));
            Assert.IsFalse(VerifyFlipped(3, 8 * 32));
        }

        [TestMethod]
        public void SBeyondTheOrderIsRefused()
        {
            byte[] signature = Hex.Decode(Rfc8032Vectors.Test3[3]);
            byte[] order = Hex.Decode(Order);
            int carry = 0;
            for (int i = 0; i < 32; i++)
            {
                carry += signature[32 + i] + order[i];
                signature[32 + i] = (byte)carry;
                carry >>= 8;
            }

            Assert.AreEqual(0, carry);
            Assert.IsFalse(Verify(Hex.Decode(Rfc8032Vectors.Test3[1]), Hex.Decode(Rfc8032Vectors.Test3[2]), signature));
        }

        [TestMethod]
        public void KeysOfSmallOrderAreRefused()
        {
            // Under the neutral point as a key, R = S B is a signature of every message; so it would be, now and then, under the others.
            string[] small =
            {
                Neutral,
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            };
            for (int i = 0; i < small.Length; i++)
            {
                for (byte message = 0; message < 8; message++)
                {
                    Assert.IsFalse(Verify(Hex.Decode(small[i]), new byte[] { message }, Hex.Decode(Neutral + Zero)), small[i]);
                    Assert.IsTrue(_slices <= SlicesToJudgeAKey, small[i]);
                }
            }
        }

        [TestMethod]
        public void EncodingsThatAreNotCanonicalAreRefused()
        {
            // y = p + 1 for the neutral point; y = 1 with the sign of a zero x set; y = 2, where there is no x; y = p + 3 for 3, where
            // there is one.
            RefuseKey("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
            RefuseKey("0100000000000000000000000000000000000000000000000000000000000080");
            RefuseKey("0200000000000000000000000000000000000000000000000000000000000000");
            RefuseKey("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        }

        [TestMethod]
        public void TheAnswerComesWithTheLastSlice()
        {
            byte[] signature = Hex.Decode(Rfc8032Vectors.Test2[3]);
            Verifier.Begin(Hex.Decode(Rfc8032Vectors.Test2[1]), Hex.Decode("0072"), 1, 1, signature, 0);
            int slices = 1;
            while (Verifier.Step())
            {
                Assert.IsFalse(Verifier.IsValid);
                slices++;
            }

            Assert.IsTrue(Verifier.IsValid);
            Assert.IsTrue(slices > 100, "slices");
            Assert.IsFalse(Verifier.Step());
            Assert.IsTrue(Verifier.IsValid);
        }

        [TestMethod]
        public void AKeyOfAnotherLengthIsAnError()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => Verifier.Begin(new byte[31], new byte[1], 0, 1, new byte[64], 0));
        }

        private static void RefuseKey(string key)
        {
            Assert.IsFalse(Verify(Hex.Decode(key), new byte[1], Hex.Decode(Neutral + Zero)), key);
            Assert.IsTrue(_slices <= SlicesToJudgeAKey, key);
        }

        private static bool VerifyFlipped(int part, int bit)
        {
            byte[][] parts =
            {
                null,
                Hex.Decode(Rfc8032Vectors.Test3[1]),
                Hex.Decode(Rfc8032Vectors.Test3[2]),
                Hex.Decode(Rfc8032Vectors.Test3[3]),
            };
            parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
            return Verify(parts[1], parts[2], parts[3]);
        }

        private static bool Verify(string[] vector)
        {
            return Verify(Hex.Decode(vector[1]), Hex.Decode(vector[2]), Hex.Decode(vector[3]));
        }

        private static bool Verify(byte[] key, byte[] message, byte[] signature)
        {
            Verifier.Begin(key, message, 0, message.Length, signature, 0);
            _slices = 1;
            while (Verifier.Step())
            {
                _slices++;
            }

            return Verifier.IsValid;
        }
    }
}
