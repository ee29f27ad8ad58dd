// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Slow and stalling cards.</summary>
    [TestClass]
    public sealed class CardSpeedTests
    {
        private const int IntervalMs = 100;

        // The governor steps in when captures come 0.8 s late; a stall and a checkpoint may come on top before it does.
        private const int MostLateMs = 1_300;

        [TestMethod]
        [DataRow(5, 101)]
        [DataRow(10, 110)]
        [DataRow(30, 100)]
        public void AMinuteOnACardOf250KilobytesASecondThatStallsEachFiveSecondsLosesNoFrame(int preEventSeconds, int stallEvery)
        {
            using var bench = new Bench(o =>
                o with
                {
                    CardKilobytesPerSecond = 250,
                    CardStallEvery = stallEvery,
                    PreEventSeconds = preEventSeconds,
                    CardMegabytes = 64,
                    SlotBytes = 8 << 20,
                }
            );
            bench.Ready(preEventSeconds + 5);
            bench.Start();
            bench.Run(61);
            bench.Stop();

            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            (int frames, long latestMs) = AMinuteOfTheGrid(recording);
            RecordingResult verdict = bench.Judge().Single();
            RecordingChecks.RequirePictures(recording, bench.Pictures, verdict.PreEvent);
            Report(bench, verdict, frames);
            Console.WriteLine($"latest capture {latestMs} ms after its time");
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((ulong)recording.Frames.Count, verdict.Capture!.Frames, "captured and stored");
            Assert.AreEqual(0UL, verdict.Capture.NoMemory);
            Assert.AreEqual(0UL, verdict.Capture.Damaged);
            Assert.AreEqual(0UL, verdict.Capture.Missed);
            Assert.AreEqual(600, frames, "a time of the grid has no picture, or two");
            Assert.IsLessThan(MostLateMs, latestMs, "a picture came so late that it shows another moment");
            Assert.AreEqual(1000UL, verdict.Statistics!.LowestFramesPerSecondX100, "the governor went below 10 frames a second");
            Assert.IsGreaterThanOrEqualTo(300UL, verdict.Statistics.SlowestWriteMs, "the stalls should show");
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void WhateverTheRhythmOfTheStallsNoFrameIsLostAndFewAreLate()
        {
            // A card that just keeps up has rhythms of stalls at which pictures come late for a while and the rate is lowered. Which ones
            // changes with every card operation that is moved; how many must not grow.
            int rhythms = TestSize.Of(5, 21);
            var late = new List<int>();
            for (int stallEvery = 95; stallEvery < 95 + rhythms; stallEvery++)
            {
                using var bench = new Bench(o =>
                    o with
                    {
                        CardKilobytesPerSecond = 250,
                        CardStallEvery = stallEvery,
                        PreEventSeconds = 5,
                        CardMegabytes = 64,
                        SlotBytes = 8 << 20,
                    }
                );
                bench.Ready(10);
                bench.Start();
                bench.Run(61);
                bench.Stop();
                StoredRecording recording = bench.Stored().Recordings.Single();
                RecordingChecks.RequireContinuous(recording);
                (int frames, long latestMs) = AMinuteOfTheGrid(recording);
                RecordingResult verdict = bench.Judge().Single();
                Verdicts.RequireAuthentic(verdict);
                Assert.AreEqual((ulong)recording.Frames.Count, verdict.Capture!.Frames, "captured and stored");
                Assert.AreEqual((0UL, 0UL), (verdict.Capture.NoMemory, verdict.Capture.Missed), "rhythm " + stallEvery);
                Assert.AreEqual(600, frames, "rhythm " + stallEvery);
                if (latestMs >= MostLateMs || verdict.Statistics!.LowestFramesPerSecondX100 < 1000)
                {
                    late.Add(stallEvery);
                }
            }

            Console.WriteLine($"{rhythms} rhythms, late at {late.Count}: {string.Join(' ', late)}");
            Assert.IsLessThanOrEqualTo(rhythms == 5 ? 2 : 3, late.Count);
        }

        [TestMethod]
        public void StallsAtRandomMayCostRateButNoFrame()
        {
            for (int seed = 1; seed <= 8; seed++)
            {
                using var bench = new Bench(o =>
                    o with
                    {
                        Seed = seed,
                        CardKilobytesPerSecond = 250,
                        PreEventSeconds = 10 * (seed % 4),
                        CardMegabytes = 64,
                        SlotBytes = 8 << 20,
                    }
                );
                bench.Parts.Card.Times.StallOneIn = 100;
                bench.Ready(10 * (seed % 4) + 5);
                bench.Start();
                bench.Run(60);
                bench.Stop();

                StoredRecording recording = bench.Stored().Recordings.Single();
                RecordingChecks.RequireContinuous(recording);
                RecordingResult verdict = bench.Judge().Single();
                RecordingChecks.RequirePictures(recording, bench.Pictures, verdict.PreEvent);
                Report(bench, verdict, recording.Present.Count());
                Verdicts.RequireAuthentic(verdict);
                Assert.AreEqual((ulong)recording.Frames.Count, verdict.Capture!.Frames, "captured and stored");
                Assert.AreEqual(0UL, verdict.Capture.NoMemory);
                Assert.AreEqual(0UL, verdict.Capture.Damaged);
                Assert.AreEqual(0UL, verdict.Capture.Missed);
                Assert.IsGreaterThanOrEqualTo(800UL, verdict.Statistics!.LowestFramesPerSecondX100);
            }
        }

        [TestMethod]
        public void ACardThatJustKeepsUpWithThePresentGetsThePastToo()
        {
            // 18 KB and a stall each five seconds leave so little time that captures are always somewhat late.
            using var bench = new Bench(o =>
                o with
                {
                    CardKilobytesPerSecond = 250,
                    CardStallEvery = 107,
                    PreEventSeconds = 10,
                    CardMegabytes = 96,
                    SlotBytes = 8 << 20,
                }
            );
            bench.Ready(15);
            bench.Start();
            bench.Run(120);
            StoredSegment past = bench.Stored().Segments.Single(s => s.Segment == 0);
            Assert.IsTrue(past.IsClosed, "after two minutes pre-event footage is still in memory, where a power cut takes it");
            bench.Run(120);
            bench.Stop();

            // More frames than the ring can name at once.
            StoredRecording recording = bench.Stored().Recordings.Single();
            Assert.IsGreaterThan(2_048, recording.Frames.Count);
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePictures(recording, bench.Pictures);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(0UL, verdict.Capture!.NoMemory);
            Assert.AreEqual(0UL, verdict.Capture.Missed);
        }

        [TestMethod]
        [DataRow(5)]
        [DataRow(30)]
        public void ACardOf100KilobytesASecondIsMetByTheGovernorWhichSaysSo(int preEventSeconds)
        {
            using var bench = new Bench(o =>
                o with
                {
                    CardKilobytesPerSecond = 100,
                    PreEventSeconds = preEventSeconds,
                    CardMegabytes = 64,
                    SlotBytes = 8 << 20,
                }
            );
            bench.Ready(preEventSeconds + 1);
            bench.Start();
            bench.Run(60);
            bench.Stop(300);

            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingResult verdict = bench.Judge().Single();
            RecordingChecks.RequirePictures(recording, bench.Pictures, verdict.PreEvent);
            Report(bench, verdict, recording.Present.Count());
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(0UL, verdict.Capture!.NoMemory, "dropped for want of memory");
            Assert.AreEqual(0UL, verdict.Capture.Damaged);
            Statistics s = verdict.Statistics!;
            Assert.IsGreaterThan(0UL, s.GovernorChanges);
            Assert.AreNotEqual((ulong)GovernorReason.None, s.GovernorReason);
            Assert.AreEqual((ulong)FrameQuality.Low, s.LowestQuality, "quality gives way before the rate");
            Assert.IsLessThan(1000UL, s.LowestFramesPerSecondX100);
            Assert.IsLessThan(100_000UL, s.CardBytesPerSecond);
            Assert.IsLessThan(1000UL, s.FramesPerSecondX100);
        }

        [TestMethod]
        public void TheSignedStatisticsAgreeWithWhatHappened()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 4 });
            bench.Ready(5);
            bench.Start();
            bench.Run(20);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingResult verdict = bench.Judge().Single();
            Statistics s = verdict.Statistics!;
            IReadOnlyList<StoredFrame> frames = recording.Frames;
            Assert.AreEqual(frames.Count * 100_000.0 / frames[^1].EndMs, s.FramesPerSecondX100, 1, "frames a second");
            Assert.AreEqual(recording.Present.Average(f => f.Jpeg.Length), s.MeanFrameBytes, 200, "bytes of a frame");
            Assert.IsTrue(s.CardBytesPerSecond is > 300_000 and <= 400_000, $"card: {s.CardBytesPerSecond} bytes a second");
            Assert.IsTrue(s.SensorReadMicroseconds is > 15_000 and < 30_000, $"reading a frame: {s.SensorReadMicroseconds} us");
            Assert.IsTrue(s.ExposureMicroseconds is > 33_000 and < 120_000, $"waiting for an exposure: {s.ExposureMicroseconds} us");
            Assert.AreEqual(0UL, s.GovernorChanges);
            Assert.AreEqual(0UL, s.GovernorReason);
            Assert.AreEqual(1000UL, s.LowestFramesPerSecondX100);
            long gap = frames.Zip(frames.Skip(1), (a, b) => b.TimeMs - a.TimeMs).Max();
            Assert.AreEqual((ulong)gap, verdict.Capture!.LongestGap, "longest gap");
        }

        // During a stall nothing is captured; after it captures come late until they have caught up with their grid of 100 ms. So frames
        // are counted by the grid: a minute of it has 600 times, and each must have its picture. The frame least late of all tells where
        // the grid lies.
        private static (int Frames, long LatestMs) AMinuteOfTheGrid(StoredRecording recording)
        {
            long grid = recording.Present.Min(f => f.TimeMs - f.Index * IntervalMs);
            long from = recording.Present.First().TimeMs;
            List<(long DueMs, long LateMs)> minute = recording
                .Present.Select(f => (Due: grid + f.Index * IntervalMs, f.TimeMs))
                .Where(f => f.Due >= from && f.Due < from + 60_000)
                .Select(f => (f.Due, f.TimeMs - f.Due))
                .ToList();
            return (minute.Select(f => f.DueMs).Distinct().Count(), minute.Max(f => f.LateMs));
        }

        private static void Report(Bench bench, RecordingResult verdict, int frames)
        {
            Statistics s = verdict.Statistics!;
            Console.WriteLine(
                $"{frames} frames; {verdict.Capture}; pre-event {verdict.PreEvent!.Obtained} ms; {s.FramesPerSecondX100 / 100.0:F2} fps, "
                    + $"{s.MeanFrameBytes} B, "
                    + $"card {s.CardBytesPerSecond / 1000} kB/s, slowest write {s.SlowestWriteMs} ms, governor {s.GovernorChanges} "
                    + $"changes, lowest {s.LowestFramesPerSecondX100 / 100.0:F2} fps, "
                    + $"quality {s.LowestQuality}, reason {s.GovernorReason}; closed at {bench.NowUs / 1e6:F1} s"
            );
        }
    }
}
