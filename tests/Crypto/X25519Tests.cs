// SPDX-License-Identifier: MIT

using System;
using nanoFramework.TestFramework;

namespace Lapel.Crypto.Tests
{
    /// <summary>RFC 7748: the vectors of 5.2 and the key agreement of 6.1; points of small order.</summary>
    [TestClass]
    public class X25519Tests
    {
        private const string BasePoint = "0900000000000000000000000000000000000000000000000000000000000000";
        private const string AliceSecret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
        private const string AlicePublic = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
        private const string BobSecret = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
        private const string BobPublic = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
        private const string Shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

        private static readonly X25519 Function = new X25519();

        [TestMethod]
        public void Rfc7748Vectors()
        {
            Check(
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
                "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
            );
            Check(
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
                "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
            );
            Check(BasePoint, BasePoint, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }

        [TestMethod]
        public void Rfc7748KeyAgreement()
        {
            Check(AliceSecret, BasePoint, AlicePublic);
            Check(BobSecret, BasePoint, BobPublic);
            Check(AliceSecret, BobPublic, Shared);
            Check(BobSecret, AlicePublic, Shared);
        }

        [TestMethod]
        public void APointOfSmallOrderGivesZeroAndSaysSo()
        {
            CheckZero("0000000000000000000000000000000000000000000000000000000000000000");
            CheckZero("0100000000000000000000000000000000000000000000000000000000000000");
            CheckZero("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
            CheckZero("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
            Check(BobSecret, BasePoint, BobPublic);
        }

        [TestMethod]
        public void ArraysOfTheWrongLengthAreErrors()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => Function.Begin(new byte[31], new byte[32]));
            Assert.ThrowsException(typeof(ArgumentException), () => Function.Begin(new byte[32], new byte[33]));
        }

        private static void CheckZero(string u)
        {
            Run(AliceSecret, u);
            Assert.AreEqual("0000000000000000000000000000000000000000000000000000000000000000", Hex.Encode(Function.Result), u);
            Assert.IsTrue(Function.IsZero, u);
        }

        private static void Check(string scalar, string u, string expected)
        {
            Run(scalar, u);
            Assert.AreEqual(expected, Hex.Encode(Function.Result));
            Assert.IsFalse(Function.IsZero);
        }

        private static void Run(string scalar, string u)
        {
            Function.Begin(Hex.Decode(scalar), Hex.Decode(u));
            while (Function.Step()) { }
        }
    }
}
