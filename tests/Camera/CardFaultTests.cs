// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// Cards that refuse, are full, are damaged, or go away: a fault that is shown, and never a byte of what is there overwritten.
    /// </summary>
    [TestClass]
    public sealed class CardFaultTests
    {
        private const uint CardFull = 3;
        private const int CatalogueSlotsASector = 15;

        [TestMethod]
        [DataRow(true, false)]
        [DataRow(false, true)]
        public void ACardFolderWithoutRightsIsAFaultAndRecordingIsRefused(bool reading, bool writing)
        {
            var store = new MemoryMedium();
            var medium = new RefusingMedium(store) { RefusesReading = reading, RefusesWriting = writing };
            using var bench = new Bench(card: medium);
            bench.Until(OperatingState.Fault);
            Assert.Contains("card", bench.Camera.Status.Fault!);
            bench.DoublePress();
            bench.Run(2);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.AreEqual(0, bench.Camera.Status.Recordings);
            Assert.IsEmpty(store.Files);

            // The rights come back: the camera goes on by itself.
            medium.RefusesReading = medium.RefusesWriting = false;
            bench.Ready(2);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        [TestMethod]
        public void ACardThatStopsTakingWritesInTheMiddleIsAFaultAndKeepsWhatItHas()
        {
            using var bench = new Bench();
            bench.Ready(3);
            bench.Start();
            bench.Run(20);
            StoredRecording before = bench.Stored().Recordings.Single();
            bench.Parts.Card.WriteProtected = true;
            bench.Run(1);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            bench.Run(5);
            StoredRecording after = bench.Stored().Recordings.Single();
            Assert.IsGreaterThanOrEqualTo(before.Frames.Count, after.Frames.Count);
            RecordingChecks.RequirePictures(new StoredRecording(1, after.Segments), bench.Pictures);
            Verdicts.Require(Verdict.PartsMissing, bench.Judge().Single());

            // Writable again: a new recording, in other slots.
            bench.Parts.Card.WriteProtected = false;
            bench.Ready(2);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge()[1]);
        }

        [TestMethod]
        [DataRow(5)]
        [DataRow(0)]
        public void AFullCardEndsTheRecordingAndRefusesTheNext(int preEventSeconds)
        {
            using var bench = new Bench(o => o with { CardMegabytes = 8, PreEventSeconds = preEventSeconds });
            bench.Ready(6);
            Assert.IsLessThan(6, bench.Camera.Status.SlotsTotal);
            bench.Start();
            bench.Until(OperatingState.CardFull, 120);
            bench.Run(1);

            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePictures(recording, bench.Pictures);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(CardFull, verdict.CloseReason);
            Assert.AreEqual(bench.Camera.Status.SlotsTotal, recording.Segments.Count, "every slot is used");
            Assert.AreEqual(0, bench.Camera.Status.SlotsFree);

            var content = new CardContent((MemoryMedium)bench.Card, file => file != Evidence.SlotPath.AuditLog);
            bench.DoublePress();
            bench.Run(3);
            Assert.AreEqual(OperatingState.CardFull, bench.State);
            Assert.AreEqual(1, bench.Camera.Status.Recordings);
            bench.Reboot();
            bench.Until(OperatingState.CardFull);
            bench.DoublePress();
            bench.Run(3);
            Assert.AreEqual(OperatingState.CardFull, bench.State);
            content.RequireSameIn((MemoryMedium)bench.Card);
            Console.WriteLine($"{recording.Frames.Count} frames in {recording.Segments.Count} slots until full");
        }

        [TestMethod]
        public void ACardWithRoomForThePresentOnlyKeepsThePresentAndSaysSo()
        {
            using var bench = new Bench(o => o with { CardMegabytes = 8 });
            bench.Ready(6);
            int slots = bench.Camera.Status.SlotsTotal;
            bench.Start();
            while (bench.Camera.Status.SlotsFree > 1)
            {
                bench.Camera.Step();
            }

            bench.Stop();
            if (bench.Camera.Status.SlotsFree != 1)
            {
                Assert.Fail("the first recording should leave one slot");
            }

            bench.Run(6);
            bench.Start();
            bench.Run(2);
            Assert.AreEqual(OperatingState.Recording, bench.State, "the last slot is used to its end");
            bench.Hold();
            bench.Until(OperatingState.CardFull);
            StoredCard card = bench.Stored();
            Assert.HasCount(slots, card.Segments);
            Assert.HasCount(1, card.Recordings[1].Segments);
            IReadOnlyList<RecordingResult> verdicts = bench.Judge();
            foreach (RecordingResult r in verdicts)
            {
                Verdicts.RequireAuthentic(r);
            }

            Assert.AreEqual(5u, verdicts[1].PreEvent!.Reason, "card too full");
            RecordingChecks.RequirePictures(card.Recordings[1], bench.Pictures);
        }

        [TestMethod]
        public void ForeignFilesStayAsTheyAre()
        {
            var medium = new MemoryMedium();
            var random = new Random(5);
            foreach (string folder in new[] { "DCIM", "DCIM/100CAM", "LAPEL", "LAPEL/S000", "LAPEL/OLD" })
            {
                medium.CreateFolder(folder);
            }

            foreach (
                string file in new[]
                {
                    "README.TXT",
                    "DCIM/100CAM/PIC00001.JPG",
                    "LAPEL/NOTES.TXT",
                    "LAPEL/S000/HOLIDAY.MP4",
                    "LAPEL/OLD/00000000.MP4",
                }
            )
            {
                var bytes = new byte[random.Next(1, 5_000)];
                random.NextBytes(bytes);
                medium.Create(file);
                medium.Write(file, 0, bytes);
            }

            var content = new CardContent(medium);
            using var bench = new Bench(card: medium);
            bench.Ready(3);
            bench.Start();
            bench.Run(5);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
            bench.Reboot();
            bench.Ready(1);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Assert.AreEqual(5, content.Count);
            content.RequireSameIn(medium);
        }

        [TestMethod]
        public void AFileThatACutLeftEmptyIsMadeAnew()
        {
            foreach (string path in new[] { "LAPEL/CATALOG.A", "LAPEL/CATALOG.B", StoredCard.Path(3) })
            {
                var medium = new MemoryMedium();
                medium.CreateFolder("LAPEL");
                medium.CreateFolder("LAPEL/S000");
                medium.Create(path);
                using var bench = new Bench(card: medium);
                bench.Ready(1);
                bench.Start();
                bench.Run(1);
                bench.Stop();
                Verdicts.RequireAuthentic(bench.Judge().Single());
            }
        }

        [TestMethod]
        public void AForeignFileInASlotsPlaceIsNotOverwritten()
        {
            var medium = new MemoryMedium();
            medium.CreateFolder("LAPEL");
            medium.CreateFolder("LAPEL/S000");
            medium.Create(StoredCard.Path(3));
            medium.Write(StoredCard.Path(3), 0, new byte[] { 1, 2, 3 });
            var content = new CardContent(medium);
            using var bench = new Bench(card: medium);
            bench.Until(OperatingState.Fault);
            bench.Run(10);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            content.RequireSameIn(medium);
        }

        [TestMethod]
        [DataRow("A")]
        [DataRow("B")]
        public void ACatalogueDamagedInOneCopyIsRepaired(string copy)
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            var slots = new CardContent(card, IsSlot);
            Damage(card, "LAPEL/CATALOG." + copy, 0, 2);
            using var bench = new Bench(card: card, flash: flash);
            bench.Ready();
            Assert.AreEqual(2, bench.Camera.Firmware.Catalogue.RepairedSectors);
            Assert.AreEqual(0, bench.Camera.Firmware.Catalogue.UnknownSlots);
            CollectionAssert.AreEqual(card.ReadAll("LAPEL/CATALOG.A")[..2048], card.ReadAll("LAPEL/CATALOG.B")[..2048]);
            slots.RequireSameIn(card);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Assert.HasCount(2, bench.Stored().Recordings);
            foreach (RecordingResult r in bench.Judge())
            {
                Verdicts.RequireAuthentic(r);
            }
        }

        [TestMethod]
        [DataRow(1, DisplayName = "one sector")]
        [DataRow(64, DisplayName = "all sectors")]
        public void ACatalogueDamagedInBothCopiesIsRebuiltAndNoEvidenceIsOverwritten(int sectors)
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            List<StoredSegment> there = new StoredCard(card).Segments.ToList();
            var evidence = new CardContent(card, f => there.Any(s => StoredCard.Path(s.Slot) == f));
            Assert.AreNotEqual(0, evidence.Count);
            foreach (string copy in new[] { "A", "B" })
            {
                Damage(card, "LAPEL/CATALOG." + copy, 0, sectors);
            }

            using var bench = new Bench(card: card, flash: flash);
            bench.Ready(2);
            Assert.AreEqual(0, bench.Camera.Firmware.Catalogue.UnknownSlots);
            Assert.AreEqual(
                bench.Camera.Status.SlotsTotal - there.Count,
                bench.Camera.Status.SlotsFree,
                "every slot with evidence is known again"
            );
            for (int n = 0; n < 3; n++)
            {
                bench.Start();
                bench.Run(2);
                bench.Stop();
            }

            evidence.RequireSameIn(card);
            foreach (RecordingResult r in bench.Judge())
            {
                Verdicts.RequireAuthentic(r);
            }
        }

        [TestMethod]
        [DataRow("LAPEL/CATALOG.A")]
        [DataRow("LAPEL/CATALOG.B")]
        [DataRow("LAPEL/DEVICE.PUB")]
        [DataRow("LAPEL/CATALOG.A,LAPEL/CATALOG.B,LAPEL/DEVICE.PUB")]
        public void AMissingFileBesideEvidenceIsAFaultAndNoEvidenceIsOverwritten(string missing)
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            foreach (string file in missing.Split(','))
            {
                card.Delete(file);
            }

            RequireFaultAndUnchanged(card, flash);
        }

        [TestMethod]
        public void ACardPulledInTheMiddleKeepsWhatWasWrittenAndTakesNewRecordingsWhenItIsBack()
        {
            using var bench = new Bench();
            bench.Ready(6);
            bench.Start();
            bench.Run(15);
            int captured = bench.Camera.Firmware.Recording.Captured;
            bench.Camera.PullCard();
            bench.Run(1);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.Contains("no card", bench.Camera.Status.Fault!);
            bench.DoublePress();
            bench.Run(3);
            Assert.AreEqual(OperatingState.Fault, bench.State);

            StoredRecording cut = bench.Stored().Recordings.Single();
            Assert.IsFalse(cut.IsClosed);

            // Half a second is being gathered, half a second being written.
            Assert.IsGreaterThanOrEqualTo(captured - 15, cut.Frames.Count, "what was captured a second and a half before is on the card");
            RecordingChecks.RequirePictures(cut, bench.Pictures);
            Verdicts.Require(Verdict.PartsMissing, bench.Judge().Single());

            bench.Camera.InsertCard();
            bench.Ready(3);
            bench.Start();
            bench.Run(3);
            bench.Stop();
            StoredCard card = bench.Stored();
            Assert.HasCount(2, card.Recordings);
            Assert.HasCount(cut.Frames.Count, card.Recordings[0].Frames, "the cut recording was closed with all that was on the card");
            RecordingChecks.RequirePictures(card.Recordings[0], bench.Pictures);
            RecordingChecks.RequireContinuous(card.Recordings[1]);
            RecordingChecks.RequirePictures(card.Recordings[1], bench.Pictures);
            Verdicts.RequireAuthentic(bench.Judge()[1]);
            Console.WriteLine($"{cut.Frames.Count} of {captured} frames were on the card when it was pulled");
        }

        [TestMethod]
        public void ACardExchangedWhileIdleIsMadeAndUsed()
        {
            using var bench = new Bench();
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            var content = new CardContent((MemoryMedium)bench.Card);
            var other = new MemoryMedium(11);
            bench.Camera.PullCard();
            bench.Run(1);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            bench.Parts.Machine.Apply(() => bench.Parts.Card.Insert(other));
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            content.RequireSameIn((MemoryMedium)bench.Card);
            var card = new StoredCard(other);
            Assert.AreEqual(2, card.Recordings.Single().Number, "recordings are numbered over the device's life");
            Verdicts.RequireAuthentic(Verdicts.Of(card, bench.Camera.PublicKey).Single());
        }

        [TestMethod]
        public void ASlotThatCannotBeReadOrOpenedIsLeftOut()
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            int free = new StoredCard(card).Segments.Max(s => s.Slot) + 1;
            card.Delete(StoredCard.Path(free));
            using var bench = new Bench(card: card, flash: flash);
            bench.Ready(1);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Assert.IsFalse(card.FileExists(StoredCard.Path(free)));
            Verdicts.RequireAuthentic(bench.Judge().OrderBy(r => r.RecordingNumber).Last());
        }

        private static (MemoryMedium Card, MemoryMedium Flash) Recorded()
        {
            using var bench = new Bench();
            bench.Ready(3);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
            return ((MemoryMedium)bench.Card, (MemoryMedium)bench.Flash);
        }

        private static void RequireFaultAndUnchanged(MemoryMedium card, MemoryMedium flash)
        {
            var slots = new CardContent(card, IsSlot);
            using var bench = new Bench(card: card, flash: flash);
            bench.Until(OperatingState.Fault);
            bench.DoublePress();
            bench.Run(10);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.Contains("card", bench.Camera.Status.Fault!);
            slots.RequireSameIn(card);
        }

        private static void Damage(MemoryMedium card, string file, int sector, int sectors)
        {
            var random = new Random(3);
            for (int n = sector; n < sector + sectors; n++)
            {
                card.Write(file, n * 512L + random.Next(512), new[] { (byte)random.Next(1, 256) });
            }
        }

        private static bool IsSlot(string file) => file.EndsWith(".MP4", StringComparison.Ordinal);
    }
}
