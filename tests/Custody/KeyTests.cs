// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;
using Lapel.Recorder;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>
    /// The device's name (CUSTODY.md section 9): a key is made at an order and never otherwise; what cannot be read is a fault and is
    /// never written over; a camera that has an owner has one whatever becomes of its storage.
    /// </summary>
    [TestClass]
    public class KeyTests
    {
        private static readonly string[] Needed = new string[] { StoreEntries.Secret, StoreEntries.Counters };

        [TestMethod]
        public void WithoutAnOrderEmptyStorageGetsNoKey()
        {
            MemoryStore store = new MemoryStore();
            KeyBoot boot = Boot(store, false);
            Assert.IsTrue(boot.Failed);
            Assert.AreEqual((int)KeyStatus.NoKey, (int)boot.Keys.Status);
            Assert.AreEqual(0, store.Saves, "something was written");
            Assert.IsTrue(boot.Keys.FaultText.Length > 0);
            Assert.IsTrue(boot.OrderKey());
            Assert.IsFalse(boot.OrderKey(), "twice");
            while (boot.Step()) { }

            Assert.IsTrue(boot.IsReady);
            Assert.IsFalse(boot.OrderKey(), "over a key");
            Assert.AreEqual(1, boot.Keys.BootNumber);
            KeyBoot next = Boot(store, true);
            Assert.IsTrue(ByteSearch.IsSame(boot.Device.PublicKey, next.Device.PublicKey));
            Assert.AreEqual(2, next.Keys.BootNumber);
        }

        [TestMethod]
        public void AnOrderBeforeStorageWasLookedAtDoesNothing()
        {
            MemoryStore store = new MemoryStore();
            KeyBoot boot = new KeyBoot(Board(store), new Digests(new DeviceNatives()), "LP-0001");
            Assert.IsFalse(boot.OrderKey());
            while (boot.Step()) { }

            Assert.AreEqual(0, store.Saves);
        }

        [TestMethod]
        public void MakingAKeyMayBeCutAndThenItIsOrderedAgain()
        {
            for (int saves = 0; saves < 3; saves++)
            {
                MemoryStore store = new MemoryStore();
                store.SavesLeft = saves;
                KeyBoot boot = Boot(store, true);
                Assert.AreEqual((int)KeyStatus.CannotWrite, (int)boot.Keys.Status);
                store.SavesLeft = int.MaxValue;
                KeyBoot again = Boot(store, false);
                Assert.AreEqual((int)(saves < 2 ? KeyStatus.NoKey : KeyStatus.Up), (int)again.Keys.Status, saves.ToString());
                Assert.IsTrue(saves == 2 || again.OrderKey());
                while (again.Step()) { }

                Assert.IsTrue(again.IsReady, saves.ToString());
                Assert.AreEqual(1, again.Keys.BootNumber);
            }
        }

        [TestMethod]
        public void ASecretThatIsGoneBesideAnythingElseIsAFaultAndNoNewCamera()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            byte[] id = bench.Device.Id;
            bench.Internal.Remove(StoreEntries.Secret);
            MustStayWhoItIs(bench, StoreEntries.Secret, "gone");
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id), "this bench has another device");
        }

        [TestMethod]
        public void EachEntryUnreadableIsNoNewCameraAndNoStrangers()
        {
            string[] names = EntriesOf(Rotated());
            Assert.IsTrue(names.Length >= 7, "this test knows too few entries");
            for (int i = 0; i < names.Length; i++)
            {
                CustodyBench bench = Rotated();
                bench.Internal.SetUnreadable(names[i], true);
                bool up = bench.Boot();
                Assert.IsTrue(bench.AccessControl.IsOwned, names[i] + ": the camera is nobody's");
                Assert.IsFalse(!bench.AccessControl.IsConfigurationLost && !IsConfigured(bench), names[i] + ": it has its defaults");
                if (IsNeeded(names[i]))
                {
                    Assert.IsFalse(up, names[i]);
                    MustStayWhoItIs(bench, names[i], "unreadable");
                }
                else if (up)
                {
                    CustodyResult result = bench.Configure(Papers.Configuration(Papers.Stranger, Papers.Stranger, 9, null));
                    Assert.IsTrue(result != CustodyResult.Done, names[i] + ": a stranger has a say");
                }
            }
        }

        [TestMethod]
        public void AnOwnerThatCannotBeReadTakesNobodysConfiguration()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.Internal.SetUnreadable(StoreEntries.Owner, true);
            bench.Internal.SetUnreadable(StoreEntries.Configuration, true);
            Assert.IsTrue(bench.Boot());
            Assert.IsTrue(bench.AccessControl.IsOwned);
            Assert.IsTrue(bench.AccessControl.IsConfigurationLost);
            byte[] strangers = Papers.Configuration(Papers.Stranger, Papers.Stranger, 9, null);
            Assert.AreEqual((int)CustodyResult.StorageFailed, (int)bench.Configure(strangers), bench.AccessControl.ResultText);
            Assert.AreEqual((int)CustodyResult.StorageFailed, (int)bench.Configure(Papers.Configuration(9)));
            bench.Internal.SetUnreadable(StoreEntries.Owner, false);
            bench.Boot();
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Configure(Papers.Configuration(9)), bench.AccessControl.ResultText);
        }

        [TestMethod]
        public void WhatIsRepairedByItselfIsTheSameCamera()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            byte[] key = bench.Device.PublicKey;
            int boots = bench.Keys.BootNumber;
            for (int i = 0; i < Needed.Length; i++)
            {
                bench.Internal.SetUnreadable(Needed[i], true);
                Assert.IsFalse(bench.Boot());
                bench.Internal.SetUnreadable(Needed[i], false);
                Assert.IsTrue(bench.Boot());
                Assert.IsTrue(ByteSearch.IsSame(key, bench.Device.PublicKey));
                Assert.AreEqual(++boots, bench.Keys.BootNumber, "a boot without keys is no boot, and the counter does not go back");
            }
        }

        [TestMethod]
        public void AMissingCounterIsAFault()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.Internal.Remove(StoreEntries.Counters);
            Assert.IsFalse(bench.Boot());
            Assert.AreEqual((int)KeyStatus.Damaged, (int)bench.Keys.Status);
            Assert.AreEqual(StoreEntries.Counters, bench.Keys.FaultyEntry);
        }

        // A camera with an owner whose key was changed once: it has every entry there is.
        private static CustodyBench Rotated()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.OpenCard();
            bench.Rotate(Papers.RotationOrder(Papers.Authority, bench.Device.Id, 1));
            bench.AccessControl.CommitRotation();
            bench.Boot();
            return bench;
        }

        private static bool IsConfigured(CustodyBench bench)
        {
            return bench.AccessControl.Serial > 0;
        }

        private static bool IsNeeded(string name)
        {
            return name == StoreEntries.Secret || name == StoreEntries.Counters || name == StoreEntries.Next;
        }

        private static string[] EntriesOf(CustodyBench bench)
        {
            string[] names = new string[bench.Internal.Count];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = bench.Internal.Name(i);
            }

            return names;
        }

        private static void MustStayWhoItIs(CustodyBench bench, string entry, string what)
        {
            int saves = bench.Internal.Saves;
            KeyBoot boot = Boot(bench.Internal, true);
            Assert.IsTrue(boot.Failed, entry + " " + what);
            Assert.AreEqual((int)KeyStatus.Damaged, (int)boot.Keys.Status, entry + " " + what);
            Assert.AreEqual(entry, boot.Keys.FaultyEntry, what);
            Assert.AreEqual(saves, bench.Internal.Saves, entry + " " + what + ": it was written over");
            Assert.IsTrue(boot.Device == null, entry + " " + what);
        }

        private static KeyBoot Boot(MemoryStore store, bool orders)
        {
            KeyBoot boot = new KeyBoot(Board(store), new Digests(new DeviceNatives()), "LP-0001");
            while (boot.Step() || (orders && boot.OrderKey())) { }

            return boot;
        }

        private static BenchBoard Board(MemoryStore store)
        {
            return new BenchBoard(new MemoryCard(4, 1 << 20), store);
        }
    }
}
