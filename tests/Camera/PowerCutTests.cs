// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// The power goes at a random moment of a short shift. Afterwards the camera comes up, nothing that was closed has changed, what was
    /// open is closed with what it holds, and a new recording works.
    /// </summary>
    [TestClass]
    public sealed class PowerCutTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void BetweenAnyTwoTurnsOfTheLoop() =>
            CutAtRandom(
                1,
                (bench, moment) =>
                {
                    while (bench.NowUs < moment && Script(bench))
                    {
                        bench.Camera.Step();
                    }
                }
            );

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void InTheMiddleOfWhateverIsGoingOn() =>
            CutAtRandom(
                1001,
                (bench, moment) =>
                {
                    bench.Parts.Machine.CutPowerAt(moment);
                    try
                    {
                        while (Script(bench))
                        {
                            bench.Camera.Step();
                        }
                    }
                    catch (PowerCutException) { }
                }
            );

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void WhileACardIsBeingMade()
        {
            int cards = TestSize.Of(sample: 8, sweep: 60);
            for (int seed = 1; seed <= cards; seed++)
            {
                var card = new MemoryMedium(seed);
                using var bench = new Bench(o => o with { Seed = seed, CardMegabytes = 8, SlotBytes = 256 << 10 }, card);
                var random = new Random(seed);
                for (int cut = 0; cut < 3; cut++)
                {
                    bench.Parts.Machine.CutPowerAt(random.Next(500_000, 9_000_000));
                    try
                    {
                        bench.Run(10);
                    }
                    catch (PowerCutException) { }

                    bench.Reboot();
                }

                bench.Ready(1);
                int slots = bench.Camera.Status.SlotsTotal;
                Assert.AreEqual(slots, bench.Camera.Status.SlotsFree);
                Assert.IsGreaterThan(20, slots, $"seed {seed}");
                Assert.IsEmpty(bench.Stored().Segments, $"seed {seed}: a slot looks as if it held a segment");
                bench.Start();
                bench.Run(1);
                bench.Stop();
                Verdicts.RequireAuthentic(bench.Judge().Single());
            }
        }

        private static void CutAtRandom(int firstSeed, Action<Bench, long> runUntilCut)
        {
            (MemoryMedium card, MemorySnapshot cardBefore, MemoryMedium flash, MemorySnapshot flashBefore) = OneRecording();
            int seeds = TestSize.Of(sample: 15, sweep: 100),
                open = 0,
                closed = 0,
                recorded = 0;
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++)
            {
                card.Restore(cardBefore);
                flash.Restore(flashBefore);
                using var bench = new Bench(o => Small(o) with { Seed = seed }, card, flash);
                runUntilCut(bench, new Random(seed).NextInt64(100_000, 16_000_000));
                bench.Camera.CutPower();

                // What is closed must stay as it is; what is open is closed at the next boot with all that was on the card; free slots are
                // fair game.
                List<StoredSegment> there = new StoredCard(card).Segments.ToList();
                var content = new CardContent(card, f => there.Any(s => s.IsClosed && StoredCard.Path(s.Slot) == f));
                open += there.Count(s => !s.IsClosed);
                closed += there.Count(s => s.IsClosed);
                bench.Camera.RunUntil(bench.Camera.NowUs + 2_000_000);
                bench.Camera.Boot();
                bench.Ready(1);
                bench.Start();
                bench.Run(1.5);
                bench.Stop();

                content.RequireSameIn(card);
                StoredCard after = bench.Stored();
                foreach (StoredSegment cut in there.Where(s => !s.IsClosed && s.Fragments.Count > 0))
                {
                    Assert.AreEqual(
                        cut.Frames.Count(),
                        after.Segments.Single(s => s.Slot == cut.Slot).Frames.Count(),
                        $"seed {seed}: frames of the cut segment in slot {cut.Slot}"
                    );
                }

                IReadOnlyList<RecordingResult> verdicts = bench.Judge();
                StoredRecording newest = after.Recordings[^1];
                RecordingChecks.RequireContinuous(newest);
                RecordingChecks.RequirePictures(newest, bench.Pictures);
                Verdicts.RequireAuthentic(verdicts.Single(v => v.RecordingNumber == 1));
                Verdicts.RequireAuthentic(verdicts.Single(v => v.RecordingNumber == newest.Number));
                foreach (RecordingResult v in verdicts)
                {
                    Assert.AreNotEqual(Verdict.NotAuthentic, v.Verdict, $"seed {seed}: {string.Join('\n', v.Findings)}");
                    StoredRecording stored = after.Recordings.Single(r => r.Number == v.RecordingNumber);
                    if (stored.IsClosed && v.SegmentCount == stored.Segments.Count)
                    {
                        Verdicts.RequireAuthentic(v);
                    }
                }

                Assert.AreEqual(
                    verdicts.Count,
                    verdicts.Select(v => v.RecordingNumber).Distinct().Count(),
                    $"seed {seed}: a recording number came twice"
                );
                recorded += after.Recordings.Count - 2;
            }

            Console.WriteLine(
                $"{seeds} cuts; {closed} segments were closed then and {open} open; {recorded} recordings were cut or ended before"
            );
        }

        // Boot, 1 s of buffering, 4 s of recording, the stop, another recording.
        private static bool Script(Bench bench)
        {
            if (bench.State == OperatingState.Buffering && bench.Camera.Status.Recordings < 2)
            {
                bench.DoublePressOnce(bench.NowUs + 1_000_000);
            }
            else if (bench.State == OperatingState.Recording)
            {
                bench.HoldOnce(bench.NowUs + 1_500_000);
            }

            return bench.NowUs < 20_000_000;
        }

        private static VirtualCameraOptions Small(VirtualCameraOptions o) =>
            o with
            {
                CardMegabytes = 10,
                SlotBytes = 256 << 10,
                PreEventSeconds = 2,
            };

        private static (MemoryMedium Card, MemorySnapshot CardBefore, MemoryMedium Flash, MemorySnapshot FlashBefore) OneRecording()
        {
            // What lies where nothing was written yet is some earlier life's, never zeros.
            var card = new MemoryMedium { Stale = (path, sector, bytes) => Array.Fill(bytes, (byte)(1 + (sector + path.Length) % 255)) };
            var flash = new MemoryMedium();
            using var bench = new Bench(Small, card, flash);
            bench.Ready(2);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
            return (card, card.TakeSnapshot(), flash, flash.TakeSnapshot());
        }
    }
}
