// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Crypto.Tests
{
    /// <summary>Keys against the vectors of RFC 8032; signatures against the verifier, and their nonces against each other.</summary>
    [TestClass]
    public class Ed25519SignerTests
    {
        private const int MessageLength = 100;

        private static readonly Ed25519Verifier Verifier = new Ed25519Verifier();

        [TestMethod]
        public void Rfc8032PublicKeys()
        {
            CheckKey(Rfc8032Vectors.Test1);
            CheckKey(Rfc8032Vectors.Test2);
            CheckKey(Rfc8032Vectors.Test3);
            CheckKey(Rfc8032Vectors.TestShaAbc);
            CheckKey(Rfc8032Vectors.Test1024);
        }

        [TestMethod]
        public void AKeyIsReadyWithItsLastSlice()
        {
            byte[] seed = Hex.Decode(Rfc8032Vectors.Test1[0]);
            var key = new Ed25519Key(seed);
            seed[0]++;
            while (key.Step())
            {
                Assert.IsFalse(key.IsReady);
                Assert.IsNull(key.PublicKey);
            }

            Assert.IsTrue(key.IsReady);
            Assert.IsFalse(key.Step());
            Assert.AreEqual(Rfc8032Vectors.Test1[1], Hex.Encode(key.PublicKey));
        }

        [TestMethod]
        public void FourNoncesAreKeptAndEachSignatureTakesOne()
        {
            Ed25519Signer signer = Signer(1);
            Assert.IsFalse(signer.IsPrepared);
            while (signer.Step())
            {
                Assert.IsTrue(signer.Prepared < 4);
            }

            Assert.AreEqual(4, signer.Prepared);
            string[] commitments = new string[6];
            for (int i = 0; i < commitments.Length; i++)
            {
                byte[] message = Message(i);
                byte[] signature = new byte[64];
                signer.Sign(message, 0, MessageLength, signature, 0);
                CheckSignature(message, 0, signature, 0);
                commitments[i] = Hex.Encode(signature, 0, 32);
                for (int earlier = 0; earlier < i; earlier++)
                {
                    Assert.IsFalse(commitments[earlier] == commitments[i], "a nonce was used twice");
                }

                Assert.AreEqual(i < 4 ? 3 - i : 0, signer.Prepared);
            }
        }

        [TestMethod]
        public void PreparedOrOnTheSpotTheSignatureIsTheSame()
        {
            Ed25519Signer prepared = Signer(2);
            while (prepared.Step()) { }

            Ed25519Signer unprepared = Signer(2);
            Ed25519Signer halfway = Signer(2);
            for (int i = 0; i < 40; i++)
            {
                halfway.Step();
            }

            for (int i = 0; i < 2; i++)
            {
                string expected = Sign(prepared, i);
                Assert.AreEqual(expected, Sign(unprepared, i));
                Assert.AreEqual(expected, Sign(halfway, i));
            }
        }

        [TestMethod]
        public void AnotherNonceSeedMakesOtherNonces()
        {
            Assert.IsFalse(Sign(Signer(3), 0).Substring(0, 64) == Sign(Signer(4), 0).Substring(0, 64));
        }

        [TestMethod]
        public void OffsetsAreKept()
        {
            byte[] shifted = new byte[MessageLength + 9];
            byte[] signature = new byte[70];
            Array.Copy(Message(0), 0, shifted, 5, MessageLength);
            Signer(5).Sign(shifted, 5, MessageLength, signature, 3);
            CheckSignature(shifted, 5, signature, 3);
            Assert.AreEqual("000000", Hex.Encode(signature, 0, 3));
            Assert.AreEqual("000000", Hex.Encode(signature, 67, 3));
        }

        [TestMethod]
        public void TheLengthsAroundABlockSign()
        {
            // 111 bytes behind the prefix are the most that end in the second block; 128 more end in the third.
            int[] lengths = { 64, 64 + 111, 64 + 112, 64 + 128, 64 + 239 };
            Ed25519Signer signer = Signer(6);
            for (int i = 0; i < lengths.Length; i++)
            {
                byte[] message = new byte[lengths[i]];
                Array.Copy(Message(0), 0, message, 0, Ed25519Signer.PrefixLength);
                byte[] signature = new byte[64];
                signer.Sign(message, 0, message.Length, signature, 0);
                Verifier.Begin(Hex.Decode(Rfc8032Vectors.Test2[1]), message, 0, message.Length, signature, 0);
                while (Verifier.Step()) { }

                Assert.IsTrue(Verifier.IsValid, "length " + lengths[i].ToString());
            }
        }

        [TestMethod]
        public void AnotherPrefixIsRefusedAndNoNonceIsLost()
        {
            Ed25519Signer signer = Signer(7);
            while (!signer.IsPrepared)
            {
                signer.Step();
            }

            byte[] message = Message(0);
            message[63]++;
            Assert.ThrowsException(typeof(ArgumentException), () => signer.Sign(message, 0, MessageLength, new byte[64], 0));
            message[63]--;
            Assert.ThrowsException(typeof(ArgumentException), () => signer.Sign(message, 0, 63, new byte[64], 0));
            Assert.AreEqual(1, signer.Prepared);
            signer.Sign(message, 0, MessageLength, new byte[64], 0);
            Assert.AreEqual(0, signer.Prepared);
        }

        [TestMethod]
        public void ArraysOfTheWrongLengthAreErrors()
        {
            var key = new Ed25519Key(new byte[32]);
            Assert.ThrowsException(typeof(ArgumentException), () => new Ed25519Key(new byte[33]));
            Assert.ThrowsException(typeof(ArgumentException), () => new Ed25519Key(null));
            Assert.ThrowsException(
                typeof(ArgumentException),
                () => new Ed25519Signer(key, new DeviceNatives(), new byte[63], new byte[32])
            );
            Assert.ThrowsException(
                typeof(ArgumentException),
                () => new Ed25519Signer(key, new DeviceNatives(), new byte[64], new byte[31])
            );
        }

        private static void CheckKey(string[] vector)
        {
            var key = new Ed25519Key(Hex.Decode(vector[0]));
            while (key.Step()) { }

            Assert.AreEqual(vector[1], Hex.Encode(key.PublicKey));
        }

        /// <summary>A signer with the key of TEST 2, not ready yet.</summary>
        private static Ed25519Signer Signer(byte boot)
        {
            byte[] nonceSeed = new byte[32];
            nonceSeed[7] = boot;
            byte[] prefix = new byte[Ed25519Signer.PrefixLength];
            Array.Copy(Message(0), 0, prefix, 0, prefix.Length);
            return new Ed25519Signer(new Ed25519Key(Hex.Decode(Rfc8032Vectors.Test2[0])), new DeviceNatives(), prefix, nonceSeed);
        }

        private static byte[] Message(int number)
        {
            byte[] message = new byte[MessageLength];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(i < Ed25519Signer.PrefixLength ? i : i + number);
            }

            return message;
        }

        private static string Sign(Ed25519Signer signer, int number)
        {
            byte[] signature = new byte[64];
            signer.Sign(Message(number), 0, MessageLength, signature, 0);
            return Hex.Encode(signature);
        }

        private static void CheckSignature(byte[] message, int offset, byte[] signature, int sigOffset)
        {
            Verifier.Begin(Hex.Decode(Rfc8032Vectors.Test2[1]), message, offset, MessageLength, signature, sigOffset);
            while (Verifier.Step()) { }

            Assert.IsTrue(Verifier.IsValid);
        }
    }
}
