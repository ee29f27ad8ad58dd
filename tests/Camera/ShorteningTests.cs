// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// Whoever has the card, and perhaps the camera, but no key, cuts a recording short and has the camera close the stump (FORMAT.md
    /// 7.1): a free box behind fragment N, the slot's catalogue record set to open, one boot.
    /// </summary>
    [TestClass]
    public sealed class ShorteningTests
    {
        private const int WindowMs = Lapel.Evidence.Commitments.WindowMs;

        [TestMethod]
        [DataRow(1)]
        [DataRow(8)]
        [DataRow(30)]
        public void ARecordingThatWasClosedIsNeverClosedShorter(int fragments)
        {
            (MemoryMedium card, MemoryMedium flash, Bench bench) = Recorded(30, closes: true);
            using (bench)
            {
                StoredSegment last = Live(bench);
                Assert.IsGreaterThan(30, last.Fragments.Count);
                Shorten(card, last, fragments);
                Reopen(card, last, Lapel.Evidence.SlotState.Open);
                byte[] before = bench.Stored().Bytes(last.Slot);
                for (int boot = 0; boot < 2; boot++)
                {
                    bench.Reboot();
                    bench.Ready(3);
                    Assert.AreEqual(Lapel.Evidence.SlotState.Open, bench.Camera.Firmware.Catalogue.State(last.Slot));
                    CollectionAssert.AreEqual(before, bench.Stored().Bytes(last.Slot), "the slot was touched");
                    Assert.AreEqual(boot + 1, Log(bench).Count(e => e.Kind == AuditKind.RecoveryRefused && e.Code == last.Slot));
                }

                RecordingResult judged = bench.Judge().Single(r => r.RecordingNumber == 1);
                Assert.AreNotEqual(Verdict.Authentic, judged.Verdict);
                Assert.IsNull(judged.Recovery);
                bench.Start();
                bench.Run(2);
                bench.Stop();
                CollectionAssert.AreEqual(before, bench.Stored().Bytes(last.Slot), "the slot was used again");
                Verdicts.RequireAuthentic(bench.Judge().Single(r => r.RecordingNumber == 2));
            }
        }

        [TestMethod]
        public void AnEarlierRecordingIsNeverClosedShorterEither()
        {
            (MemoryMedium card, _, Bench bench) = Recorded(12, closes: true);
            using (bench)
            {
                bench.Start();
                bench.Run(12);
                bench.Stop();
                StoredSegment first = Live(bench);
                Shorten(card, first, 4);
                Reopen(card, first, Lapel.Evidence.SlotState.Open);
                bench.Reboot();
                bench.Ready(3);
                Assert.AreEqual(Lapel.Evidence.SlotState.Open, bench.Camera.Firmware.Catalogue.State(first.Slot));
                Assert.AreNotEqual(Verdict.Authentic, bench.Judge().Single(r => r.RecordingNumber == 1).Verdict);
                Verdicts.RequireAuthentic(bench.Judge().Single(r => r.RecordingNumber == 2));
            }
        }

        [TestMethod]
        public void WhatWasClosedIsNotGivenUpWhenItsBeginningIsWrittenOver()
        {
            (MemoryMedium card, _, Bench bench) = Recorded(12, closes: true);
            using (bench)
            {
                StoredSegment last = Live(bench);
                for (int at = 0; at < 262_144; at += 512)
                {
                    card.Write(StoredCard.Path(last.Slot), at, new byte[512]);
                }

                Reopen(card, last, Lapel.Evidence.SlotState.Open);
                bench.Reboot();
                bench.Ready(3);
                Assert.AreEqual(Lapel.Evidence.SlotState.Open, bench.Camera.Firmware.Catalogue.State(last.Slot), "evidence was given up");
            }
        }

        [TestMethod]
        public void ACloseByRecoveryIsNotCutShorterAgain()
        {
            (MemoryMedium card, _, Bench bench) = Recorded(25, closes: false);
            using (bench)
            {
                bench.Reboot();
                bench.Ready(3);
                StoredSegment last = Live(bench);
                Verdicts.RequireAuthentic(bench.Judge().Single());
                Shorten(card, last, 10);
                Reopen(card, last, Lapel.Evidence.SlotState.Open);
                bench.Reboot();
                bench.Ready(3);
                Assert.AreEqual(Lapel.Evidence.SlotState.Open, bench.Camera.Firmware.Catalogue.State(last.Slot));
                Assert.AreNotEqual(Verdict.Authentic, bench.Judge().Single().Verdict);
            }
        }

        [TestMethod]
        [DataRow(2)]
        [DataRow(20)]
        [DataRow(45)]
        public void AfterARealCutTheStumpSaysThatLessIsThereAndHowMuch(int fragments)
        {
            (MemoryMedium card, _, Bench bench) = Recorded(27, closes: false);
            using (bench)
            {
                StoredSegment last = Live(bench);
                int there = last.Fragments.Count;
                Shorten(card, last, fragments);
                bench.Reboot();
                bench.Ready(3);
                RecordingResult judged = bench.Judge().Single();
                RecoveryFacts stated = judged.Recovery!;
                long endMs = EndMs(last, fragments);
                long committed = (long)stated.Committed!.End - endMs;
                Assert.IsLessThanOrEqualTo((long)stated.PresentBound!, EndMs(last, there) - endMs, "the bound is not true");
                Assert.IsLessThanOrEqualTo(WindowMs, EndMs(last, there) - (long)stated.Committed.End, "the window");
                Assert.AreEqual(Math.Max(0, committed), (long)stated.Committed.Missing, "what is missing");
                Assert.AreEqual(committed > 0, judged.Verdict != Verdict.Authentic, "the verdict");
            }
        }

        [TestMethod]
        public void AnHonestCutNeverContradictsWhatWasCommitted()
        {
            for (int tenths = 1; tenths < 240; tenths += 7)
            {
                (_, _, Bench bench) = Recorded(tenths / 10.0, closes: false);
                using (bench)
                {
                    StoredSegment? last = bench.Stored().Segments.Any() ? Live(bench) : null;
                    bench.Reboot();
                    bench.Ready(3);
                    if (last == null || last.Fragments.Count == 0)
                    {
                        continue;
                    }

                    RecordingResult judged = bench.Judge().Single();
                    Assert.AreNotEqual(Verdict.NotAuthentic, judged.Verdict);
                    Assert.AreEqual(0, bench.Camera.Firmware.Recovery.Kept, $"cut after {tenths / 10.0} s");
                    RecoveryFacts stated = judged.Recovery!;
                    foreach (SegmentResult segment in judged.Segments)
                    {
                        Assert.AreEqual(0UL, segment.LastManifest!.Recovery?.Committed!.Missing ?? 0, $"cut after {tenths / 10.0} s");
                    }

                    Assert.AreEqual(0UL, stated.Committed!.Missing);
                    Assert.IsLessThanOrEqualTo(1400UL, stated.Committed.CutBound!.Value, "fragments of 600 ms and some");
                    Assert.IsLessThanOrEqualTo(10_000UL, stated.PresentBound!.Value, $"cut after {tenths / 10.0} s");
                }
            }
        }

        [TestMethod]
        public void WithoutTheCommitmentsTheBoundIsNotKnownAndNothingIsInvented()
        {
            (_, MemoryMedium flash, Bench bench) = Recorded(25, closes: false);
            using (bench)
            {
                foreach (string file in flash.Files.Where(f => f.StartsWith("COMMIT.", StringComparison.Ordinal)).ToList())
                {
                    flash.Write(file, 40, [(byte)(flash.ReadAll(file)[40] ^ 1)]);
                }

                bench.Reboot();
                bench.Ready(3);
                RecordingResult judged = bench.Judge().Single();
                Assert.IsNull(judged.Recovery!.PresentBound);
                Assert.IsNull(judged.Recovery.Committed);
                bench.Start();
                bench.Run(2);
                bench.Stop();
                Assert.AreEqual(2U, bench.Judge()[^1].RecordingNumber);
            }
        }

        // One live segment; closed by a stop, or open when the power goes.
        private static (MemoryMedium Card, MemoryMedium Flash, Bench Bench) Recorded(double seconds, bool closes)
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            var bench = new Bench(o => o with { PreEventSeconds = 0, CardMegabytes = 160, SlotBytes = 16 << 20 }, card, flash);
            bench.Ready(2);
            bench.Start();
            bench.Run(seconds);
            if (closes)
            {
                bench.Stop();
                bench.Run(3);
            }

            return (card, flash, bench);
        }

        private static IReadOnlyList<AuditEntry> Log(Bench bench)
        {
            byte[] log = bench.Stored().Bytes("LAPEL/AUDIT.LOG");
            return AuditVerifier.Verify(new MemorySource(log), "AUDIT.LOG", null, []).Entries;
        }

        private static long EndMs(StoredSegment segment, int fragments) =>
            segment.Fragments[fragments - 1].TextTimeMs + segment.Fragments[fragments - 1].TextDurationMs;

        private static StoredSegment Live(Bench bench) =>
            bench.Stored().Segments.Where(s => s.Recording == 1).MaxBy(s => s.Segment)!;

        private static void Shorten(MemoryMedium card, StoredSegment segment, int fragments)
        {
            string path = StoredCard.Path(segment.Slot);
            byte[] slot = card.ReadAll(path);
            int at = 0;
            for (int found = 0; found < fragments; at += 512)
            {
                // A fragment's trailer box, FORMAT.md 3.2.
                bool trailer = BinaryPrimitives.ReadInt32BigEndian(slot.AsSpan(at)) == 96 && slot[at + 23] == 3 && slot[at + 8] == 0x8F;
                found += trailer ? 1 : 0;
            }

            var free = new byte[512];
            BinaryPrimitives.WriteInt32BigEndian(free, slot.Length - at);
            "free"u8.CopyTo(free.AsSpan(4));
            card.Write(path, at, free);
        }

        // The catalogue's record as it was while the segment was written, both copies, with a checksum that is right.
        private static void Reopen(MemoryMedium card, StoredSegment segment, Lapel.Evidence.SlotState state)
        {
            foreach (string copy in new[] { "A", "B" })
            {
                string path = "LAPEL/CATALOG." + copy;
                int at = segment.Slot / 15 * 512;
                var sector = new byte[512];
                card.Read(path, at, sector);
                Span<byte> record = sector.AsSpan(32 + segment.Slot % 15 * 32, 32);
                record.Clear();
                record[0] = (byte)state;
                BinaryPrimitives.WriteInt32BigEndian(record[4..], segment.Recording);
                BinaryPrimitives.WriteInt32BigEndian(record[8..], segment.Segment);
                Convert.FromHexString(segment.RecordingId).AsSpan(0, 8).CopyTo(record[24..]);
                sector.AsSpan(28, 4).Clear();
                BinaryPrimitives.WriteUInt32BigEndian(sector.AsSpan(28), new DeviceNatives().Crc32(sector, 0, 512));
                card.Write(path, at, sector);
            }
        }
    }
}
