// SPDX-License-Identifier: MIT

using System;
using nanoFramework.TestFramework;

namespace Lapel.Crypto.Tests
{
    /// <summary>FIPS 180-4: the published examples of SHA-512 (abc, 896 bits), the empty message, and one longer than two blocks.</summary>
    [TestClass]
    public class Sha512Tests
    {
        private const string TwoBlocks =
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

        private static readonly Sha512 Sha = new Sha512();

        [TestMethod]
        public void EmptyMessage()
        {
            Check(
                "",
                "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a53832"
                    + "7af927da3e"
            );
        }

        [TestMethod]
        public void Abc()
        {
            Check(
                "abc",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac9"
                    + "4fa54ca49f"
            );
        }

        [TestMethod]
        public void PaddingThatNeedsASecondBlock()
        {
            Check(
                TwoBlocks,
                "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e5"
                    + "5b874be909"
            );
        }

        [TestMethod]
        public void PiecesMakeTheSameDigestAsTheWhole()
        {
            byte[] message = new byte[300];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(7 * i + 3);
            }

            string whole = Digest(message, message.Length);
            for (int piece = 1; piece <= 150; piece += 37)
            {
                Assert.AreEqual(whole, Digest(message, piece), "pieces of " + piece.ToString());
            }
        }

        [TestMethod]
        public void AStateSavedAfterABlockContinues()
        {
            byte[] message = new byte[200];
            message[0] = 1;
            message[199] = 2;
            string whole = Digest(message, message.Length);
            ulong[] state = new ulong[Sha512.StateWords];
            Sha.Reset();
            Sha.Update(message, 0, Sha512.BlockLength);
            Sha.Save(state);
            for (int i = 0; i < 2; i++)
            {
                byte[] digest = new byte[Sha512.DigestLength];
                Sha.Restore(state, 1);
                Sha.Update(message, Sha512.BlockLength, message.Length - Sha512.BlockLength);
                Sha.Finish(digest, 0);
                Assert.AreEqual(whole, Hex.Encode(digest));
            }
        }

        [TestMethod]
        public void AStateInsideABlockIsNotGiven()
        {
            Sha.Reset();
            Sha.Update(new byte[1], 0, 1);
            Assert.ThrowsException(typeof(InvalidOperationException), () => Sha.Save(new ulong[Sha512.StateWords]));
        }

        private static void Check(string message, string expected)
        {
            byte[] bytes = new byte[message.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)message[i];
            }

            Assert.AreEqual(expected, Digest(bytes, bytes.Length == 0 ? 1 : bytes.Length));
        }

        private static string Digest(byte[] message, int piece)
        {
            byte[] digest = new byte[Sha512.DigestLength];
            Sha.Reset();
            for (int at = 0; at < message.Length; at += piece)
            {
                int left = message.Length - at;
                Sha.Update(message, at, left < piece ? left : piece);
            }

            Sha.Finish(digest, 0);
            return Hex.Encode(digest);
        }
    }
}
