// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>
    /// A change of the device's key (CUSTODY.md section 7): who may order it, and what stands after it, whatever happens on the way.
    /// </summary>
    [TestClass]
    public class RotationTests
    {
        [TestMethod]
        public void AnOrderChangesTheKeyAtTheNextStart()
        {
            CustodyBench bench = Ready();

            // A clock that was never set counts from 1970.
            bench.Board.Clock.SetUtc(DateTime.UnixEpoch.Ticks + 600000000L);
            byte[] id = bench.Device.Id;
            byte[] former = bench.Device.PublicKey;
            byte[] secret = bench.Internal.Load(StoreEntries.Secret);
            int boot = bench.Device.BootNumber;
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Rotate(Order(bench, 1)), bench.AccessControl.ResultText);
            Assert.IsTrue(bench.AccessControl.IsRotationOrdered);
            Assert.IsTrue(ByteSearch.IsSame(secret, bench.Internal.Load(StoreEntries.Secret)), "changed before the restart");
            bench.AccessControl.CommitRotation();
            Assert.IsTrue(ByteSearch.IsSame(secret, bench.Internal.Load(StoreEntries.Secret)), "changed before the boot");
            Assert.IsTrue(bench.Boot());
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id), "the id must stay");
            Assert.IsFalse(ByteSearch.IsSame(former, bench.Device.PublicKey), "the key must change");
            Assert.AreEqual(boot + 1, bench.Device.RotationBoot);
            Assert.AreEqual(1, bench.Device.History.Count);
            Assert.IsTrue(ByteSearch.IsSame(former, bench.Device.KeyIn(boot)));
            Assert.IsTrue(ByteSearch.IsSame(bench.Device.PublicKey, bench.Device.KeyIn(boot + 1)));
            Assert.IsTrue(bench.AccessControl.IsOwned, "the configuration is lost");
            Assert.IsFalse(bench.AccessControl.IsConfigurationLost);
            CheckStatement(bench, former, bench.Device.PublicKey);
            for (int i = 0; i < bench.Internal.Count; i++)
            {
                Assert.AreEqual(
                    -1,
                    ByteSearch.Find(bench.Internal.Content(i), secret, 0, 16),
                    "the old secret is in " + bench.Internal.Name(i)
                );
            }

            byte[] now = bench.Device.PublicKey;
            Assert.IsTrue(bench.Boot());
            Assert.IsTrue(ByteSearch.IsSame(now, bench.Device.PublicKey), "another key after another boot");
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id));
        }

        [TestMethod]
        public void WhoeverElseOrdersItIsRefusedAndLogged()
        {
            CustodyBench bench = Ready();
            byte[] id = bench.Device.Id;
            Refused(bench, CustodyResult.UnknownKey, Papers.RotationOrder(Papers.Stranger, id, 1));
            Refused(bench, CustodyResult.UnknownKey, Papers.RotationOrder(Papers.Archive, id, 1));
            Refused(bench, CustodyResult.WrongDevice, Papers.RotationOrder(Papers.Authority, new byte[16], 1));
            Refused(bench, CustodyResult.Stale, Order(bench, 2));
            Refused(bench, CustodyResult.Malformed, Order(bench, 0));
            Refused(bench, CustodyResult.Malformed, Papers.Configuration(2));
            Refused(bench, CustodyResult.Malformed, Papers.RetirementOrder(Papers.Authority, id));
            byte[] order = Order(bench, 1);
            order[order.Length - 1] ^= 1;
            Refused(bench, CustodyResult.WrongSignature, order);
            order = Order(bench, 1);
            for (int length = 0; length < order.Length; length += 13)
            {
                Refused(bench, CustodyResult.Malformed, ByteSearch.Part(order, 0, length));
            }

            CustodyBench unowned = new CustodyBench(true);
            Assert.AreEqual(
                (int)CustodyResult.UnknownKey,
                (int)unowned.Rotate(Order(unowned, 1)),
                "an unowned camera has nobody who could"
            );
        }

        [TestMethod]
        public void AnOrderIsCarriedOutOnce()
        {
            CustodyBench bench = Ready();
            byte[] order = Order(bench, 1);
            Restart(bench, order);
            Refused(bench, CustodyResult.Stale, order);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Rotate(Order(bench, 2)), bench.AccessControl.ResultText);
        }

        [TestMethod]
        public void NotWhileARecordingIsUnderWayNorWithoutACardNorWithAnythingOpenOnIt()
        {
            CustodyBench bench = Ready();
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            Refused(bench, CustodyResult.NotAllowed, Order(bench, 1));
            bench.Store.Files.Enter(CardSituation.Idle);
            bench.Store.Catalogue.Mark(0, SlotRecord.Open(9, 0, 0, bench.RecordingId));
            Refused(bench, CustodyResult.NotAllowed, Order(bench, 1));
            bench.Store.Catalogue.Mark(0, new SlotRecord { State = SlotState.Releasing, Recording = 9, Digest = bench.RecordingId });
            Refused(bench, CustodyResult.NotAllowed, Order(bench, 1));
            bench.Store.Catalogue.Mark(0, SlotRecord.Without(SlotState.Free));
            bench.Store.Lose();
            Refused(bench, CustodyResult.NotAllowed, Order(bench, 1));
            bench.OpenCard();
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Rotate(Order(bench, 1)), bench.AccessControl.ResultText);
        }

        [TestMethod]
        public void ARecordingBeforeTheRestartDropsTheOrder()
        {
            CustodyBench bench = Ready();
            byte[] former = bench.Device.PublicKey;
            bench.Rotate(Order(bench, 1));
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            Assert.IsFalse(bench.AccessControl.IsRotationOrdered);
            Assert.AreEqual((int)AuditKind.RotationRefused, (int)bench.Audit.LastKind);
            bench.Store.Files.Enter(CardSituation.Idle);
            bench.AccessControl.CommitRotation();
            bench.Boot();
            Assert.IsTrue(ByteSearch.IsSame(former, bench.Device.PublicKey));
            bench.OpenCard();
            bench.Rotate(Order(bench, 1));
            bench.Store.Lose();
            bench.OpenCard();
            bench.AccessControl.CommitRotation();
            bench.Boot();
            Assert.IsTrue(ByteSearch.IsSame(former, bench.Device.PublicKey), "the card was away in between");
        }

        [TestMethod]
        public void SeveralChangesFollowOneAnother()
        {
            CustodyBench bench = Ready();
            byte[] id = bench.Device.Id;
            byte[][] keys = new byte[4][];
            int[] boots = new int[4];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = bench.Device.PublicKey;
                boots[i] = bench.Device.BootNumber;
                Restart(bench, Order(bench, i + 1));
            }

            Assert.AreEqual(4, bench.Device.History.Count);
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id));
            for (int i = 0; i < keys.Length; i++)
            {
                Assert.IsTrue(ByteSearch.IsSame(keys[i], bench.Device.KeyIn(boots[i])), "key " + i.ToString());
            }

            for (int i = 4; i < KeyHistory.MostRotations; i++)
            {
                Restart(bench, Order(bench, i + 1));
            }

            Refused(bench, CustodyResult.NotAllowed, Order(bench, KeyHistory.MostRotations + 1));
        }

        [TestMethod]
        public void ACutAtAnyStoreLeavesOneKeyInForce()
        {
            int whole = SavesOf(int.MaxValue, true);
            Assert.AreEqual(6, whole, "next, counters, statement, secret, scrub, next");
            for (int saves = 0; saves < whole; saves++)
            {
                SavesOf(saves, false);
            }
        }

        [TestMethod]
        public void WhatWasRecordedUnderAFormerKeyIsStillReleasedKeptAndFound()
        {
            CustodyBench bench = Ready();
            byte[][] digests = bench.Record(1, 2, true);
            Assert.IsTrue(bench.Keys.CountRecordings(1));
            Restart(bench, Order(bench, 1));
            Assert.AreEqual(1, bench.Device.RotationRecordings);
            byte[][] later = bench.Record(2, 1, true);
            Assert.AreEqual(
                (int)CustodyResult.Done,
                (int)bench.Receive(Papers.Receipt(bench, 1, 0, digests[0])),
                bench.AccessControl.ResultText
            );
            Assert.AreEqual(
                (int)CustodyResult.Done,
                (int)bench.Receive(Papers.Receipt(bench, 2, 0, later[0])),
                bench.AccessControl.ResultText
            );
            SlotInspector inspector = new SlotInspector(bench.Digests, bench.Device, bench.Signer);
            inspector.Begin(bench.Store.OpenSlot(FileUse.Custody, 1), 1);
            while (!inspector.IsDone)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)inspector.Step());
            }

            Assert.AreEqual((int)SlotState.Closed, (int)inspector.State, "a segment of the former key is not found closed");
        }

        [TestMethod]
        public void WhatIsOpenFromAFormerKeyIsNeitherClosedNorGivenBack()
        {
            CustodyBench bench = Ready();
            bench.Record(1, 1, false);
            Assert.IsTrue(bench.Keys.CountRecordings(1));
            Restart(bench, Order(bench, 1));
            byte[] slot = bench.Slot(0);
            byte[] before = ByteSearch.Part(slot, 0, slot.Length);
            bench.Store.Catalogue.Mark(0, SlotRecord.Open(1, 0, 0, bench.RecordingId));
            SlotRecovery recovery = new SlotRecovery(
                bench.Store,
                new SegmentRecovery(bench.Digests, bench.Device, bench.Signer, bench.Board.Clock, CustodyBench.Firmware),
                new SlotInspector(bench.Digests, bench.Device, bench.Signer)
            );
            bench.Store.Files.Enter(CardSituation.Recovering);
            while (!recovery.IsDone)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)recovery.Step());
            }

            Assert.AreEqual(1, recovery.Kept);
            Assert.AreEqual((int)SlotState.Open, (int)bench.Store.Catalogue.State(0));
            Assert.IsTrue(ByteSearch.IsSame(before, bench.Slot(0)));
        }

        [TestMethod]
        public void ACameraWhoseKeyWasChangedCanBeRetired()
        {
            CustodyBench bench = Ready();
            Restart(bench, Order(bench, 1));
            Assert.AreEqual(
                (int)CustodyResult.Done,
                (int)bench.Retire(Papers.RetirementOrder(Papers.Authority, bench.Device.Id)),
                bench.AccessControl.ResultText
            );
            Assert.IsTrue(ByteSearch.IsSame(new byte[124], bench.Internal.Load(StoreEntries.Secret)), "the secret is not erased");
            Assert.IsFalse(bench.Boot(), "a retired camera has keys");
            Assert.IsTrue(bench.AccessControl.IsRetired);
        }

        [TestMethod]
        public void WhatStorageMayHoldOfTheFormerSecretIsWrittenOver()
        {
            CustodyBench bench = Ready();
            Assert.IsFalse(bench.AccessControl.Scrub(), "a camera whose key was never changed has nothing to write over");
            Restart(bench, Order(bench, 1));
            for (int i = 0; i < 40; i++)
            {
                Assert.IsTrue(bench.AccessControl.Scrub());
            }

            bench.Boot();
            int left = 0;
            while (bench.AccessControl.Scrub())
            {
                left++;
            }

            Assert.AreEqual(1112, left, "1,152 entries in all, gone on with after a cut");
        }

        // A rotation whose stores fail after so many, then boots with sound storage. Gives the stores that it took.
        private static int SavesOf(int saves, bool comesUp)
        {
            CustodyBench bench = Ready();
            byte[] id = bench.Device.Id;
            byte[] former = bench.Device.PublicKey;
            byte[] secret = bench.Internal.Load(StoreEntries.Secret);
            bench.Rotate(Order(bench, 1));
            int before = bench.Internal.Saves;
            bench.Internal.SavesLeft = saves;
            bench.AccessControl.CommitRotation();
            bool up = bench.Boot();
            int took = bench.Internal.Saves - before;
            string when = "after " + saves.ToString() + " stores";
            Assert.AreEqual(comesUp, up, when);
            bench.Internal.SavesLeft = int.MaxValue;
            Assert.IsTrue(bench.Boot(), when);
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id), when);
            Assert.AreEqual(saves > 0, !ByteSearch.IsSame(former, bench.Device.PublicKey), when);
            Assert.AreEqual(saves > 0 ? 1 : 0, bench.Device.History.Count, when);
            if (saves > 0)
            {
                CheckStatement(bench, former, bench.Device.PublicKey);
            }

            Assert.IsFalse(bench.AccessControl.IsConfigurationLost, when);
            Assert.IsTrue(bench.AccessControl.IsOwned, when);
            for (int i = 0; saves > 0 && i < bench.Internal.Count; i++)
            {
                Assert.AreEqual(
                    -1,
                    ByteSearch.Find(bench.Internal.Content(i), secret, 0, 16),
                    when + " the old secret is in " + bench.Internal.Name(i)
                );
            }

            return took;
        }

        private static CustodyBench Ready()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.OpenCard();
            return bench;
        }

        private static byte[] Order(CustodyBench bench, int number)
        {
            return Papers.RotationOrder(Papers.Authority, bench.Device.Id, number);
        }

        private static void Restart(CustodyBench bench, byte[] order)
        {
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Rotate(order), bench.AccessControl.ResultText);
            bench.AccessControl.CommitRotation();
            Assert.IsTrue(bench.Boot());
            bench.OpenCard();
        }

        private static void Refused(CustodyBench bench, CustodyResult expected, byte[] order)
        {
            byte[] secret = bench.Internal.Load(StoreEntries.Secret);
            Assert.AreEqual((int)expected, (int)bench.Rotate(order), bench.AccessControl.ResultText);
            Assert.AreEqual((int)AuditKind.RotationRefused, (int)bench.Audit.LastKind);
            Assert.AreEqual((int)expected, bench.Audit.LastCode);
            Assert.IsFalse(bench.AccessControl.IsRotationOrdered);
            bench.AccessControl.CommitRotation();
            NextSecret next;
            Assert.IsTrue(NextSecret.Load(bench.Internal, out next) != StoreStatus.Unreadable);
            Assert.IsNull(next);
            Assert.IsTrue(ByteSearch.IsSame(secret, bench.Internal.Load(StoreEntries.Secret)));
        }

        private static void CheckStatement(CustodyBench bench, byte[] former, byte[] next)
        {
            byte[] statement = bench.Device.History.Bytes;
            byte[] content = ByteSearch.Part(statement, 0, RotationStatement.ContentBytes);
            Assert.IsTrue(ByteSearch.IsZero(ByteSearch.Part(statement, 128, 8)), "an unset clock says a time");
            byte[] digest = RotationStatement.Digest(bench.Digests, content);
            Assert.IsTrue(Verifies(bench, former, digest, statement, RotationStatement.ContentBytes), "the key before has not signed");
            Assert.IsTrue(
                Verifies(bench, next, digest, statement, RotationStatement.ContentBytes + 64),
                "the key from now on has not signed"
            );
            Assert.IsFalse(
                Verifies(bench, former, digest, statement, RotationStatement.ContentBytes + 64),
                "this test finds every signature right"
            );
        }

        private static bool Verifies(CustodyBench bench, byte[] key, byte[] digest, byte[] signature, int at)
        {
            byte[] structure = bench.Signer.Structure(digest, bench.Digests.Fingerprint(key));
            Ed25519Verifier verifier = new Ed25519Verifier();
            verifier.Begin(key, structure, 0, structure.Length, signature, at);
            while (verifier.Step()) { }

            return verifier.IsValid;
        }
    }
}
