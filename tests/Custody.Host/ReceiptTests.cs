using System;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    [TestClass]
    public sealed class ReceiptTests
    {
        [TestMethod]
        public void AReceiptReleasesItsSegmentAndNothingElse()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            int free = bench.Store.Catalogue.FreeSlots;
            Assert.AreEqual(CustodyResult.Done, bench.Receive(Agency.Receipt(bench, 1, 1, digests[1])), bench.Custodian.ResultText);
            Assert.AreEqual(SlotState.Closed, bench.Store.Catalogue.State(0));
            Assert.AreEqual(SlotState.Released, bench.Store.Catalogue.State(1));
            Assert.AreEqual(SlotState.Closed, bench.Store.Catalogue.State(2));
            Assert.AreEqual(free + 1, bench.Store.Catalogue.FreeSlots);
            Assert.AreEqual(AuditKind.Released, bench.Audit.LastKind);
            Assert.IsFalse(Holds(bench.Slot(1), Envelope(bench)), "the envelope is still there");
            Assert.IsTrue(Holds(bench.Slot(2), Envelope(bench)), "this test cannot find an envelope");
        }

        [TestMethod]
        public void WrongReceiptsFreeNothingAndAreLogged()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 2, true);
            DateTime now = DateTime.UnixEpoch;
            byte[] id = bench.Device.Id, rec = bench.RecordingId, other = new byte[32];
            Refused(bench, CustodyResult.UnknownKey, Receipts.Make(Agency.OtherArchive, id, rec, 1, 0, digests[0], now));
            Refused(bench, CustodyResult.WrongDevice, Receipts.Make(Agency.Archive, new byte[16], rec, 1, 0, digests[0], now));
            Refused(bench, CustodyResult.NoSuchSegment, Receipts.Make(Agency.Archive, id, rec, 1, 0, digests[1], now));
            Refused(bench, CustodyResult.NoSuchSegment, Receipts.Make(Agency.Archive, id, rec, 2, 0, digests[0], now));
            Refused(bench, CustodyResult.NoSuchSegment, Receipts.Make(Agency.Archive, id, new byte[16], 1, 0, digests[0], now));
            byte[] tail = (byte[])digests[0].Clone();
            tail[31] ^= 1;
            Refused(bench, CustodyResult.NoSuchSegment, Receipts.Make(Agency.Archive, id, rec, 1, 0, tail, now));
            byte[] good = Agency.Receipt(bench, 1, 0, digests[0]);
            byte[] flipped = (byte[])good.Clone();
            flipped[^1] ^= 1;
            Refused(bench, CustodyResult.WrongSignature, flipped);
            for (int length = 0; length < good.Length; length += 7)
                Refused(bench, CustodyResult.Malformed, good[..length]);
            Refused(bench, CustodyResult.Malformed, Agency.Configuration(1));
            Assert.AreEqual(CustodyResult.Done, bench.Receive(good));
            Refused(bench, CustodyResult.Stale, good);
        }

        [TestMethod]
        public void AReceiptOfAReleasedSlotDoesNotFreeItsNextSegment()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            byte[] receipt = Agency.Receipt(bench, 1, 0, digests[0]);
            bench.Receive(receipt);
            int slots = bench.Store.Catalogue.Slots;
            bench.Record(2, slots, true);
            Assert.AreEqual(0, bench.Store.Catalogue.FreeSlots);
            Refused(bench, CustodyResult.NoSuchSegment, receipt);
        }

        [TestMethod]
        public void ASegmentWhoseCloseIsDamagedIsNotReleased()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 1, false);
            byte[] slot = bench.Slot(0);
            int close = Close(slot);
            slot[close + 60] ^= 1;
            Refused(bench, CustodyResult.NoSuchSegment, Agency.Receipt(bench, 1, 0, digests[0]));
        }

        [TestMethod]
        public void ThereIsNoCut()
        {
            for (int writes = 0; writes < 6; writes++)
            {
                CustodyBench bench = Agency.Owned();
                byte[][] digests = bench.Record(1, 2, true);
                bench.Card.WritesLeft = writes;
                CustodyResult result = bench.Receive(Agency.Receipt(bench, 1, 0, digests[0]));
                bench.Card.WritesLeft = int.MaxValue;
                bench.Boot();
                bench.OpenCard();
                SlotState state = bench.Store.Catalogue.State(0);
                bool erased = !Holds(bench.Slot(0), Envelope(bench));
                Assert.AreEqual(writes < 5 ? CustodyResult.StorageFailed : CustodyResult.Done, result);
                Assert.AreEqual(writes == 0 ? SlotState.Closed : writes < 4 ? SlotState.Releasing : SlotState.Released, state, $"after {writes} writes");
                Assert.AreEqual(writes > 2, erased, $"after {writes} writes");
                if (state != SlotState.Releasing)
                    continue;
                var release = new SlotRelease(bench.Store);
                release.Resume(bench.Device, 0);
                while (!release.IsDone)
                    release.Step();
                Assert.AreEqual(SlotState.Released, bench.Store.Catalogue.State(0));
                Assert.IsFalse(Holds(bench.Slot(0), Envelope(bench)));
            }
        }

        [TestMethod]
        public void NothingIsOverwrittenBeforeTheLogHasIt()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            bench.Audit.IsWritten = false;
            bench.Custodian.BeginReceipt(Agency.Receipt(bench, 1, 0, digests[0]), 0);
            for (int i = 0; i < 5000; i++) bench.Custodian.Step(i);
            Assert.IsTrue(bench.Custodian.IsBusy);
            Assert.AreEqual(AuditKind.Released, bench.Audit.LastKind);
            Assert.AreEqual(SlotState.Releasing, bench.Store.Catalogue.State(0));
            Assert.IsTrue(Holds(bench.Slot(0), Envelope(bench)));
            bench.Audit.IsWritten = true;
            for (int i = 0; i < 100 && bench.Custodian.IsBusy; i++) bench.Custodian.Step(i);
            Assert.AreEqual(CustodyResult.Done, bench.Custodian.Result);
            Assert.AreEqual(SlotState.Released, bench.Store.Catalogue.State(0));
        }

        [TestMethod]
        public void TheTaskStandsAsideAndGoesOn()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 1, true);
            Assert.IsTrue(bench.Custodian.BeginReceipt(Agency.Receipt(bench, 1, 0, digests[0]), 0));
            for (int i = 0; bench.Custodian.IsBusy; i++)
            {
                bench.Custodian.MayUseCard = i % 400 >= 100 && i % 401 != 0;
                bench.Custodian.Step(0);
                Assert.IsTrue(i < 4000);
            }
            Assert.AreEqual(CustodyResult.Done, bench.Custodian.Result);
            Assert.AreEqual(SlotState.Released, bench.Store.Catalogue.State(0));
        }

        [TestMethod]
        public void ACardThatWasTakenOutInBetweenIsNotTouched()
        {
            for (int steps = 230; steps < 520; steps += 5)
            {
                CustodyBench bench = Agency.Owned();
                byte[][] digests = bench.Record(1, 1, true);
                Assert.IsTrue(bench.Custodian.BeginReceipt(Agency.Receipt(bench, 1, 0, digests[0]), 0));
                for (int i = 0; i < steps && bench.Custodian.IsBusy; i++)
                    bench.Custodian.Step(0);
                if (!bench.Custodian.IsBusy || bench.Store.Catalogue.State(0) != SlotState.Closed)
                    continue;
                bench.Store.Lose();
                bench.OpenCard();
                CustodyResult result = bench.Run();
                Assert.IsTrue(result is CustodyResult.StorageFailed or CustodyResult.Done);
                Assert.AreEqual(result == CustodyResult.Done ? SlotState.Released : SlotState.Closed, bench.Store.Catalogue.State(0));
            }
        }

        private static void Refused(CustodyBench bench, CustodyResult expected, byte[] receipt)
        {
            int free = bench.Store.Catalogue.FreeSlots;
            int writes = bench.Card.Writes;
            Assert.AreEqual(expected, bench.Receive(receipt), bench.Custodian.ResultText);
            Assert.AreEqual(free, bench.Store.Catalogue.FreeSlots);
            Assert.AreEqual(writes, bench.Card.Writes, "a refused receipt wrote to the card");
            Assert.AreEqual(AuditKind.ReceiptRefused, bench.Audit.LastKind);
            Assert.AreNotEqual("", bench.Custodian.ResultText);
        }

        // The wrapped key and its tag, behind header, box head and recipient's fingerprint.
        private static byte[] Envelope(CustodyBench bench)
        {
            byte[] slot = bench.Slot(bench.Store.Catalogue.Slots - 1);
            var reference = new CustodyBench();
            reference.Record(1, 1, true);
            return reference.Slot(0).AsSpan(32 + 168 + 24 + 52 + 32, 48).ToArray();
        }

        private static bool Holds(byte[] where, byte[] what) => where.AsSpan().IndexOf(what) >= 0;

        private static int Close(byte[] slot)
        {
            int found = -1;
            for (int at = 0; at < slot.Length; at += 512)
                if (UserType.Is(slot, at, UserType.SignedManifest))
                    found = at;
            return found;
        }
    }
}
