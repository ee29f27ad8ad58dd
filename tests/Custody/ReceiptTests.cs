// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>What a receipt releases, and what it does not (CUSTODY.md section 5).</summary>
    [TestClass]
    public class ReceiptTests
    {
        // The wrapped key and its tag stand behind header, box head and recipient's fingerprint.
        private const int WrappedAt = 32 + 168 + 24 + 52 + 32;
        private const int WrappedBytes = 48;

        private static byte[] _wrapped;

        [TestMethod]
        public void AReceiptReleasesItsSegmentAndNothingElse()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            int free = bench.Store.Catalogue.FreeSlots;
            Assert.AreEqual(
                (int)CustodyResult.Done,
                (int)bench.Receive(Papers.Receipt(bench, 1, 1, digests[1])),
                bench.AccessControl.ResultText
            );
            Assert.AreEqual((int)SlotState.Closed, (int)bench.Store.Catalogue.State(0));
            Assert.AreEqual((int)SlotState.Released, (int)bench.Store.Catalogue.State(1));
            Assert.AreEqual((int)SlotState.Closed, (int)bench.Store.Catalogue.State(2));
            Assert.AreEqual(free + 1, bench.Store.Catalogue.FreeSlots);
            Assert.AreEqual((int)AuditKind.Released, (int)bench.Audit.LastKind);
            Assert.IsFalse(HoldsEnvelope(bench, 1), "the envelope is still there");
            Assert.IsTrue(HoldsEnvelope(bench, 2), "this test cannot find an envelope");
        }

        [TestMethod]
        public void WrongReceiptsFreeNothingAndAreLogged()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 2, true);
            byte[] id = bench.Device.Id;
            byte[] recording = bench.RecordingId;
            Refused(bench, CustodyResult.UnknownKey, Papers.Receipt(Papers.OtherArchive, id, recording, 1, 0, digests[0]));
            Refused(bench, CustodyResult.WrongDevice, Papers.Receipt(Papers.Archive, new byte[16], recording, 1, 0, digests[0]));
            Refused(bench, CustodyResult.NoSuchSegment, Papers.Receipt(Papers.Archive, id, recording, 1, 0, digests[1]));
            Refused(bench, CustodyResult.NoSuchSegment, Papers.Receipt(Papers.Archive, id, recording, 2, 0, digests[0]));
            Refused(bench, CustodyResult.NoSuchSegment, Papers.Receipt(Papers.Archive, id, new byte[16], 1, 0, digests[0]));
            byte[] tail = ByteSearch.Part(digests[0], 0, 32);
            tail[31] ^= 1;
            Refused(bench, CustodyResult.NoSuchSegment, Papers.Receipt(Papers.Archive, id, recording, 1, 0, tail));
            byte[] good = Papers.Receipt(bench, 1, 0, digests[0]);
            byte[] flipped = ByteSearch.Part(good, 0, good.Length);
            flipped[flipped.Length - 1] ^= 1;
            Refused(bench, CustodyResult.WrongSignature, flipped);
            for (int length = 0; length < good.Length; length += 7)
            {
                Refused(bench, CustodyResult.Malformed, ByteSearch.Part(good, 0, length));
            }

            Refused(bench, CustodyResult.Malformed, Papers.Configuration(1));
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Receive(good));
            Refused(bench, CustodyResult.Stale, good);
        }

        [TestMethod]
        public void AReceiptOfAReleasedSlotDoesNotFreeItsNextSegment()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            byte[] receipt = Papers.Receipt(bench, 1, 0, digests[0]);
            bench.Receive(receipt);
            bench.Record(2, bench.Store.Catalogue.Slots, true);
            Assert.AreEqual(0, bench.Store.Catalogue.FreeSlots);
            Refused(bench, CustodyResult.NoSuchSegment, receipt);
        }

        [TestMethod]
        public void ASegmentWhoseCloseIsDamagedIsNotReleased()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 1, false);
            byte[] slot = bench.Slot(0);
            int close = -1;
            for (int at = 0; at < slot.Length; at += Sector.Size)
            {
                if (UserType.Is(slot, at, UserType.SignedManifest))
                {
                    close = at;
                }
            }

            slot[close + 60] ^= 1;
            Refused(bench, CustodyResult.NoSuchSegment, Papers.Receipt(bench, 1, 0, digests[0]));
        }

        [TestMethod]
        public void ThereIsNoCut()
        {
            for (int writes = 0; writes < 6; writes++)
            {
                CustodyBench bench = Papers.Owned();
                byte[][] digests = bench.Record(1, 2, true);
                bench.Card.WritesLeft = writes;
                CustodyResult result = bench.Receive(Papers.Receipt(bench, 1, 0, digests[0]));
                bench.Card.WritesLeft = int.MaxValue;
                bench.Boot();
                bench.OpenCard();
                SlotState state = bench.Store.Catalogue.State(0);
                string when = "writes: " + writes.ToString();
                Assert.AreEqual((int)(writes < 5 ? CustodyResult.StorageFailed : CustodyResult.Done), (int)result, when);
                Assert.AreEqual(
                    (int)(
                        writes == 0 ? SlotState.Closed
                        : writes < 4 ? SlotState.Releasing
                        : SlotState.Released
                    ),
                    (int)state,
                    when
                );
                Assert.AreEqual(writes > 2, !HoldsEnvelope(bench, 0), when);
                if (state != SlotState.Releasing)
                {
                    continue;
                }

                SlotRelease release = new SlotRelease(bench.Store, FileUse.Custody);
                release.Resume(bench.Device, 0);
                while (!release.IsDone)
                {
                    release.Step();
                }

                Assert.AreEqual((int)SlotState.Released, (int)bench.Store.Catalogue.State(0));
                Assert.IsFalse(HoldsEnvelope(bench, 0));
            }
        }

        [TestMethod]
        public void NothingIsOverwrittenBeforeTheLogHasIt()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            bench.Audit.IsSettled = false;
            bench.AccessControl.BeginReceipt(Papers.Receipt(bench, 1, 0, digests[0]), 0);
            for (int i = 0; i < 5000; i++)
            {
                bench.AccessControl.Step(i);
            }

            Assert.IsTrue(bench.AccessControl.IsBusy);
            Assert.AreEqual((int)AuditKind.Released, (int)bench.Audit.LastKind);
            Assert.AreEqual((int)SlotState.Releasing, (int)bench.Store.Catalogue.State(0));
            Assert.IsTrue(HoldsEnvelope(bench, 0));
            bench.Audit.IsSettled = true;
            for (int i = 0; i < 100 && bench.AccessControl.IsBusy; i++)
            {
                bench.AccessControl.Step(i);
            }

            Assert.AreEqual((int)CustodyResult.Done, (int)bench.AccessControl.Result);
            Assert.AreEqual((int)SlotState.Released, (int)bench.Store.Catalogue.State(0));
        }

        [TestMethod]
        public void TheTaskStandsAsideAndGoesOn()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            Assert.IsTrue(bench.AccessControl.BeginReceipt(Papers.Receipt(bench, 1, 0, digests[0]), 0));
            for (int i = 0; bench.AccessControl.IsBusy; i++)
            {
                bench.Store.Files.Enter(i % 400 >= 100 && i % 401 != 0 ? CardSituation.Idle : CardSituation.RecordingBusy);
                bench.AccessControl.Step(0);
                Assert.IsTrue(i < 4000);
            }

            Assert.AreEqual((int)CustodyResult.Done, (int)bench.AccessControl.Result);
            Assert.AreEqual((int)SlotState.Released, (int)bench.Store.Catalogue.State(0));
        }

        [TestMethod]
        public void ACardThatWasTakenOutInBetweenIsNotTouched()
        {
            for (int steps = 230; steps < 520; steps += 5)
            {
                CustodyBench bench = Papers.Owned();
                byte[][] digests = bench.Record(1, 1, true);
                Assert.IsTrue(bench.AccessControl.BeginReceipt(Papers.Receipt(bench, 1, 0, digests[0]), 0));
                for (int i = 0; i < steps && bench.AccessControl.IsBusy; i++)
                {
                    bench.AccessControl.Step(0);
                }

                if (!bench.AccessControl.IsBusy || bench.Store.Catalogue.State(0) != SlotState.Closed)
                {
                    continue;
                }

                // Between the writes of the two copies the mark is on the card, and recovery goes on from it.
                bool marked = bench.Card.Content(SlotPath.CatalogueA)[CatalogueSector.Record(0, 0)] == (byte)SlotState.Releasing;
                bench.Store.Lose();
                bench.OpenCard();
                CustodyResult result = bench.Run();
                Assert.IsTrue(result == CustodyResult.StorageFailed || result == CustodyResult.Done);
                SlotState left = marked ? SlotState.Releasing : SlotState.Closed;
                Assert.AreEqual((int)(result == CustodyResult.Done ? SlotState.Released : left), (int)bench.Store.Catalogue.State(0));
            }
        }

        private static void Refused(CustodyBench bench, CustodyResult expected, byte[] receipt)
        {
            int free = bench.Store.Catalogue.FreeSlots;
            int writes = bench.Card.Writes;
            Assert.AreEqual((int)expected, (int)bench.Receive(receipt), bench.AccessControl.ResultText);
            Assert.AreEqual(free, bench.Store.Catalogue.FreeSlots);
            Assert.AreEqual(writes, bench.Card.Writes, "a refused receipt wrote to the card");
            Assert.AreEqual((int)AuditKind.ReceiptRefused, (int)bench.Audit.LastKind);
            Assert.IsTrue(bench.AccessControl.ResultText.Length > 0);
        }

        private static bool HoldsEnvelope(CustodyBench bench, int slot)
        {
            if (_wrapped == null)
            {
                CustodyBench reference = new CustodyBench();
                reference.Record(1, 1, true);
                _wrapped = ByteSearch.Part(reference.Slot(0), WrappedAt, WrappedBytes);
            }

            return ByteSearch.Find(bench.Slot(slot), _wrapped, 0, WrappedBytes) >= 0;
        }
    }
}
