// SPDX-License-Identifier: MIT

using System.Text;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>Who may set a camera up, and when it is in force (CUSTODY.md section 3).</summary>
    [TestClass]
    public class ConfigurationTests
    {
        [TestMethod]
        public void AnUnownedCameraTakesTheFirstAuthorityAndNoOtherAfterwards()
        {
            CustodyBench bench = new CustodyBench();
            Assert.IsFalse(bench.AccessControl.IsOwned);
            Expect(CustodyResult.UnknownKey, bench, Named(Papers.Stranger, Papers.Authority, 1), "signed by another than the one named");
            Expect(CustodyResult.Done, bench, Papers.Configuration(1), "the first one");
            Assert.IsTrue(bench.AccessControl.IsOwned);
            Assert.AreEqual((int)AuditKind.Configuration, (int)bench.Audit.LastKind);
            Assert.AreEqual(1L, bench.Audit.LastFirst, "trust on first use is not logged as such");
            Expect(CustodyResult.UnknownKey, bench, Named(Papers.Stranger, Papers.Stranger, 2), "another authority");
            Assert.AreEqual((int)AuditKind.ConfigurationRefused, (int)bench.Audit.LastKind);
        }

        [TestMethod]
        public void SettingsComeIntoForceAtTheNextBootKeysAtOnce()
        {
            CustodyBench bench = new CustodyBench();
            byte[] before = bench.AccessControl.ConfigurationDigest;
            bench.Configure(Papers.Configuration(1));
            Assert.AreEqual("LAPEL", bench.AccessControl.Configuration.Unit);
            Assert.IsTrue(bench.AccessControl.IsRestartNeeded);
            Assert.IsTrue(ByteSearch.IsSame(before, bench.AccessControl.ConfigurationDigest));
            byte[] nonce = bench.AccessControl.Challenge();
            Assert.AreEqual(
                (int)CustodyResult.Done,
                (int)bench.Login(Role.Dock, Papers.Dock.Fingerprint, Papers.Proof(Papers.Dock, bench.Device.Id, nonce, 2))
            );
            bench.Boot();
            Assert.AreEqual("LP-1", bench.AccessControl.Configuration.Unit);
            Assert.AreEqual("A. Smith", bench.AccessControl.Configuration.Private.Officer);
            Assert.IsFalse(ByteSearch.IsSame(before, bench.AccessControl.ConfigurationDigest));
            byte[] entry = bench.Audit.Data(0);
            Assert.IsTrue(ByteSearch.IsSame(before, ByteSearch.Part(entry, 0, 32)));
            Assert.IsTrue(ByteSearch.IsSame(bench.AccessControl.ConfigurationDigest, ByteSearch.Part(entry, 32, 32)));
        }

        [TestMethod]
        public void SlotsTooSmallForHalfASecondOfPicturesAreRefused()
        {
            CameraConfiguration configuration = new CameraConfiguration();
            int[] intervals = { 66, 100, 125, 500, 1000 };
            int[] pictures = { 8, 5, 4, 1, 1 };
            for (int size = 0; size <= (int)FrameSize.Hd; size++)
            {
                for (int i = 0; i < intervals.Length; i++)
                {
                    configuration.Size = (FrameSize)size;
                    configuration.IntervalMs = intervals[i];
                    RequireLeastSlot(configuration, pictures[i]);
                }
            }

            configuration.Size = FrameSize.Hd;
            configuration.IntervalMs = 100;
            configuration.SlotBytes = 480 * 1024;
            Assert.AreEqual("slots must hold half a second of pictures: 523776 bytes or more", configuration.Malformed());
        }

        // One that is a sector smaller is refused; in the least one a fragment of that length fits, and no byte more.
        private static void RequireLeastSlot(CameraConfiguration configuration, int pictures)
        {
            int least = configuration.LeastSlotBytes;
            int fragment = least - SegmentBudget.LeastSlotBytes(1, 0, false) + FragmentHeader.BlockSize(1, false) + Sector.Size;
            Assert.IsTrue(fragment > pictures * 8000, "half a second of pictures");
            SegmentBudget budget = new SegmentBudget();
            budget.Reset(least, 0);
            Assert.IsTrue(budget.Fits(fragment));
            Assert.IsFalse(budget.Fits(fragment + 1));
            configuration.SlotBytes = least < 262144 ? 262144 : least;
            Assert.IsNull(configuration.Malformed());
            configuration.SlotBytes -= Sector.Size;
            Assert.IsNotNull(configuration.Malformed());
        }

        [TestMethod]
        public void SerialNumbersOnlyRise()
        {
            CustodyBench bench = Papers.Owned();
            Expect(CustodyResult.Done, bench, Papers.Configuration(5), "a higher one");
            Expect(CustodyResult.Stale, bench, Papers.Configuration(5), "the same");
            Expect(CustodyResult.Stale, bench, Papers.Configuration(4), "a lower one");
            bench.Boot();
            Expect(CustodyResult.Stale, bench, Papers.Configuration(5), "the same after a boot");
            Assert.AreEqual(5, bench.AccessControl.Serial);
        }

        [TestMethod]
        public void TheOldAuthorityHandsOverToANewOne()
        {
            CustodyBench bench = Papers.Owned();
            Expect(CustodyResult.Done, bench, Named(Papers.Authority, Papers.Successor, 2), "the hand-over");
            Assert.AreEqual(2L, bench.Audit.LastFirst);
            Expect(CustodyResult.UnknownKey, bench, Papers.Configuration(3), "the old authority still has a say");
            Expect(CustodyResult.Done, bench, Named(Papers.Successor, Papers.Successor, 3), "the new one has none");
        }

        [TestMethod]
        public void AConfigurationForAnotherCameraIsRefused()
        {
            CustodyBench bench = Papers.Owned();
            Expect(
                CustodyResult.WrongDevice,
                bench,
                Papers.Configuration(Papers.Authority, Papers.Authority, 2, new byte[16]),
                "another camera's"
            );
            Expect(CustodyResult.Done, bench, Papers.Configuration(Papers.Authority, Papers.Authority, 2, bench.Device.Id), "its own");
        }

        [TestMethod]
        public void ACutInTheStoringLeavesTheOldOneOrTheNew()
        {
            for (int saves = 0; saves < 3; saves++)
            {
                CustodyBench bench = Papers.Owned();
                bench.Internal.SavesLeft = saves;
                bench.Configure(Papers.Configuration(2));
                bench.Internal.SavesLeft = int.MaxValue;
                bench.Boot();
                Assert.AreEqual(saves == 0 ? 1 : 2, bench.AccessControl.Serial, "stores: " + saves.ToString());
                Assert.AreEqual(saves == 0 ? "LP-1" : "LP-2", bench.AccessControl.Configuration.Unit);
                Assert.IsFalse(bench.AccessControl.IsConfigurationLost);
            }
        }

        [TestMethod]
        public void ADamagedConfigurationIsNotTakenForNoOwner()
        {
            CustodyBench bench = Papers.Owned();
            bench.Internal.Damage(StoreEntries.Configuration);
            bench.Boot();
            Assert.IsTrue(bench.AccessControl.IsConfigurationLost);
            Assert.IsTrue(bench.AccessControl.IsOwned);
            Expect(CustodyResult.UnknownKey, bench, Named(Papers.Stranger, Papers.Stranger, 2), "a stranger's");
            Expect(CustodyResult.Done, bench, Papers.Configuration(1), "the same one cannot be installed again");
            bench.Boot();
            Assert.IsFalse(bench.AccessControl.IsConfigurationLost);
        }

        [TestMethod]
        public void HowLongARecordingGoesOnIsASettingFrom0To600Seconds()
        {
            CameraConfiguration configuration = new CameraConfiguration();
            int[] tried = { -1, 0, 60, 600, 601 };
            for (int i = 0; i < tried.Length; i++)
            {
                configuration.ContinueSeconds = tried[i];
                string malformed = configuration.Malformed();
                bool isAllowed = tried[i] >= 0 && tried[i] <= 600;
                Assert.AreEqual(isAllowed, malformed == null, tried[i].ToString());
                Assert.IsTrue(isAllowed || malformed.IndexOf("0 to 600 s") >= 0, malformed);
            }

            CustodyBench bench = Papers.Owned();
            Assert.AreEqual(60, bench.AccessControl.Configuration.ContinueSeconds);
        }

        [TestMethod]
        public void AForgedEntryOfInternalStorageDoesNotCount()
        {
            CustodyBench bench = Papers.Owned();
            byte[] forged = Named(Papers.Stranger, Papers.Stranger, 9);
            byte[] entry = new byte[forged.Length + 32];
            System.Array.Copy(forged, 0, entry, 0, forged.Length);
            bench.Internal.Save(StoreEntries.Configuration, entry);
            bench.Boot();
            Assert.IsTrue(bench.AccessControl.IsConfigurationLost);
        }

        [TestMethod]
        public void WhatIsMalformedIsNamed()
        {
            CustodyBench bench = new CustodyBench();
            byte[] good = Papers.Configuration(1);
            Expect(CustodyResult.Malformed, bench, ByteSearch.Part(good, 0, good.Length - 1), "cut short");
            Names(bench, "signature");
            byte[] longer = new byte[good.Length + 1];
            System.Array.Copy(good, 0, longer, 0, good.Length);
            Expect(CustodyResult.Malformed, bench, longer, "with a byte behind its end");
            Names(bench, "follow");
            byte[] flipped = ByteSearch.Part(good, 0, good.Length);
            flipped[flipped.Length - 1] ^= 1;
            Expect(CustodyResult.WrongSignature, bench, flipped, "a bit of the signature");
            byte[] payload = Papers.ConfigurationPayload(Papers.Authority, 1, null, "LP-1");
            payload[ByteSearch.Find(payload, Encoding.UTF8.GetBytes("LP-1"), 0, 4)] = (byte)'\n';
            Expect(CustodyResult.Malformed, bench, Papers.Sign(Papers.Authority, payload), "a line feed in the unit name");
            Names(bench, "unit name");
            payload = Papers.ConfigurationPayload(Papers.Authority, 1, null, "LP-1");

            // 60 as CBOR has it, between its key and the next one; with another first byte it is -61.
            int last = ByteSearch.Find(payload, new byte[] { 9, 0x18, 60, 10 }, 0, 4);
            payload[last + 1] = 0x38;
            Expect(CustodyResult.Malformed, bench, Papers.Sign(Papers.Authority, payload), "-61 s");
            Names(bench, "goes on");
        }

        private static byte[] Named(Signatory signer, Signatory authority, int serial)
        {
            return Papers.Configuration(signer, authority, serial, null);
        }

        private static void Names(CustodyBench bench, string what)
        {
            Assert.IsTrue(bench.AccessControl.ResultText.IndexOf(what) >= 0, bench.AccessControl.ResultText);
        }

        private static void Expect(CustodyResult expected, CustodyBench bench, byte[] document, string what)
        {
            Assert.AreEqual((int)expected, (int)bench.Configure(document), what + ": " + bench.AccessControl.ResultText);
        }
    }
}
