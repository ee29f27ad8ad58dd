// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>
    /// An order to repair internal storage (CUSTODY.md 9.4): what it mends, for whom, and that there is no other way to a new identity.
    /// </summary>
    [TestClass]
    public class RepairTests
    {
        private const int NewIdentity = 1;
        private const int Counters = 2;
        private const int Next = 4;

        // More saves than a repair makes.
        private const int MostSaves = 16;

        [TestMethod]
        public void EachDamageHasItsRepairAndNoOtherMakesAnIdentity()
        {
            Check(Counters, StoreEntries.Counters);
            Check(NewIdentity, StoreEntries.Secret);
            Check(NewIdentity | Counters, StoreEntries.Secret, StoreEntries.Counters);
            Check(NewIdentity, StoreEntries.Secret, StoreEntries.Owner);
            Check(NewIdentity, StoreEntries.Secret, StoreEntries.Configuration);
            Check(Next, StoreEntries.Next);
            Check(Next | Counters, StoreEntries.Next, StoreEntries.Counters, StoreEntries.Owner);
            Check(Counters, StoreEntries.Counters, StoreEntries.Committed, StoreEntries.Audit);
        }

        [TestMethod]
        public void WhatNoOrderCanRepairIsRefused()
        {
            // Who owns it is not known any more; its service has ended; nothing is damaged.
            Refused(0, CustodyResult.StorageFailed, NewIdentity, StoreEntries.Secret, StoreEntries.Owner, StoreEntries.Configuration);
            Refused(0, CustodyResult.StorageFailed, Counters, StoreEntries.Counters, StoreEntries.Owner, StoreEntries.Configuration);
            Refused(0, CustodyResult.NotAllowed, 0, StoreEntries.Retired);
            Refused(0, CustodyResult.NotAllowed, 0, StoreEntries.Retired, StoreEntries.Secret);
            Refused(0, CustodyResult.NotAllowed, 0);
        }

        [TestMethod]
        public void WhoeverElseOrdersItAndWhateverElseItSaysIsRefused()
        {
            // 1 a stranger, 2 another state, 3 more than is needed, 4 another camera, 5 another key, 6 a changed signature, 7 cut short
            CustodyResult[] results = new CustodyResult[]
            {
                CustodyResult.UnknownKey,
                CustodyResult.Stale,
                CustodyResult.NotAllowed,
                CustodyResult.WrongDevice,
                CustodyResult.WrongDevice,
                CustodyResult.WrongSignature,
                CustodyResult.Malformed,
            };
            for (int i = 0; i < results.Length; i++)
            {
                Refused(i + 1, results[i], Counters, StoreEntries.Counters);
                Refused(i + 1, results[i], NewIdentity, StoreEntries.Secret);
            }
        }

        [TestMethod]
        public void AnOrderIsCarriedOutOnce()
        {
            CustodyBench bench = Damaged(StoreEntries.Counters);
            byte[] id = bench.Device.Id;
            byte[] order = Order(bench, 0, id, bench.Device.PublicKey);
            Must(bench, order);
            Restart(bench, true);

            // The same damage again, and all else but the counters as it was.
            bench.Internal.SetUnreadable(StoreEntries.Counters, true);
            Restart(bench, false);
            Assert.AreEqual((int)CustodyResult.Stale, (int)bench.Repair(order), bench.AccessControl.ResultText);
        }

        [TestMethod]
        public void BootNumbersGoOnAboveAllThatIsKnown()
        {
            CustodyBench bench = Damaged(StoreEntries.Counters);
            Must(bench, Papers.RepairOrder(Papers.Authority, bench.Device.Id, bench.Device.PublicKey, State(bench), Counters, 70));
            Restart(bench, true);
            Assert.AreEqual(70 + RepairNote.BootMargin + 1, bench.Keys.BootNumber);
            Assert.AreEqual(5, bench.Keys.Recordings);
        }

        [TestMethod]
        public void AfterARotationTheIdStaysInTheOrderAndEndsWithTheSecret()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.OpenCard();
            byte[] order = Papers.RotationOrder(Papers.Authority, bench.Device.Id, 1);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Rotate(order), bench.AccessControl.ResultText);
            bench.AccessControl.CommitRotation();
            Restart(bench, true);
            byte[] id = bench.Device.Id;
            byte[] key = bench.Device.PublicKey;
            bench.Internal.SetUnreadable(StoreEntries.Next, true);
            Restart(bench, false);
            Assert.AreEqual(Next, (int)bench.AccessControl.Damage().Needed);

            // Without the statements nobody knows whether the key in force may still sign.
            bench.Internal.SetUnreadable(StoreEntries.Rotated, true);
            Assert.AreEqual(NewIdentity, (int)bench.AccessControl.Damage().Needed);
            bench.Internal.SetUnreadable(StoreEntries.Rotated, false);
            Must(bench, Order(bench, 0, id, key));
            Restart(bench, true);
            Assert.IsTrue(ByteSearch.IsSame(id, bench.Device.Id), "another camera");
            Assert.IsTrue(ByteSearch.IsSame(key, bench.Device.PublicKey), "another key");
            bench.Internal.SetUnreadable(StoreEntries.Secret, true);
            Restart(bench, false);
            byte[] other = new byte[16];
            Assert.AreEqual((int)CustodyResult.WrongDevice, (int)bench.Repair(Order(bench, 0, other, key)));
            Must(bench, Order(bench, 0, id, key));
            Restart(bench, true);
            Assert.IsFalse(ByteSearch.IsSame(id, bench.Device.Id), "the same id");
            Assert.AreEqual(0, bench.Device.History.Count);
            Assert.AreEqual(0, bench.Keys.Rotations);
        }

        [TestMethod]
        public void ASaveThatFailsIsTakenUpAtTheNextStart()
        {
            for (int saves = 0; saves < MostSaves; saves++)
            {
                CustodyBench bench = Damaged(StoreEntries.Secret, StoreEntries.Counters, StoreEntries.Owner);
                byte[] id = bench.Device.Id;
                byte[] key = bench.Device.PublicKey;
                byte[] order = Order(bench, 0, id, key);
                bench.Internal.SavesLeft = saves;
                CustodyResult result = bench.Repair(order);
                bench.Internal.SavesLeft = int.MaxValue;
                bool isNoted = saves > 0;
                if (result == CustodyResult.Done)
                {
                    Restart(bench, true);
                    Assert.IsFalse(ByteSearch.IsSame(id, bench.Device.Id), saves.ToString());
                    return;
                }

                Assert.AreEqual((int)CustodyResult.StorageFailed, (int)result, saves.ToString());
                Restart(bench, false);
                Assert.IsTrue(bench.AccessControl.IsOwned, saves.ToString());
                Assert.AreEqual(isNoted, bench.AccessControl.IsBusy, saves.ToString());
                if (isNoted)
                {
                    Assert.AreEqual((int)CustodyResult.Done, (int)bench.Run(), saves.ToString());
                }
                else
                {
                    Must(bench, order);
                }

                Restart(bench, true);
                Assert.IsFalse(ByteSearch.IsSame(id, bench.Device.Id), saves.ToString());
                Assert.IsTrue(bench.AccessControl.IsConfigurationLost, saves.ToString());
            }

            Assert.IsTrue(false, "a repair makes more saves than this test knows");
        }

        private static void Check(int needed, params string[] entries)
        {
            string what = NamesOf(entries);
            CustodyBench bench = Damaged(entries);
            byte[] id = bench.Device.Id;
            byte[] key = bench.Device.PublicKey;
            int boot = bench.Keys.BootNumber;
            Assert.IsTrue(bench.AccessControl.IsOwned, what);
            Assert.AreEqual(needed, (int)bench.AccessControl.Damage().Needed, what);
            Must(bench, Order(bench, 0, id, key));
            Assert.IsTrue(bench.AccessControl.IsRepaired, what);
            Restart(bench, true);
            bool isNew = (needed & NewIdentity) != 0;
            Assert.AreEqual(isNew, !ByteSearch.IsSame(id, bench.Device.Id), what);
            Assert.AreEqual(isNew, !ByteSearch.IsSame(key, bench.Device.PublicKey), what);
            Assert.IsTrue(bench.Keys.BootNumber > boot, what);
            Assert.IsTrue(bench.AccessControl.IsOwned, what);
            RepairNote note = RepairNote.Load(bench.Internal);
            Assert.IsTrue(note.IsUnlogged, what);
            Assert.IsTrue(ByteSearch.IsSame(key, note.PublicKey), what);
            if (!isNew)
            {
                Assert.IsFalse(bench.AccessControl.IsConfigurationLost, what);
                return;
            }

            // Recording waits for the configuration; a stranger's is refused, an older one too.
            Assert.IsTrue(bench.AccessControl.IsConfigurationLost, what);
            Assert.AreEqual((int)CustodyResult.UnknownKey, (int)bench.Configure(StrangersConfiguration()), what);
            Assert.AreEqual((int)CustodyResult.Stale, (int)bench.Configure(Papers.Configuration(1)), what);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Configure(Papers.Configuration(2)), what);
            Restart(bench, true);
            Assert.IsFalse(bench.AccessControl.IsConfigurationLost, what);
        }

        private static byte[] StrangersConfiguration()
        {
            return Papers.Configuration(Papers.Stranger, Papers.Stranger, 9, null);
        }

        private static void Refused(int change, CustodyResult expected, int needed, params string[] entries)
        {
            string what = change.ToString() + " " + NamesOf(entries);
            CustodyBench bench = Damaged(entries);
            int saves = bench.Internal.Saves;
            Assert.AreEqual(needed, (int)bench.AccessControl.Damage().Needed, what);
            byte[] order = Order(bench, change, bench.Device.Id, bench.Device.PublicKey);
            Assert.AreEqual((int)expected, (int)bench.Repair(order), what + ": " + bench.AccessControl.ResultText);
            Assert.AreEqual(saves, bench.Internal.Saves, what + ": something was written");
            Assert.IsFalse(bench.AccessControl.IsRepaired, what);
        }

        private static byte[] Order(CustodyBench bench, int change, byte[] id, byte[] key)
        {
            StoreDamage damage = bench.AccessControl.Damage();
            int actions = damage.Needed == RepairActions.None ? Counters : (int)damage.Needed;
            byte[] state = damage.State;
            byte[] wrongId = new byte[16];
            byte[] order = Papers.RepairOrder(
                change == 1 ? Papers.Stranger : Papers.Authority,
                change == 4 ? wrongId : id,
                change == 5 ? Papers.Stranger.PublicKey : key,
                change == 2 ? new byte[32] : state,
                change == 3 ? actions | Next : actions,
                3
            );
            if (change == 6)
            {
                order[order.Length - 40] ^= 1;
            }

            if (change != 7)
            {
                return order;
            }

            byte[] less = new byte[order.Length - 1];
            System.Array.Copy(order, 0, less, 0, less.Length);
            return less;
        }

        private static string NamesOf(string[] entries)
        {
            string names = "";
            for (int i = 0; i < entries.Length; i++)
            {
                names += " " + entries[i];
            }

            return names;
        }

        private static byte[] State(CustodyBench bench)
        {
            return bench.AccessControl.Damage().State;
        }

        // A camera of serial number 2 whose entries cannot be read, both copies; what it was is still in the bench.
        private static CustodyBench Damaged(params string[] entries)
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Configure(Papers.Configuration(2)), bench.AccessControl.ResultText);
            Restart(bench, true);
            bool hasKeys = true;
            foreach (string entry in entries)
            {
                byte[] content;
                StoreStatus status = bench.Internal.Load(entry, out content);
                if (status == StoreStatus.Absent)
                {
                    bench.Internal.Save(entry, new byte[1]);
                }

                bench.Internal.SetUnreadable(entry, true);
                hasKeys &= entry == StoreEntries.Owner || entry == StoreEntries.Configuration || entry == StoreEntries.Committed
                    || entry == StoreEntries.Audit;
            }

            DeviceIdentity device = bench.Device;
            DeviceKeys keys = bench.Keys;
            Restart(bench, hasKeys);
            bench.Device = device;
            bench.Keys = keys;
            return bench;
        }

        private static void Must(CustodyBench bench, byte[] order)
        {
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Repair(order), bench.AccessControl.ResultText);
        }

        private static void Restart(CustodyBench bench, bool withKeys)
        {
            bench.OrdersKey = false;
            Assert.AreEqual(withKeys, bench.Boot(), "keys");
        }
    }
}
