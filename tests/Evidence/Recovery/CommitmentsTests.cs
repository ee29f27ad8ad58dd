// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>What the device last committed to (FORMAT.md 7.1), in internal storage and after a boot.</summary>
    [TestClass]
    public class CommitmentsTests
    {
        [TestMethod]
        public void WhatWasSavedComesBack()
        {
            MemoryStore store = new MemoryStore();
            Commitments saved = Loaded(store, 0);
            Commitment commitment = saved.Begin(1);
            commitment.FirstLive = 2;
            commitment.Segment = 3;
            commitment.Fragments = 14;
            commitment.EndMs = 7000;
            commitment.Chain[5] = 9;
            commitment.PreSegment = 1;
            commitment.PreFragments = 5;
            commitment.PreEndMs = 2500;
            Assert.IsTrue(saved.Save());
            Commitments loaded = Loaded(store, 0);
            Commitment back = loaded.Find(1);
            Assert.AreEqual(1, loaded.Newest);
            Assert.AreEqual(2, back.FirstLive);
            Assert.AreEqual(3, back.Segment);
            Assert.AreEqual(14, back.Fragments);
            Assert.AreEqual(7000, back.EndMs);
            Assert.AreEqual(9, (int)back.Chain[5]);
            Assert.AreEqual(1, back.PreSegment);
            Assert.AreEqual(5, back.PreFragments);
            Assert.AreEqual(2500, back.PreEndMs);
            Assert.IsTrue(loaded.HasClosed(1, 0), "a pre-event segment before the one that was being written");
            Assert.IsFalse(loaded.HasClosed(1, 1));
            Assert.IsTrue(loaded.HasClosed(1, 2));
            Assert.IsFalse(loaded.HasClosed(1, 3));
            Assert.IsFalse(loaded.HasClosed(1, 4));
        }

        [TestMethod]
        public void ARecordingThatIsNotListedIsClosedAndOneToComeIsNot()
        {
            MemoryStore store = new MemoryStore();
            Commitments commitments = Loaded(store, 0);
            commitments.Begin(1);
            commitments.Close(1);
            Assert.IsTrue(commitments.HasClosed(1, 0));
            Assert.IsFalse(commitments.HasClosed(2, 0));
            commitments.Save();
            Assert.IsTrue(commitments.IsDirty, "an end is stored in both copies");
            commitments.Save();
            Assert.IsFalse(commitments.IsDirty);
            Assert.IsTrue(Loaded(store, 0).HasClosed(1, 7));
        }

        [TestMethod]
        public void ARecordingThatWasNeverCommittedToStaysOpenWhenTheNextBegins()
        {
            Commitments commitments = Loaded(new MemoryStore(), 0);
            commitments.Begin(1);
            commitments.Close(1);
            commitments.Begin(3);
            Assert.IsFalse(commitments.HasClosed(2, 0), "the power went before its first commitment");
            Assert.IsTrue(commitments.HasClosed(1, 0));
        }

        [TestMethod]
        public void WhatCannotBeReadIsNotKnownUpToTheNextRecording()
        {
            MemoryStore store = new MemoryStore();
            Commitments commitments = Loaded(store, 0);
            commitments.Begin(4);
            commitments.Close(4);
            commitments.Save();
            store.Unreadable = true;
            commitments = Loaded(store, 2);
            store.Unreadable = false;
            Assert.IsTrue(commitments.IsUnknown(4));
            Assert.IsFalse(commitments.HasClosed(4, 0), "it is invented that it was closed");
            commitments.Begin(5);
            Assert.IsTrue(commitments.IsUnknown(4));
            Assert.IsFalse(commitments.IsUnknown(5));
            commitments.Save();
            Assert.IsTrue(Loaded(store, 2).IsUnknown(4), "forgotten at the next boot");
        }

        [TestMethod]
        public void StorageThatWasLostUnderACountedRecordingIsNotKnown()
        {
            Assert.IsTrue(Loaded(new MemoryStore(), 7).IsUnknown(7));
            Assert.IsFalse(Loaded(new MemoryStore(), 0).IsUnknown(1));
        }

        [TestMethod]
        public void TheOldestOfTooManyGivesWayAndCountsAsClosed()
        {
            MemoryStore store = new MemoryStore();
            Commitments commitments = Loaded(store, 0);
            for (int number = 1; number <= Commitments.MostOpen + 1; number++)
            {
                commitments.Begin(number);
            }

            Assert.IsTrue(commitments.HasClosed(1, 0));
            Assert.IsFalse(commitments.HasClosed(2, 0));
            Assert.IsTrue(commitments.Save());
            byte[] stored;
            Assert.AreEqual((int)StoreStatus.Ok, (int)store.Load(StoreEntries.Committed, out stored));
            Assert.IsTrue(stored.Length + 16 <= 512, "a write is more than the file system keeps inline");
            Assert.IsFalse(Loaded(store, 0).HasClosed(2, 0));
        }

        [TestMethod]
        public void WhatRecoveryClosedIsNotClosedAgain()
        {
            Commitments commitments = Loaded(new MemoryStore(), 0);
            Commitment commitment = commitments.Begin(1);
            commitment.FirstLive = 1;
            commitment.Segment = 1;
            commitments.Recover(1, 1, 2);
            Assert.IsTrue(commitments.HasClosed(1, 2));
            Assert.IsTrue(commitments.HasClosed(1, 1));
            Assert.IsFalse(commitments.HasClosed(1, 0), "its pre-event segment");
            commitments.Recover(1, 1, 0);
            Assert.IsTrue(commitments.HasClosed(1, 0));
            Assert.IsTrue(commitments.Find(1) == null, "it is over");
            commitments.Recover(2, 0, 0);
            Assert.IsTrue(commitments.HasClosed(2, 0), "one that was never committed to");
        }

        [TestMethod]
        public void AFailedSaveStaysDue()
        {
            MemoryStore store = new MemoryStore();
            Commitments commitments = Loaded(store, 0);
            commitments.Begin(1);
            store.Broken = true;
            Assert.IsFalse(commitments.Save());
            Assert.IsTrue(commitments.IsDirty);
        }

        private static Commitments Loaded(MemoryStore store, int recordings)
        {
            Commitments commitments = new Commitments(store);
            commitments.Load(recordings);
            return commitments;
        }
    }
}
