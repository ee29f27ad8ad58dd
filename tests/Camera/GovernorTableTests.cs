// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.Tests;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>What the governor makes of a card, against the best that a fixed rate and quality make of the same card.</summary>
    [TestClass]
    public sealed class GovernorTableTests
    {
        private sealed record Held(double Rate, double Bytes, int Changes, int Lost, int LateMs, long BacklogMs, string Settings);

        // A card with all its slots: where the loop has no time to spare they are not made.
        private static Bench Open(int asked)
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            using (Bench maker = Open(8, card, flash))
            {
                maker.Ready();
            }

            return Open(asked, card, flash);
        }

        private static Bench Open(int asked, MemoryMedium card, MemoryMedium flash) =>
            new(
                o =>
                o with
                {
                    FramesPerSecond = asked,
                    CardKilobytesPerSecond = 2000,
                    PreEventSeconds = 1,
                    CardMegabytes = 160,
                    SlotBytes = 32 << 20,
                },
                card,
                flash
            );

        private static Held Run(
            int asked,
            int kilobytes,
            int stallEvery,
            double settle,
            double seconds,
            FrameQuality? quality,
            int intervalMs
        )
        {
            using Bench bench = Open(asked);
            bench.Until(OperatingState.Buffering);
            bench.Run(asked > 12 ? 30 : 3);
            bench.Parts.Card.Times.WriteRate = kilobytes * 1000;
            bench.Parts.Card.Times.StallEvery = stallEvery;
            bench.Start();
            CapturePump pump = bench.Camera.Firmware.Pump;
            Governor governor = bench.Camera.Firmware.Governor;
            long begun = bench.NowUs;
            int seen = 0;
            string trace = "";
            void Go(double s)
            {
                long until = bench.NowUs + (long)(s * 1e6);
                while (bench.NowUs < until)
                {
                    bench.Camera.Step();
                    if (quality == null && governor.Changes != seen)
                    {
                        seen = governor.Changes;
                        double at = (bench.NowUs - begun) / 1e6;
                        trace += $" [{at:F0} s: {governor.IntervalMs} ms {governor.Quality} {governor.LowestReason}]";
                    }

                    if (quality != null && (pump.IntervalMs != intervalMs || pump.Quality != quality))
                    {
                        pump.Configure(FrameSize.Vga, quality.Value, intervalMs);
                    }
                }
            }

            int lost = pump.Missed + pump.DroppedNoMemory;
            Go(settle);
            int frames = pump.Captured;
            long bytes = pump.Bytes;
            int changes = governor.Changes;
            long from = bench.NowUs;
            Go(seconds);
            int taken = pump.Captured - frames;
            return new Held(
                taken / ((bench.NowUs - from) / 1e6),
                (pump.Bytes - bytes) / (double)Math.Max(1, taken),
                governor.Changes - changes,
                pump.Missed + pump.DroppedNoMemory - lost,
                pump.LateMs,
                (bench.Camera.Firmware.Ring.PinnedFrames) * (long)pump.IntervalMs,
                trace
            );
        }

        // What a fixed interval and quality hold for 40 s: no picture lost, and the captures no later at the end than a stall explains.
        private static bool Holds(int kilobytes, int stall, FrameQuality quality, int intervalMs)
        {
            Held h = Run(20, kilobytes, stall, 5, 40, quality, intervalMs);
            return h.Lost == 0 && h.LateMs < 900 && h.BacklogMs < 1500;
        }

        // The shortest interval that a quality holds, in steps of 2 %; none below what is asked for is tried.
        private static int Shortest(int asked, int kilobytes, int stall, FrameQuality quality)
        {
            // What is taken when nothing waits tells where to begin.
            int full = (int)(930 / Run(20, kilobytes, stall, 5, 15, quality, 40).Rate);
            for (int ms = Math.Max(1000 / asked, full); ; ms += 1 + ms / 50)
            {
                if (Holds(kilobytes, stall, quality, ms))
                {
                    return ms;
                }

                Assert.IsLessThan(1000, ms, "nothing holds");
            }
        }

        /// <summary>
        /// Asked rate, card and stalls: the rate is at least 90 % of the best that any fixed setting holds; if a finer quality holds that
        /// rate, the pictures have at least 90 % of its size. Measured from 10 s after the press on, for 60 s; at most two changes. All but
        /// one in ten do; none is below 85 %, changes more than three times, or loses a picture.
        /// </summary>
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void HoldsNearlyTheBestThatAFixedSettingHolds()
        {
            (int Asked, int Kilobytes, int Stall)[] all =
            [
                (20, 400, 100),
                .. from asked in new[] { 8, 10, 12, 15, 20 }
                    from kilobytes in new[] { 100, 250, 400 }
                    from stall in new[] { 0, 100 }
                    select (asked, kilobytes, stall),
            ];
            var failed = new List<string>();
            foreach ((int asked, int kilobytes, int stall) in all.Take(TestSize.Of(1, all.Length)))
            {
                Held h = Run(asked, kilobytes, stall, 10, 60, null, 0);
                int finest = Shortest(asked, kilobytes, stall, FrameQuality.Default);
                int best = finest * asked <= 1000 ? finest : Math.Min(finest, Shortest(asked, kilobytes, stall, FrameQuality.Low));
                bool isFinePossible = h.Rate * finest <= 1000;
                double share = h.Rate * best / 1000;
                string line =
                    $"{asked,2} asked, {kilobytes,3} kB/s, stall each {stall,3}: {h.Rate:F2} of {1000.0 / best:F2} a second "
                    + $"({share:P0}), "
                    + $"{h.Bytes:F0} bytes, finest {1000.0 / finest:F2}, {h.Changes} changes, {h.Lost} lost;{h.Settings}";
                Console.WriteLine(line);
                Assert.IsGreaterThanOrEqualTo(0.85, share, line);
                Assert.IsLessThanOrEqualTo(3, h.Changes, line);
                Assert.AreEqual(0, h.Lost, line);
                if (share < 0.9 || (isFinePossible && h.Bytes < 0.9 * 18_000) || h.Changes > 2)
                {
                    failed.Add(line);
                }
            }

            // A card of 250 kB/s with a rate that nothing holds misses it: how many do must not grow.
            Assert.IsLessThanOrEqualTo(all.Length / 10, failed.Count, string.Join('\n', failed));
        }

        [TestMethod]
        public void GoesUpAgainWhenTheCardRecovers()
        {
            using Bench bench = Open(12);
            bench.Until(OperatingState.Buffering);
            bench.Run(3);
            bench.Parts.Card.Times.WriteRate = 400_000;
            bench.Start();
            bench.Run(20);
            bench.Parts.Card.Times.WriteRate = 100_000;
            bench.Run(60);
            Governor governor = bench.Camera.Firmware.Governor;
            Assert.IsTrue(governor.IsDegraded);
            bench.Parts.Card.Times.WriteRate = 400_000;
            bench.Run(60);
            Assert.AreEqual((FrameQuality.Default, 83), (governor.Quality, governor.IntervalMs));
            Assert.AreEqual(0, bench.Camera.Firmware.Pump.DroppedNoMemory);
        }
    }
}
