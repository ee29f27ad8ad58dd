// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class AuditLogTests
    {
        [TestMethod]
        public void EntriesGoToTheCardWithinASecondAndEachSectorNamesTheOneBefore()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 5; i++)
            {
                f.Enter(100 + i);
            }

            Assert.AreEqual(6, f.Newest() + 1, "sectors");
            Assert.AreEqual(0, (int)f.Before(0));
            for (int i = 1; i < 6; i++)
            {
                Assert.IsTrue(f.Follows(i, i - 1), "sector " + i);
            }

            for (int i = 0; i < 5; i++)
            {
                Assert.IsTrue(f.Find(AuditKind.Marker, 100 + i, 0, 6) > 0, "entry " + i);
            }

            Assert.AreEqual(0, f.Log.Waiting);
            long now = f.Clock.Microseconds / 1000;
            f.Log.Add(AuditKind.Marker, 1, 0, 0, null);
            Assert.IsFalse(f.Log.IsDue(now), "a batch is waited for");
            Assert.IsTrue(f.Log.IsDue(now + 1000), "not for longer than a second");
        }

        [TestMethod]
        public void AReleaseIsWrittenAtOnce()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            Assert.IsTrue(f.Log.Settle());
            f.Enter(1);
            long now = f.Clock.Microseconds / 1000;
            f.Log.Add(AuditKind.Marker, 2, 0, 0, null);
            f.Log.Add(AuditKind.Released, 5, 1, 0, null);
            Assert.IsFalse(f.Log.IsDue(now));
            Assert.IsFalse(f.Log.Settle());
            Assert.IsTrue(f.Log.IsDue(now), "the release waits for its entry");
            f.Log.Write(now);
            Assert.IsTrue(f.Log.Settle());
            Assert.IsTrue(f.Find(AuditKind.Released, 5, f.Newest(), f.Newest() + 1) > 0);
            f.Log.Add(AuditKind.Marker, 3, 0, 0, null);
            Assert.IsFalse(f.Log.IsDue(now), "what comes after it does not");
            f.Log.Lose();
            f.Log.Open(null);
            Assert.IsTrue(f.Log.Settle(), "there is no log to wait for");
        }

        [TestMethod]
        public void NoWriteTouchesASectorThatIsThere()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 20; i++)
            {
                var before = new byte[f.Content.Length];
                Array.Copy(f.Content, 0, before, 0, before.Length);
                int end = f.Newest() + 1;
                f.Enter(i);
                if (i % 7 == 0)
                {
                    f.BootAndOpen();
                }

                for (int b = 0; b < end * 512; b++)
                {
                    if (before[b] != f.Content[b])
                    {
                        Assert.IsTrue(false, "byte " + b + " was written again");
                    }
                }
            }
        }

        [TestMethod]
        public void TheChainGoesOnAfterACutAtAnyWrite()
        {
            for (int cut = 0; cut < 12; cut++)
            {
                var f = new AuditFixture();
                f.Card.WritesLeft = cut;
                f.BootAndOpen();
                for (int i = 0; i < 12; i++)
                {
                    f.Enter(i);
                }

                int written = f.Newest() + 1;
                f.Card.WritesLeft = int.MaxValue;
                f.BootAndOpen();
                f.Enter(77);
                for (int i = 1; i < written + 2; i++)
                {
                    Assert.IsTrue(f.Follows(i, i - 1), "cut " + cut + ", sector " + i);
                }

                Assert.IsTrue(f.Find(AuditKind.Boot, cut == 0 ? 0 : 1, written, written + 1) > 0, "the reason of the boot");
            }
        }

        [TestMethod]
        public void ATornTailIsDiscarded()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 6; i++)
            {
                f.Enter(i);
            }

            int newest = f.Newest();
            for (int b = 256; b < 512; b++)
            {
                f.Content[newest * 512 + b] = 0x5A;
            }

            f.BootAndOpen();
            Assert.AreEqual(newest, f.Newest());
            Assert.IsTrue(f.Follows(newest, newest - 1));
            Assert.IsTrue(f.Find(AuditKind.Boot, 1, newest, newest + 1) > 0);
            Assert.AreEqual(-1, f.Find(AuditKind.LogFound, 3, 0, AuditFixture.Sectors));
        }

        [TestMethod]
        public void ALostSectorIsNoticedAndHidesNothingBehindIt()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 8; i++)
            {
                f.Enter(i);
            }

            int newest = f.Newest();
            Array.Clear(f.Content, 4 * 512, 512);
            f.BootAndOpen();
            int at = f.Find(AuditKind.LogFound, 3, newest + 1, newest + 2);
            Assert.IsTrue(at > 0, "it is not stated");
            Assert.AreEqual(1, (int)BigEndian.Get64(f.Content, at + 16));
            Assert.IsTrue(f.Follows(newest + 1, newest));
        }

        [TestMethod]
        public void ALogThatWasCutBackIsNoticed()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 4; i++)
            {
                f.Enter(i);
            }

            f.Log.AskCheckpoint(CheckpointReason.RecordingClosed);
            f.Settle();
            long known = f.Log.Head.Sequence;
            Array.Clear(f.Content, 3 * 512, f.Content.Length - 3 * 512);
            f.BootAndOpen();
            int at = f.Find(AuditKind.LogFound, 2, 3, 4);
            Assert.IsTrue(at > 0, "it is not stated");
            Assert.AreEqual(known, BigEndian.Get64(f.Content, at + 8));
            Assert.AreEqual(3L, BigEndian.Get64(f.Content, at + 16));
            Assert.AreEqual(known + AuditLog.Leap + 1, f.Sequence(3), "a sequence number may come twice");
            Assert.AreEqual(known, f.Before(3), "the chain is the device's");
            Assert.AreEqual(8, (int)f.Content[at + 1]);
            Assert.AreEqual(BigEndian.Get64(f.Content, 3 * 512 + 24), BigEndian.Get64(f.Content, at + 44), "it is this log");
            Assert.IsTrue(f.Log.IsCutBack);
            Assert.AreEqual(known, f.Log.FoundKnown);
            Assert.AreEqual(3L, f.Log.FoundLast);
        }

        [TestMethod]
        public void AnotherCardGoesOnWithTheSameChain()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 4; i++)
            {
                f.Enter(i);
            }

            long known = f.Log.Head.Sequence;
            MemoryCard first = f.Card;
            f.Log.Lose();
            f.Log.Add(AuditKind.Card, 1, 0, 0, null);
            f.Card = AuditFixture.NewCard();
            f.Open();
            f.Settle();
            Assert.AreEqual(known + 1, f.Sequence(0), "nothing was lost in between");
            Assert.AreEqual(known, f.Before(0));
            Assert.IsTrue(f.Find(AuditKind.LogFound, 1, 0, 1) > 0);
            Assert.IsTrue(f.Find(AuditKind.Card, 1, 0, 1) > 0, "what happened without a card");
            known = f.Log.Head.Sequence;
            f.Log.Lose();
            f.Card = first;
            f.Open();
            f.Settle();
            int newest = f.Newest();
            Assert.AreEqual(5, newest);
            Assert.AreEqual(known, f.Before(newest));
            int at = f.Find(AuditKind.LogFound, 2, newest, newest + 1);
            Assert.IsTrue(at > 0);
            Assert.AreEqual(8, (int)f.Content[at + 1]);
            long id = BigEndian.Get64(f.Content, newest * 512 + 24);
            Assert.IsTrue(id != BigEndian.Get64(f.Content, at + 44), "it was another card's log");
            Assert.IsFalse(f.Log.IsCutBack);
        }

        [TestMethod]
        public void ACardThatIsPulledInTheMidstOfAWriteGetsNoEntryTwice()
        {
            for (int reached = 0; reached < 2; reached++)
            {
                var f = new AuditFixture();
                f.BootAndOpen();
                f.Enter(1);
                f.Card.PulledAfterWrite = reached == 1;
                f.Card.Pulled = reached == 0;
                f.Enter(2);
                Assert.IsTrue(f.Log.IsCardGone);
                Assert.AreEqual(1, f.Log.Waiting);
                f.Card.Pulled = false;
                f.Log.Lose();
                f.Open();
                f.Enter(3);
                int first = f.Find(AuditKind.Marker, 2, 0, AuditFixture.Sectors);
                Assert.IsTrue(first > 0);
                Assert.AreEqual(-1, f.Find(AuditKind.Marker, 2, first / 512 + 1, AuditFixture.Sectors), "reached " + reached);
                for (int i = 1; i <= f.Newest(); i++)
                {
                    Assert.IsTrue(f.Follows(i, i - 1), "sector " + i);
                }
            }
        }

        [TestMethod]
        public void TheRingOverwritesTheOldestAndIsFoundAgain()
        {
            for (int entries = AuditFixture.Sectors - 3; entries < AuditFixture.Sectors + 4; entries++)
            {
                for (int known = 0; known < 2; known++)
                {
                    var f = new AuditFixture();
                    f.BootAndOpen();
                    for (int i = 0; i < entries; i++)
                    {
                        f.Enter(i);
                    }

                    int newest = f.Newest();
                    if (known == 0)
                    {
                        f.Store.Forget("AUDIT");
                    }

                    f.BootAndOpen();
                    int next = (newest + 1) % AuditFixture.Sectors;
                    Assert.AreEqual(next, f.Newest(), entries + " entries, known " + known);
                    Assert.IsTrue(f.Follows(next, newest), entries + " entries, known " + known);
                }
            }
        }

        [TestMethod]
        public void TheEndIsFoundWithoutKnowingIt()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < AuditFixture.Sectors - 6; i++)
            {
                f.Enter(i);
                int newest = f.Newest();
                f.Store.Forget("AUDIT");
                var search = new AuditSearch(new AuditSector(new Digests(f.Natives), f.Natives, f.Device));
                search.Begin(f.Card.Open(AuditFixture.Path), new AuditHead());
                int steps = 0;
                while (!search.IsDone && steps < 100)
                {
                    search.Step();
                    steps++;
                }

                Assert.AreEqual(newest + 1, (int)search.NextPlace, "after " + i);
                Assert.AreEqual(f.Sequence(newest), search.Own.Sequence);
                Assert.IsTrue(steps < 12, "steps: " + steps);
            }
        }

        [TestMethod]
        public void AStaleLogOfAnEarlierLifeIsNotTakenForThisOne()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 20; i++)
            {
                f.Enter(i);
            }

            Array.Clear(f.Content, 0, 512);
            f.Store.Forget("AUDIT");
            f.BootAndOpen();
            f.Enter(1);
            Assert.AreEqual(0, (int)f.Before(0));
            f.BootAndOpen();
            Assert.IsTrue(f.Follows(1, 0));
            Assert.IsTrue(f.Follows(2, 1), "the end is behind the second sector, not in the stale part");
        }

        [TestMethod]
        public void ACardMadeAnewOverItsOldLogBeginsAnew()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            for (int i = 0; i < 5; i++)
            {
                f.Enter(i);
            }

            f.Log.AskCheckpoint(CheckpointReason.RecordingClosed);
            f.Settle();
            long known = f.Log.Head.Sequence;
            Array.Clear(f.Content, 0, 512);
            f.BootAndOpen();
            Assert.AreEqual(known, f.Before(0), "it begins at place 0, and the chain is the device's");
            Assert.IsTrue(f.Find(AuditKind.LogFound, 1, 0, 1) > 0);
        }

        [TestMethod]
        public void AStrangersSectorAtTheLastPlaceStopsNothing()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            f.Enter(1);
            long known = f.Log.Head.Sequence;
            long last = AuditSector.MostPlace - 1;
            PutStranger(f, (last - AuditFixture.Sectors) / AuditFixture.Sectors * AuditFixture.Sectors + 5);
            PutStranger(f, long.MaxValue);
            for (int boot = 0; boot < 3; boot++)
            {
                f.Store.Forget("AUDIT");
                f.BootAndOpen();
                f.Enter(boot);
                Assert.IsTrue(f.Find(AuditKind.Marker, boot, 0, AuditFixture.Sectors) > 0, "boot " + boot);
            }

            Assert.IsTrue(f.Log.Head.Sequence > known, "a number came twice");
            Assert.IsTrue(f.Log.Head.Sequence < known + 200, "a stranger's place moves the device's numbers");
        }

        [TestMethod]
        public void WhatFindsNoRoomIsCountedAndStated()
        {
            var f = new AuditFixture();
            f.Boot();
            for (int i = 0; i < 40; i++)
            {
                f.Log.Add(AuditKind.Marker, i, 0, 0, null);
            }

            Assert.AreEqual(25, f.Log.Lost, "16 find room, the boot among them");
            f.Open();
            f.Settle();
            f.Enter(99);
            Assert.IsTrue(f.Find(AuditKind.Lost, 26, 0, AuditFixture.Sectors) > 0, "the log's own entry found no room either");
            Assert.IsTrue(f.Find(AuditKind.Marker, 99, 0, AuditFixture.Sectors) > 0);
        }

        [TestMethod]
        public void AFinishedLogIsSignedAndTakesNothingMore()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            f.Log.Add(AuditKind.Retired, 0, 0, 0, null);
            f.Settle();
            f.Log.Finish();
            int newest = f.Newest();
            Assert.AreEqual((int)AuditSectorKind.Checkpoint, (int)f.Content[newest * 512 + 6], "it is signed");
            f.Log.Add(AuditKind.Marker, 1, 0, 0, null);
            f.Log.AskCheckpoint(CheckpointReason.ProperEnd);
            f.Settle();
            Assert.IsFalse(f.Log.StepIdle(f.Clock.Microseconds / 1000 + 2 * AuditLog.CheckpointMs));
            f.Log.End(BootEnd.Restarted, f.Clock.Microseconds / 1000);
            f.Log.Lose();
            f.Open();
            f.Settle();
            Assert.AreEqual(newest, f.Newest());
            Assert.AreEqual(0, f.Log.Waiting);
        }

        [TestMethod]
        public void AProperEndIsKnownAtTheNextBoot()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            Assert.AreEqual((int)BootEnd.Unknown, (int)f.Log.FormerEnd);
            f.Log.End(BootEnd.SwitchedOff, f.Clock.Microseconds / 1000);
            int newest = f.Newest();
            Assert.AreEqual((int)AuditSectorKind.Checkpoint, (int)f.Content[newest * 512 + 6], "it is signed");
            f.BootAndOpen();
            Assert.AreEqual((int)BootEnd.SwitchedOff, (int)f.Log.FormerEnd);
            f.BootAndOpen();
            Assert.AreEqual((int)BootEnd.PowerCut, (int)f.Log.FormerEnd);
            f.Log.End(BootEnd.Restarted, f.Clock.Microseconds / 1000);
            f.Boot();
            Assert.AreEqual((int)BootEnd.Restarted, (int)f.Log.FormerEnd);
            f.BootAndOpen();
            Assert.AreEqual((int)BootEnd.PowerCut, (int)f.Log.FormerEnd, "a boot that wrote nothing in between");
        }

        [TestMethod]
        public void ACardWithoutRoomForALogHasNone()
        {
            var f = new AuditFixture();
            f.Boot();
            f.Log.Open(null);
            Assert.IsTrue(f.Log.IsSettled);
            Assert.IsFalse(f.Log.IsOpen);
            Assert.IsFalse(f.Log.IsDue(100000));
            Assert.IsFalse(f.Log.StepIdle(1000000));
        }

        [TestMethod]
        public void ASectorThatTakesNoWriteIsLeftOut()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            f.Enter(1);
            f.Card.RefusesWrites = 3;
            f.Log.Add(AuditKind.Marker, 2, 0, 0, null);
            for (int i = 0; i < 3; i++)
            {
                f.Settle();
            }

            Assert.AreEqual(3, f.Newest());
            Assert.IsTrue(f.Follows(3, 1));
            f.BootAndOpen();
            Assert.IsTrue(f.Follows(4, 3));
            f.Card.RefusesWrites = 100;
            f.Log.Add(AuditKind.Marker, 3, 0, 0, null);
            for (int i = 0; i < 6; i++)
            {
                f.Settle();
            }

            Assert.IsFalse(f.Log.IsOpen, "a card that takes nothing is given up");
            Assert.AreEqual(1, f.Log.Waiting);
        }

        [TestMethod]
        public void DataIsKeptToItsBoundAndTimesStandBesideIt()
        {
            var f = new AuditFixture();
            f.BootAndOpen();
            f.Clock.SetUtc(DateTime.UnixEpoch.Ticks + 1795467602000L * 10000);
            var data = new byte[70];
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (byte)i;
            }

            f.Log.Add(AuditKind.Released, -7, -1, long.MaxValue, data);
            f.Settle();
            int at = f.Find(AuditKind.Released, -7, 0, AuditFixture.Sectors);
            Assert.IsTrue(at > 0);
            Assert.AreEqual(64, (int)f.Content[at + 1]);
            Assert.AreEqual((int)ClockSource.RealTimeClock, (int)f.Content[at + 2]);
            Assert.AreEqual(-1L, BigEndian.Get64(f.Content, at + 8));
            Assert.AreEqual(long.MaxValue, BigEndian.Get64(f.Content, at + 16));
            Assert.AreEqual(1795467602000L, BigEndian.Get64(f.Content, at + 32));
            Assert.AreEqual(-1, BigEndian.Get32(f.Content, at + 40));
            Assert.AreEqual(63, (int)f.Content[at + 44 + 63]);
        }

        // A whole sector of another device: anybody can make one.
        private static void PutStranger(AuditFixture f, long place)
        {
            int at = (int)(place % AuditFixture.Sectors) * 512;
            Array.Copy(f.Content, 0, f.Content, at, 512);
            for (int i = 8; i < 24; i++)
            {
                f.Content[at + i] = 0x77;
            }

            BigEndian.Put64(f.Content, at + 32, place);
            BigEndian.Put64(f.Content, at + 40, 1L << 60);
            BigEndian.Put32(f.Content, at + 508, (int)f.Natives.Crc32(f.Content, at, 508));
        }
    }
}
