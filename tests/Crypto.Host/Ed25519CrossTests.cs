// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Lapel.Hal;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lapel.Crypto.Host.Tests
{
    /// <summary>Keys, signatures and verifications against BouncyCastle's.</summary>
    [TestClass]
    public class Ed25519CrossTests
    {
        private const int Keys = 400;
        private const int MessagesPerKey = 5;

        [TestMethod]
        public void OurSignaturesVerifyThereAndTheirsHere()
        {
            var random = new Random(5);
            var verifier = new Ed25519Verifier();
            for (int round = 0; round < Keys; round++)
            {
                byte[] seed = Bytes(random, 32);
                byte[] prefix = Bytes(random, 64);
                var theirs = new Ed25519PrivateKeyParameters(seed);
                var key = new Ed25519Key(seed);
                var signer = new Ed25519Signer(key, new DeviceNatives(), prefix, Bytes(random, 32 + random.Next(32)));
                for (int i = 0; i < MessagesPerKey; i++)
                {
                    byte[] message = Bytes(random, 64 + random.Next(300));
                    prefix.CopyTo(message, 0);
                    int margin = random.Next(5);
                    byte[] shifted = new byte[message.Length + margin];
                    message.CopyTo(shifted, margin);
                    byte[] signature = new byte[64 + margin];
                    signer.Sign(shifted, margin, message.Length, signature, margin);
                    CollectionAssert.AreEqual(theirs.GeneratePublicKey().GetEncoded(), key.PublicKey);
                    Assert.IsTrue(VerifyThere(theirs, message, signature.AsSpan(margin).ToArray()), "ours, there");
                    Assert.IsTrue(Verify(verifier, key.PublicKey, shifted, margin, message.Length, signature, margin), "ours, here");
                }

                byte[] foreign = Bytes(random, random.Next(600));
                byte[] theirSignature = SignThere(theirs, foreign);
                Assert.IsTrue(Verify(verifier, key.PublicKey, foreign, 0, foreign.Length, theirSignature, 0), "theirs, here");
                int bit = random.Next(512);
                theirSignature[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.IsFalse(Verify(verifier, key.PublicKey, foreign, 0, foreign.Length, theirSignature, 0), "theirs, one bit flipped");
            }
        }

        /// <summary>The rule of FORMAT.md 3.4 by its vectors, which the host's verifier is held to as well.</summary>
        [TestMethod]
        public void TheVectorsOfTheStrictRuleHoldOrNot()
        {
            var verifier = new Ed25519Verifier();
            int refused = 0;
            foreach (string line in VectorLines())
            {
                string[] parts = line.Split('|');
                byte[] message = Convert.FromHexString(parts[3]);
                bool holds = Verify(
                    verifier,
                    Convert.FromHexString(parts[2]),
                    message,
                    0,
                    message.Length,
                    Convert.FromHexString(parts[4]),
                    0
                );
                Assert.AreEqual(parts[1] == "1", holds, parts[0]);
                refused += holds ? 0 : 1;
            }

            Assert.AreEqual(16, refused);
        }

        private static string[] VectorLines([CallerFilePath] string here = "") =>
            Array.FindAll(
                File.ReadAllLines(
                    Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "firmware", "Evidence", "vectors", "ed25519-1.txt")
                ),
                l => !l.StartsWith('#')
            );

        [TestMethod]
        public void VerdictsAgreeOnBrokenSignatures()
        {
            var random = new Random(6);
            var verifier = new Ed25519Verifier();
            for (int round = 0; round < 300; round++)
            {
                var theirs = new Ed25519PrivateKeyParameters(Bytes(random, 32));
                byte[] publicKey = theirs.GeneratePublicKey().GetEncoded();
                byte[] message = Bytes(random, 1 + random.Next(300));
                byte[] signature = SignThere(theirs, message);
                byte[][] parts = { publicKey, message, signature };
                byte[] broken = parts[random.Next(3)];
                broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
                bool there = false;
                if (Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.ValidatePublicKeyFull(publicKey, 0))
                {
                    there = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
                }

                Assert.AreEqual(there, Verify(verifier, publicKey, message, 0, message.Length, signature, 0));
                Assert.IsFalse(there);
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void EveryNonceIsTheOneDocumented()
        {
            var random = new Random(7);
            byte[] seed = Bytes(random, 32);
            byte[] prefix = Bytes(random, 64);
            byte[] nonceSeed = Bytes(random, 40);
            byte[] nonceKey = SHA512.HashData(seed).AsSpan(32).ToArray();
            var signer = new Ed25519Signer(new Ed25519Key(seed), new DeviceNatives(), prefix, nonceSeed);
            int nonces = TestSize.Of(sample: 6, sweep: 40);
            for (ulong index = 1; index <= (ulong)nonces; index++)
            {
                byte[] input = new byte[48];
                nonceSeed.CopyTo(input, 0);
                BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(40), index);
                BigInteger nonce = new BigInteger(HMACSHA512.HashData(nonceKey, input), true) % Curve.L;
                byte[] signature = new byte[64];
                signer.Sign(prefix, 0, 64, signature, 0);
                CollectionAssert.AreEqual(Encode(nonce), signature.AsSpan(0, 32).ToArray(), "R of nonce " + index);
            }
        }

        [TestMethod]
        public void Sha512AgreesAtEveryLength()
        {
            var random = new Random(8);
            var sha = new Sha512();
            byte[] digest = new byte[64];
            for (int length = 0; length < 600; length++)
            {
                byte[] message = Bytes(random, length);
                int split = random.Next(length + 1);
                sha.Update(message, 0, split);
                sha.Update(message, split, length - split);
                sha.Finish(digest, 0);
                CollectionAssert.AreEqual(SHA512.HashData(message), digest, "length " + length);
            }
        }

        /// <summary>n times the base point, by double and add over big integers.</summary>
        private static byte[] Encode(BigInteger n)
        {
            byte[] encoded = new byte[32];
            (BigInteger X, BigInteger Y) sum = (0, 1);
            (BigInteger X, BigInteger Y) power = Curve.Base;
            for (BigInteger rest = n; !rest.IsZero; rest >>= 1)
            {
                if (!rest.IsEven)
                {
                    sum = Curve.Add(sum, power);
                }

                power = Curve.Add(power, power);
            }

            sum.Y.TryWriteBytes(encoded, out _, true);
            encoded[31] |= (byte)(sum.X.IsEven ? 0 : 0x80);
            return encoded;
        }

        private static bool Verify(
            Ed25519Verifier verifier,
            byte[] key,
            byte[] message,
            int offset,
            int count,
            byte[] signature,
            int sigOffset
        )
        {
            verifier.Begin(key, message, offset, count, signature, sigOffset);
            while (verifier.Step())
            {
                Assert.IsFalse(verifier.IsValid);
            }

            return verifier.IsValid;
        }

        private static bool VerifyThere(Ed25519PrivateKeyParameters key, byte[] message, byte[] signature)
        {
            return Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(
                signature,
                0,
                key.GeneratePublicKey().GetEncoded(),
                0,
                message,
                0,
                message.Length
            );
        }

        private static byte[] SignThere(Ed25519PrivateKeyParameters key, byte[] message)
        {
            byte[] signature = new byte[64];
            Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Sign(key.GetEncoded(), 0, message, 0, message.Length, signature, 0);
            return signature;
        }

        private static byte[] Bytes(Random random, int count)
        {
            byte[] bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
