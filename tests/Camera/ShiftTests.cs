// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Whole shifts drawn from a seed: whatever the officer, the card and the sensor do, every recording holds together.</summary>
    [TestClass]
    public sealed class ShiftTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void EveryRecordingOfARandomShiftIsWhole()
        {
            int shifts = TestSize.Of(sample: 8, sweep: 50),
                recordings = 0,
                frames = 0,
                gaps = 0,
                markers = 0;
            for (int seed = 1; seed <= shifts; seed++)
            {
                try
                {
                    using Bench bench = Shift(seed);
                    StoredCard card = bench.Stored();
                    IReadOnlyList<RecordingResult> verdicts = bench.Judge();
                    Assert.HasCount(bench.Camera.Status.Recordings, card.Recordings);
                    for (int n = 0; n < verdicts.Count; n++)
                    {
                        StoredRecording recording = card.Recordings[n];
                        Verdicts.RequireAuthentic(verdicts[n]);
                        int found = Gaps(recording);
                        RecordingChecks.RequireContinuous(recording, found);
                        RecordingChecks.RequirePicturesBut(recording, bench.Pictures, bench.MayMiss);
                        RequireAllUntilTheStop(recording, bench);
                        Assert.AreEqual((ulong)recording.Frames.Count, verdicts[n].Capture!.Frames);
                        Assert.AreEqual(0UL, verdicts[n].Capture!.NoMemory);
                        gaps += found;
                        markers += verdicts[n].Markers.Count;
                        frames += recording.Frames.Count;
                        recordings++;
                    }

                    for (int n = 1; n < card.Recordings.Count; n++)
                    {
                        StoredRecording a = card.Recordings[n - 1],
                            b = card.Recordings[n];
                        Assert.IsGreaterThan(
                            a.ZeroMs + a.Frames[^1].TimeMs,
                            b.ZeroMs + (b.Frames.Count == 0 ? 0 : b.Frames[0].TimeMs),
                            "a frame is in two recordings"
                        );
                    }

                    Assert.AreEqual(bench.Camera.Status.Markers, verdicts.Sum(v => v.Markers.Count + (int)v.UnlistedMarkers), "markers");
                }
                catch (Exception e)
                {
                    throw new AssertFailedException($"shift of seed {seed}: {e.Message}", e);
                }
            }

            Console.WriteLine(
                $"{shifts} shifts: {recordings} recordings, {frames} frames, {gaps} gaps by sensor faults, {markers} markers"
            );
            Assert.IsGreaterThan(shifts, recordings);
            Assert.IsGreaterThan(shifts / 5, gaps);
        }

        [TestMethod]
        public void TheSameShiftGivesTheSameCardByteForByte()
        {
            using Bench a = Shift(7);
            using Bench b = Shift(7);
            using Bench other = Shift(8);
            var content = new CardContent((MemoryMedium)a.Card);
            Assert.IsEmpty(content.DifferencesTo(new CardContent((MemoryMedium)b.Card)));
            Assert.IsEmpty(new CardContent((MemoryMedium)a.Flash).DifferencesTo(new CardContent((MemoryMedium)b.Flash)));
            Assert.IsNotEmpty(content.DifferencesTo(new CardContent((MemoryMedium)other.Card)));
            Assert.IsGreaterThan(0, a.Camera.Status.Recordings);
        }

        private static Bench Shift(int seed)
        {
            var random = new Random(seed);
            int preEvent = random.Next(4) * 5;
            var bench = new Bench(o =>
                o with
                {
                    Seed = seed,
                    PreEventSeconds = preEvent,
                    SlotBytes = 512 << 10 << random.Next(3),
                    CardMegabytes = 128,
                    CardKilobytesPerSecond = random.Next(250, 500),
                    FramesPerSecond = random.Next(2) == 0 ? 8 : 10,
                    Utc = random.Next(2) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                }
            );
            bench.Parts.Card.Times.StallOneIn = random.Next(2) == 0 ? 0 : random.Next(60, 200);
            bench.Parts.RecordButton.Bounces = random.Next(4);
            bench.Until(OperatingState.Buffering, 120);
            for (int n = 0; n < 25; n++)
            {
                bench.Run(random.NextDouble() * 4);
                Happen(bench, random);
            }

            bench.Run(1);
            if (!bench.SensorConnected)
            {
                bench.ConnectSensor(true);
            }

            bench.Run(8);

            // A double press while the last recording is being closed begins another.
            while (bench.State != OperatingState.Buffering)
            {
                if (bench.State == OperatingState.Recording)
                {
                    bench.Hold();
                }

                bench.Run(5);
                Assert.IsLessThan(600_000_000L, bench.NowUs, $"the shift does not end: {bench.State}");
            }

            return bench;
        }

        private static void Happen(Bench bench, Random random)
        {
            switch (random.Next(12))
            {
                case 0 or 1 or 2 or 3:
                    bench.DoublePress();
                    break;
                case 4 or 5:
                    bench.Hold();
                    break;
                case 6 or 7:
                    bench.Tap();
                    break;
                case 8 or 9:
                    bench.Tap(Button.Event);
                    break;
                case 10:
                    // At any moment, in the middle of a transfer too.
                    bench.Parts.Clock.At(bench.NowUs + random.Next(1_000_000), () => bench.ConnectSensor(!bench.SensorConnected));
                    break;
                default:
                    bench.Camera.SetBattery(random.Next(3_300, 4_200));
                    break;
            }
        }

        private static int Gaps(StoredRecording recording) =>
            recording.Frames.Zip(recording.Frames.Skip(1), (a, b) => b.TimeMs != a.EndMs).Count(gap => gap);

        // Of the pictures commanded after the last frame and before the stop one may be left: it was still being exposed.
        private static void RequireAllUntilTheStop(StoredRecording recording, Bench bench)
        {
            if (recording.Frames.Count == 0)
            {
                return;
            }

            StoredFrame last = recording.Frames[^1];
            long end = recording.ZeroMs + last.EndMs;
            int left = bench.Pictures.Count(p =>
                p.CommandedUs / 1000 > recording.ZeroMs + last.TimeMs + 3 && p.CommandedUs / 1000 < end - 3 && !bench.MayMiss(p)
            );
            Assert.IsLessThanOrEqualTo(1, left, $"recording {recording.Number}: {left} pictures taken before the stop are not in it");
        }
    }
}
