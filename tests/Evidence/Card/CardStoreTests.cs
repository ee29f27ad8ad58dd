// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class CardStoreTests
    {
        private const int SlotBytes = 65536;

        // Room for the two catalogue copies of 16,384 slots, an audit log of two slots' size, and five slots.
        private const int Capacity = 2 * 1093 * 512 + 512 + 7 * SlotBytes + 1000;

        [TestMethod]
        public void ABlankCardIsMadeUntilItIsFull()
        {
            var card = new MemoryCard(16, Capacity);
            CardStore store = Opened(card);
            Assert.AreEqual(5, store.Catalogue.Slots);
            Assert.AreEqual(5, store.Catalogue.FreeSlots);
        }

        [TestMethod]
        public void ANewCardIsReadyWithItsFirstSlots()
        {
            for (int first = 0; first < 5; first++)
            {
                var store = new CardStore(new MemoryCard(16, Capacity), new DeviceNatives(), SlotBytes);
                store.FirstSlots = first;
                Open(store);
                Assert.AreEqual(first < 2 ? 2 : first, store.Catalogue.FreeSlots);
                Assert.IsFalse(store.Catalogue.IsWhole);
                Grow(store);
                Assert.AreEqual(5, store.Catalogue.FreeSlots);
                Assert.IsTrue(store.Catalogue.IsWhole);
            }
        }

        [TestMethod]
        public void ACardThatIsWholeIsNotWrittenAnyMore()
        {
            var card = new MemoryCard(16, Capacity);
            Opened(card);
            int writes = card.Writes;
            CardStore store = Opened(card);
            Assert.IsTrue(store.Catalogue.IsWhole);
            Assert.AreEqual((int)CardStatus.Ok, (int)store.Growth.Step());
            Assert.AreEqual(writes, card.Writes);
        }

        [TestMethod]
        public void MakingGoesOnAfterACutAtAnyWrite()
        {
            var whole = new MemoryCard(16, Capacity);
            Opened(whole);
            for (int cut = 0; cut < whole.Writes; cut++)
            {
                var card = new MemoryCard(16, Capacity);
                card.WritesLeft = cut;
                var store = new CardStore(card, new DeviceNatives(), SlotBytes);
                while (!store.IsReady && store.Step() == CardStatus.Ok) { }

                while (store.IsReady && !store.Catalogue.IsWhole && store.Growth.Step() == CardStatus.Ok) { }

                int made = store.Catalogue.Slots;
                card.WritesLeft = int.MaxValue;
                store = new CardStore(card, new DeviceNatives(), SlotBytes);
                Open(store);
                Assert.IsTrue(store.Catalogue.Slots >= made, "a slot that was made is lost, cut at write " + cut);
                Assert.AreEqual(0, store.Catalogue.UnknownSlots, "cut at write " + cut);
                Grow(store);
                Assert.AreEqual(5, store.Catalogue.FreeSlots, "cut at write " + cut);
                for (int slot = 0; slot < 5; slot++)
                {
                    Assert.AreEqual(0, BigEndian.Get32(card.Content(SlotPath.File(slot)), 0), "slot " + slot + " begins stale");
                }
            }
        }

        [TestMethod]
        public void SlotsThatTheCatalogueLostAreUnknownAndNotMadeOver()
        {
            var card = new MemoryCard(40, Capacity + 15 * SlotBytes);
            CardStore store = Opened(card);
            Assert.AreEqual(20, store.Catalogue.Slots);
            for (int way = 0; way < 2; way++)
            {
                // The last sector is damaged in both copies, or as if neither had ever been written.
                if (way == 0)
                {
                    card.Content(SlotPath.CatalogueA)[512 + 100] ^= 1;
                    card.Content(SlotPath.CatalogueB)[512 + 100] ^= 1;
                }
                else
                {
                    Array.Clear(card.Content(SlotPath.CatalogueA), 512, 512);
                    Array.Clear(card.Content(SlotPath.CatalogueB), 512, 512);
                }

                int writes = card.Writes;
                store = new CardStore(card, new DeviceNatives(), SlotBytes);
                Open(store);
                Assert.AreEqual(20, store.Catalogue.Slots, "way " + way);
                Assert.AreEqual(5, store.Catalogue.UnknownSlots, "way " + way);
                Assert.AreEqual(15, store.Catalogue.FreeSlots, "way " + way);
                Assert.AreEqual(writes, card.Writes, "a damaged card was written");
            }
        }

        [TestMethod]
        public void ASlotFileBehindTheLastIsMadeAgainUnlessAnotherFollows()
        {
            var card = new MemoryCard(16, Capacity);
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            Open(store);
            card.Preallocate(SlotPath.File(2), SlotBytes);
            byte[] half = card.Content(SlotPath.File(2));
            half[4] = (byte)'f';
            half[5] = (byte)'t';
            half[6] = (byte)'y';
            half[7] = (byte)'p';
            store = new CardStore(card, new DeviceNatives(), SlotBytes);
            Open(store);
            Assert.AreEqual(2, store.Catalogue.Slots);
            Grow(store);
            Assert.AreEqual(5, store.Catalogue.FreeSlots);
            Assert.AreEqual(0, BigEndian.Get32(card.Content(SlotPath.File(2)), 4));
        }

        [TestMethod]
        public void EvidenceIsNotMadeOverWhenTheCatalogueIsLost()
        {
            var card = new MemoryCard(16, Capacity);
            Opened(card);
            byte[] slot = card.Content(SlotPath.File(0));
            slot[4] = (byte)'f';
            slot[5] = (byte)'t';
            slot[6] = (byte)'y';
            slot[7] = (byte)'p';
            card.Content(SlotPath.CatalogueA)[9] ^= 1;
            card.Content(SlotPath.CatalogueB)[9] ^= 1;
            int writes = card.Writes;
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            Assert.AreEqual((int)CardStatus.Ok, (int)store.Step());
            Assert.IsTrue(store.IsReady);
            Assert.AreEqual(5, store.Catalogue.UnknownSlots, "slots to be looked at");
            Assert.AreEqual(0, store.Catalogue.FreeSlots);
            Assert.AreEqual(writes, card.Writes, "a damaged card was written");
        }

        [TestMethod]
        public void StaleSegmentsOfAnEarlierLifeAreNotEvidence()
        {
            var card = new MemoryCard(16, Capacity);
            card.WritesLeft = 5;
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            while (store.Step() == CardStatus.Ok) { }

            card.WritesLeft = int.MaxValue;
            Assert.AreEqual(5, Opened(card).Catalogue.FreeSlots);
            Assert.AreEqual(0, BigEndian.Get32(card.Content(SlotPath.File(0)), 4));
        }

        [TestMethod]
        public void AStaleCatalogueOfAnEarlierLifeIsNotBelieved()
        {
            var former = new MemoryCard(16, Capacity + 8 * SlotBytes);
            Opened(former);
            for (int writes = 0; writes < 80; writes++)
            {
                var card = new MemoryCard(16, Capacity + 8 * SlotBytes);
                card.Recycle(former);
                card.WritesLeft = writes;
                var store = new CardStore(card, new DeviceNatives(), 2 * SlotBytes);
                while (!store.IsReady && store.Step() == CardStatus.Ok) { }

                card.WritesLeft = int.MaxValue;
                store = new CardStore(card, new DeviceNatives(), 2 * SlotBytes);
                for (int i = 0; i < 200 && !store.IsReady; i++)
                {
                    store.Step();
                }

                Assert.AreEqual(2 * SlotBytes, store.Catalogue.SlotBytes, "cut after " + writes + " writes");
            }
        }

        [TestMethod]
        public void ATooSmallCardIsFull()
        {
            var card = new MemoryCard(16, Capacity - 4 * SlotBytes);
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            CardStatus status = CardStatus.Ok;
            for (int i = 0; i < 200 && status == CardStatus.Ok; i++)
            {
                status = store.Step();
            }

            Assert.AreEqual((int)CardStatus.Full, (int)status);
        }

        [TestMethod]
        public void APulledCardSaysSo()
        {
            var card = new MemoryCard(16, Capacity);
            card.Pulled = true;
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            Assert.AreEqual((int)CardStatus.NoCard, (int)store.Step());
            card.Pulled = false;
            Assert.AreEqual(5, Opened(card).Catalogue.FreeSlots);
        }

        [TestMethod]
        public void ACardMadeWithoutALogGetsOneWhenThereIsRoom()
        {
            var card = new MemoryCard(16, Capacity);
            CardStore store = Opened(card);
            Assert.AreEqual(2 * SlotBytes, card.Content(SlotPath.AuditLog).Length);
            card.Remove(SlotPath.AuditLog);
            ICardFile log = OpenLog(store);
            Assert.AreEqual(2L * SlotBytes, log.Length);
            log.Close();
            card.Remove(SlotPath.AuditLog);
            card.Preallocate("OTHER", SlotBytes + 512);
            Assert.IsNull(OpenLog(store), "less than 64 KiB are no log");
            Assert.AreEqual((int)CardStatus.NotFound, (int)store.OpenStatus);
        }

        [TestMethod]
        public void EveryFileIsOpenedInAPlaceThatWasLent()
        {
            for (int cut = 0; cut < 90; cut++)
            {
                var card = new MemoryCard(16, Capacity);
                card.WritesLeft = cut;
                for (int life = 0; life < 2; life++)
                {
                    var store = new CardStore(card, new DeviceNatives(), SlotBytes);
                    card.OpenFiles = 0;
                    card.Lender = store.Files;
                    Live(store);
                    card.WritesLeft = int.MaxValue;
                    Assert.AreEqual(0, card.Unlent, "cut at write " + cut.ToString());
                    Assert.IsTrue(card.OpenFiles <= store.Files.Taken);
                }

                Assert.AreEqual(3, card.OpenFiles, "catalogue and log");
            }
        }

        [TestMethod]
        public void ALogThatACutLeftEmptyIsMade()
        {
            var card = new MemoryCard(16, Capacity);
            Opened(card);
            card.Remove(SlotPath.AuditLog);
            card.WritesLeft = 1;
            CardStore store = Ready(card);
            Assert.AreEqual(0L, OpenLog(store).Length);
            card.WritesLeft = int.MaxValue;
            store = Ready(card);
            Assert.AreEqual(2L * SlotBytes, OpenLog(store).Length);
        }

        // Everything that is done to a card before the first recording; no further than a fault.
        private static void Live(CardStore store)
        {
            CardStatus status = CardStatus.Ok;
            while (status == CardStatus.Ok && !store.IsReady)
            {
                status = store.Step();
            }

            bool done = false;
            while (status == CardStatus.Ok && !done)
            {
                status = store.Rotations.Put(new byte[Sector.Size], out done);
            }

            done = false;
            while (status == CardStatus.Ok && !done)
            {
                status = store.PublicKey.Put(new byte[Sector.Size], out done);
            }

            done = false;
            while (status == CardStatus.Ok && !done)
            {
                status = store.Log.Step(SlotBytes, out done);
            }

            store.Files.Enter(CardSituation.Idle);
            while (status == CardStatus.Ok && !store.Catalogue.IsWhole)
            {
                status = store.Growth.Step();
            }
        }

        private static CardStore Opened(MemoryCard card)
        {
            CardStore store = Ready(card);
            Grow(store);
            return store;
        }

        private static CardStore Ready(MemoryCard card)
        {
            var store = new CardStore(card, new DeviceNatives(), SlotBytes);
            Open(store);
            return store;
        }

        private static ICardFile OpenLog(CardStore store)
        {
            bool done = false;
            for (int i = 0; i < 50 && !done; i++)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)store.Log.Step(store.Catalogue.SlotBytes, out done));
            }

            Assert.IsTrue(done);
            return store.Log.File;
        }

        private static void Open(CardStore store)
        {
            for (int i = 0; i < 200 && !store.IsReady; i++)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)store.Step());
            }

            Assert.IsTrue(store.IsReady);
        }

        private static void Grow(CardStore store)
        {
            for (int i = 0; i < 400 && !store.Catalogue.IsWhole && store.Catalogue.UnknownSlots == 0; i++)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)store.Growth.Step());
            }
        }
    }
}
