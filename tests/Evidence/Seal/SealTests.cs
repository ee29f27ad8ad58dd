// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>FORMAT.md section 8: what seals, byte for byte, on the device and on the host.</summary>
    [TestClass]
    public class SealTests
    {
        private const int SlotBytes = 16384;

        // RFC 7748, 6.1: Alice's pair is the ephemeral one, Bob is the agency, K what they agree on.
        private const string AlicePublic = "8520F0098930A754748B7DDCB43EF75A0DBF3A0D26381AF4EBA4A98EAA9B4E6A";
        private const string BobPublic = "DE9EDB7D7B7DC1B4D35B61C2ECE435373F8343C85B78674DADFC7E146F882B4F";
        private const string Shared = "4A5D9D5BA4CE2DE1728E3BF480350F25E07E21C947D19E3376F09B3C1E161742";

        /// <summary>The content key of the sealed segment below.</summary>
        public const string ContentKey = "000102030405060708090A0B0C0D0E0F";

        [TestMethod]
        public void NativeAesIsCbcWithoutPadding()
        {
            // SP 800-38A, F.2.1, first two blocks.
            byte[] iv = Hex.Parse("000102030405060708090A0B0C0D0E0F");
            ICbcCipher cipher = new DeviceNatives().AesCbc(Hex.Parse("2B7E151628AED2A6ABF7158809CF4F3C"));
            byte[] cipherText = cipher.Encrypt(iv, Hex.Parse("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"));
            Assert.AreEqual("7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2", Hex.Of(cipherText));
            Assert.AreEqual("000102030405060708090A0B0C0D0E0F", Hex.Of(iv), "the vector stays as it was");
        }

        [TestMethod]
        public void TheEnvelopeIsTheVector()
        {
            Assert.AreEqual(
                "B4A827587C222835BF3D3C64A2EC2B7793CE22D7EC10BB46C0EC858E86EE015C",
                Hex.Of(new Digests(new DeviceNatives()).Hash(Seal().Envelope))
            );
        }

        [TestMethod]
        public void ASealedSegmentIsTheVector()
        {
            Assert.AreEqual(
                "8716808BF3C4519FE24F48132324320BA270D0B1181701FFF76CEAA6718DC669",
                Hex.Of(new Digests(new DeviceNatives()).Hash(Write()))
            );
        }

        [TestMethod]
        public void VectorsNeverRepeat()
        {
            RecordingSeal seal = Seal();
            var vectors = new byte[16 * 40];
            seal.PutIvs(vectors, 0, 0, 7);
            seal.PutIvs(vectors, 16 * 7, 7, 24);
            seal.PutIvs(vectors, 16 * 31, 31, 9);
            for (int i = 0; i < 40; i++)
            {
                string one = Hex.Of(vectors, 16 * i, 16);
                for (int k = 0; k < i; k++)
                {
                    Assert.IsFalse(one == Hex.Of(vectors, 16 * k, 16));
                }
            }
        }

        [TestMethod]
        public void AWipedSealHasNoKeyAndStillSaysWhoseItIs()
        {
            byte[] contentKey = Hex.Parse(ContentKey);
            byte[] ivKey = Digests.Label("secret of the vectors");
            RecordingSeal seal = Seal(contentKey, ivKey);
            Assert.IsTrue(seal.CanEncrypt);
            seal.Wipe();
            Assert.IsFalse(seal.CanEncrypt);
            Assert.AreEqual("00000000000000000000000000000000", Hex.Of(contentKey));
            for (int i = 0; i < ivKey.Length; i++)
            {
                Assert.AreEqual(0, (int)ivKey[i]);
            }

            Assert.AreEqual(1, seal.Recipients.Length);
        }

        [TestMethod]
        public void TheSealIsReadBackFromTheInit()
        {
            RecordingSeal read;
            Assert.IsTrue(RecordingSeal.Read(Write(), out read));
            RecordingSeal made = Seal();
            Assert.AreEqual(Hex.Of(made.KeyId), Hex.Of(read.KeyId));
            Assert.AreEqual(1, read.Recipients.Length);
            Assert.AreEqual(Hex.Of(made.Recipients[0]), Hex.Of(read.Recipients[0]));
            Assert.IsFalse(read.CanEncrypt);
            Assert.IsTrue(RecordingSeal.Read(SegmentVectorTests.Write(), out read));
            Assert.IsNull(read);
        }

        [TestMethod]
        public void AnEnvelopeThatCannotBeOneIsNotReadBack()
        {
            int envelope = 200;
            int[] places = { envelope, envelope + 3, envelope + 23, envelope + 25, envelope + 26, envelope + 27 };
            for (int i = 0; i < places.Length; i++)
            {
                byte[] init = Write();
                init[places[i]] ^= 0xFF;
                RecordingSeal read;
                Assert.IsFalse(RecordingSeal.Read(init, out read), "a changed byte at " + places[i]);
            }
        }

        /// <summary>Segment 0 and last of a sealed recording: two fragments, three frames.</summary>
        public static byte[] Write()
        {
            var fixture = new SegmentFixture(SlotBytes);
            for (int i = 0; i < SlotBytes; i++)
            {
                fixture.Slot[i] = 0;
            }

            var frames = new ListFrames();
            frames.Add(300, 50000);
            frames.Add(2048, 50250);
            frames.Add(1500, 50500);
            RecordingFacts facts = fixture.Facts(0);
            facts.Captured = 3;
            facts.Seal = Seal();
            fixture.Open(facts, null, 0, 50000);
            fixture.Write(frames, 0, 3, 50750, true);
            fixture.Writer.BeginClose(CloseReason.Stopped, 1);
            fixture.Run();
            return fixture.Slot;
        }

        /// <summary>A seal with fixed keys, to Bob.</summary>
        public static RecordingSeal Seal()
        {
            return Seal(Hex.Parse(ContentKey), Digests.Label("secret of the vectors"));
        }

        private static RecordingSeal Seal(byte[] contentKey, byte[] ivKey)
        {
            var natives = new DeviceNatives();
            byte[] bob = Hex.Parse(BobPublic);
            byte[] fingerprint = new Digests(natives).RecipientFingerprint(bob);
            var seal = new RecordingSeal(
                natives,
                contentKey,
                ivKey,
                Hex.Parse("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF"),
                new byte[][] { fingerprint }
            );
            var envelope = new EnvelopeBox(natives, seal.KeyId, Hex.Parse(AlicePublic), 1);
            envelope.Wrap(0, bob, fingerprint, Hex.Parse(Shared), contentKey);
            seal.Envelope = envelope.Bytes;
            seal.PrivateBox = new PrivateFacts { Officer = "A. Smith", Place = "Main Street" }.Seal(seal);
            return seal;
        }
    }
}
