// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>The test vector of FORMAT.md 11.3, byte for byte: on the device by its digest, on the host also against the file.</summary>
    [TestClass]
    public class RotationVectorTests
    {
        [TestMethod]
        public void TheWriterMakesTheVector()
        {
            Assert.AreEqual(
                "B30F9211311EECFD69AEC431A86774DB1DC4820C52B6E7058867257C8593F8A2",
                Hex.Of(new Digests(new DeviceNatives()).Hash(Write()))
            );
        }

        /// <summary>Statement 1: from the key of RFC 8032, 7.1 test 1 to that of test 2.</summary>
        public static byte[] Write()
        {
            var former = new SegmentFixture(512);
            var natives = new DeviceNatives();
            var key = new Ed25519Key(Hex.Parse("4CCD089B28FF96DA9DB6C346EC114E0F5B8A319F35ABA624DA8CF6ED4FB8A6FB"));
            while (key.Step()) { }

            var following = new ManifestSigner(
                key,
                former.Digests.Fingerprint(key.PublicKey),
                natives,
                Digests.Label("nonce seed of the test vector")
            );
            var next = new NextSecret();
            next.Number = 1;
            next.Recordings = 3;
            next.OrderDigest = Filled(0x44);
            var head = new AuditHead();
            head.Sequence = 3;
            head.Digest = Filled(0x55);
            byte[] content = RotationStatement.Content(
                former.Device.Id,
                former.Device.PublicKey,
                key.PublicKey,
                next,
                8,
                1795467602000L,
                head
            );
            byte[] digest = RotationStatement.Digest(former.Digests, content);
            var byFormer = new byte[ManifestSigner.CoseBytes];
            var byNext = new byte[ManifestSigner.CoseBytes];
            former.Signer.Sign(digest, byFormer, 0);
            following.Sign(digest, byNext, 0);
            var statement = new byte[Sector.Size];
            RotationStatement.Put(statement, 0, content, byFormer, byNext);
            return statement;
        }

        private static byte[] Filled(byte value)
        {
            var bytes = new byte[Digests.Size];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = value;
            }

            return bytes;
        }
    }
}
