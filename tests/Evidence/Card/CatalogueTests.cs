// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class CatalogueTests
    {
        private const int Slots = 40;
        private const int SlotSectors = 256;

        [TestMethod]
        public void AFreshCardHasFreeSlotsInTurn()
        {
            MemoryCard card = Made();
            Catalogue catalogue = Loaded(card);
            Assert.AreEqual(Slots, catalogue.Slots);
            Assert.AreEqual(SlotSectors * 512, catalogue.SlotBytes);
            Assert.AreEqual(Slots, catalogue.FreeSlots);
            Assert.AreEqual(0, catalogue.NextFree());
            Mark(catalogue, 0, SlotState.Open);
            Assert.AreEqual(1, catalogue.NextFree());
            Assert.AreEqual(Slots - 1, catalogue.FreeSlots);
        }

        [TestMethod]
        public void StatesSurviveAndTheNextSlotFollowsTheNewest()
        {
            MemoryCard card = Made();
            Catalogue catalogue = Loaded(card);
            for (int slot = 0; slot < 17; slot++)
            {
                Mark(catalogue, slot, SlotState.Closed);
            }

            Mark(catalogue, 3, SlotState.Released);
            catalogue = Loaded(card);
            Assert.AreEqual((int)SlotState.Closed, (int)catalogue.State(16));
            Assert.AreEqual((int)SlotState.Released, (int)catalogue.State(3));
            Assert.AreEqual((int)SlotState.Free, (int)catalogue.State(17));
            Assert.AreEqual(Slots - 16, catalogue.FreeSlots);
            Assert.AreEqual(17, catalogue.NextFree());
            Assert.AreEqual(1016, catalogue.NewestRecording);
        }

        [TestMethod]
        public void ALostWriteOfOneCopyDropsNoNeighboursRecord()
        {
            for (int lost = 0; lost < 2; lost++)
            {
                MemoryCard card = Made();
                Catalogue catalogue = Loaded(card);
                byte[] copy = card.Content(lost == 0 ? SlotPath.CatalogueA : SlotPath.CatalogueB);
                var before = new byte[512];
                System.Array.Copy(copy, 0, before, 0, 512);
                Mark(catalogue, 0, SlotState.Closed);
                System.Array.Copy(before, 0, copy, 0, 512);
                Mark(catalogue, 1, SlotState.Closed);
                Assert.AreEqual((int)SlotState.Closed, (int)Loaded(card).State(0), "copy " + lost);
            }
        }

        [TestMethod]
        public void OneCopyRepairsTheOther()
        {
            for (int damaged = 0; damaged < 2; damaged++)
            {
                MemoryCard card = Made();
                Mark(Loaded(card), 20, SlotState.Closed);
                byte[] copy = card.Content(damaged == 0 ? SlotPath.CatalogueA : SlotPath.CatalogueB);
                copy[512 + 100] ^= 1;
                Catalogue catalogue = Loaded(card);
                Assert.AreEqual((int)SlotState.Closed, (int)catalogue.State(20));
                Assert.AreEqual(1, catalogue.RepairedSectors);
                Assert.AreEqual(0, Loaded(card).RepairedSectors);
            }
        }

        [TestMethod]
        public void ACutBetweenTheCopiesKeepsTheNewer()
        {
            MemoryCard card = Made();
            Catalogue catalogue = Loaded(card);
            card.WritesLeft = 1;
            Assert.AreEqual((int)CardStatus.WriteError, (int)catalogue.Mark(5, SlotRecord.Open(1, 0, 0, null)));
            card.WritesLeft = int.MaxValue;
            catalogue = Loaded(card);
            Assert.AreEqual((int)SlotState.Open, (int)catalogue.State(5));
            Assert.AreEqual(1, catalogue.RepairedSectors);
        }

        [TestMethod]
        public void ASectorLostInBothCopiesLocksItsSlots()
        {
            MemoryCard card = Made();
            card.Content(SlotPath.CatalogueA)[512 + 40] ^= 0x80;
            card.Content(SlotPath.CatalogueB)[512 + 41] ^= 0x01;
            Catalogue catalogue = Loaded(card);
            Assert.AreEqual(15, catalogue.UnknownSlots);
            Assert.AreEqual(Slots - 15, catalogue.FreeSlots);
            Assert.AreEqual((int)SlotState.Unknown, (int)catalogue.State(15));
            Assert.AreEqual((int)CardStatus.ReadError, (int)catalogue.Mark(15, SlotRecord.Open(1, 0, 0, null)));
            for (int i = 0; i < 25; i++)
            {
                int slot = catalogue.NextFree();
                Assert.IsTrue(slot < 15 || slot >= 30, "a locked slot was handed out");
                Mark(catalogue, slot, SlotState.Open);
            }

            Assert.AreEqual(-1, catalogue.NextFree());
        }

        [TestMethod]
        public void NothingValidIsUnformatted()
        {
            MemoryCard card = Made();
            byte[] a = card.Content(SlotPath.CatalogueA);
            byte[] b = card.Content(SlotPath.CatalogueB);
            for (int i = 0; i < a.Length; i += 512)
            {
                a[i] = b[i] = 0;
            }

            var catalogue = new Catalogue(new DeviceNatives());
            Assert.AreEqual(
                (int)CardStatus.Unformatted,
                (int)catalogue.Load(card.Open(SlotPath.CatalogueA), card.Open(SlotPath.CatalogueB))
            );
        }

        [TestMethod]
        public void AFileTooShortForTheCatalogueIsUnformattedAndStaysAsItIs()
        {
            MemoryCard card = Made();
            card.Preallocate("SHORT", 512);
            Array.Copy(card.Content(SlotPath.CatalogueB), 0, card.Content("SHORT"), 0, 512);
            int writes = card.Writes;
            var catalogue = new Catalogue(new DeviceNatives());
            Assert.AreEqual((int)CardStatus.Unformatted, (int)catalogue.Load(card.Open(SlotPath.CatalogueA), card.Open("SHORT")));
            Assert.AreEqual(writes, card.Writes);
        }

        [TestMethod]
        public void ANumberThatNoDeviceReachesIsNotCountedOnFrom()
        {
            MemoryCard card = Made();
            Catalogue catalogue = Loaded(card);
            Mark(catalogue, 4, SlotState.Closed);
            Assert.AreEqual((int)CardStatus.Ok, (int)catalogue.Mark(5, Closed(SlotState.Closed, int.MaxValue)));
            Assert.AreEqual(1004, Loaded(card).NewestRecording);
        }

        private static MemoryCard Made()
        {
            var card = new MemoryCard(8, 1 << 20);
            int bytes = Catalogue.SectorsFor(Slots) * 512;
            card.Preallocate(SlotPath.CatalogueA, bytes);
            card.Preallocate(SlotPath.CatalogueB, bytes);
            CardStatus status = Catalogue.Create(
                new DeviceNatives(),
                card.Open(SlotPath.CatalogueA),
                card.Open(SlotPath.CatalogueB),
                Slots,
                SlotSectors,
                true
            );
            Assert.AreEqual((int)CardStatus.Ok, (int)status);
            return card;
        }

        private static Catalogue Loaded(MemoryCard card)
        {
            var catalogue = new Catalogue(new DeviceNatives());
            Assert.AreEqual((int)CardStatus.Ok, (int)catalogue.Load(card.Open(SlotPath.CatalogueA), card.Open(SlotPath.CatalogueB)));
            return catalogue;
        }

        private static SlotRecord Closed(SlotState state, int recording)
        {
            SlotRecord record = SlotRecord.Open(recording, 0, 0, null);
            record.Close(10, 1, null);
            record.State = state;
            return record;
        }

        private static void Mark(Catalogue catalogue, int slot, SlotState state)
        {
            Assert.AreEqual((int)CardStatus.Ok, (int)catalogue.Mark(slot, Closed(state, 1000 + slot)));
        }
    }
}
