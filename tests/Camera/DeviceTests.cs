// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Internal storage, battery, clock, buttons.</summary>
    [TestClass]
    public sealed class DeviceTests
    {
        /// <summary>The longest open of a file.</summary>
        private const long OpenMs = 140;

        private static readonly DateTime Noon = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

        [TestMethod]
        public void WithoutInternalStorageNothingIsSignedAndTheFaultShows()
        {
            using var bench = new Bench();
            bench.Parts.Flash.Broken = true;
            bench.Until(OperatingState.Fault);
            bench.DoublePress();
            bench.Run(5);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.Contains("internal storage", bench.Camera.Status.Fault!);
            Assert.AreEqual(0, bench.Camera.Status.Recordings);
            Assert.IsEmpty(bench.Stored().Segments);
        }

        [TestMethod]
        public void InternalStorageThatBreaksLaterCostsNoRecording()
        {
            using var bench = new Bench();
            bench.Ready(2);
            bench.Parts.Flash.Broken = true;
            for (int n = 0; n < 2; n++)
            {
                bench.Start();
                bench.Run(2);
                bench.Stop();
            }

            IReadOnlyList<RecordingResult> verdicts = bench.Judge();
            Assert.HasCount(2, verdicts);
            foreach (RecordingResult r in verdicts)
            {
                Verdicts.RequireAuthentic(r);
            }
        }

        [TestMethod]
        public void TheDevicesKeyAndItsNumbersOutliveThePower()
        {
            using var bench = new Bench();
            bench.Ready(2);
            string key = bench.Camera.PublicKey;
            bench.Start();
            bench.Run(1);
            bench.Stop();
            bench.Reboot();
            bench.Ready(2);
            Assert.AreEqual(key, bench.Camera.PublicKey);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            IReadOnlyList<RecordingResult> verdicts = bench.Judge();
            CollectionAssert.AreEqual(new uint[] { 1, 2 }, verdicts.Select(v => v.RecordingNumber).ToArray());
            CollectionAssert.AreEqual(new uint[] { 1, 2 }, verdicts.Select(v => v.Boot).ToArray());
            CollectionAssert.AreEqual(verdicts[0].LastClose, verdicts[1].LastManifest!.PreviousRecording);
            CollectionAssert.AreNotEqual(verdicts[0].RecordingId, verdicts[1].RecordingId);
        }

        [TestMethod]
        public void HowABootEndedIsKnownAtTheNext()
        {
            using var bench = new Bench();
            bench.Ready(2);
            bench.Camera.SwitchOff();
            bench.Camera.Boot();
            bench.Ready(2);
            Assert.AreEqual((int)Evidence.BootEnd.SwitchedOff, (int)bench.Camera.Firmware.Audit.FormerEnd, "switched off");
            bench.Reboot();
            bench.Ready(2);
            Assert.AreEqual((int)Evidence.BootEnd.PowerCut, (int)bench.Camera.Firmware.Audit.FormerEnd, "a power cut");
        }

        [TestMethod]
        public void TheBatteryStandsInTheManifest()
        {
            var percents = new List<ulong>();
            foreach (int millivolts in new[] { 4_150, 3_800, 3_450 })
            {
                using var bench = new Bench();
                bench.Camera.SetBattery(millivolts);
                bench.Ready(2);
                bench.Start();
                bench.Run(1);
                bench.Stop();
                RecordingResult verdict = bench.Judge().Single();
                Verdicts.RequireAuthentic(verdict);
                Assert.AreEqual(millivolts, (double)verdict.LastManifest!.BatteryMillivolts!.Value, 5);
                percents.Add(verdict.LastManifest.BatteryPercent!.Value);
            }

            Console.WriteLine($"percent at 4150, 3800, 3450 mV: {string.Join(", ", percents)}");
            Assert.IsTrue(percents[0] <= 100 && percents[0] > percents[1] && percents[1] > percents[2], "percent follows the voltage");
        }

        [TestMethod]
        public void AnUnsetClockIsSaidSoEverywhere()
        {
            using var bench = new Bench(o => o with { Unit = "UNIT-7" });
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            foreach (StoredSegment s in recording.Segments)
            {
                Assert.AreEqual(0L, s.ZeroUtcMs);
                Assert.AreEqual(0, s.ClockSource);
                foreach (StoredFragment f in s.Fragments)
                {
                    Assert.AreEqual(Since(s.ZeroMs + f.TextTimeMs, "UNIT-7"), f.Text);
                }
            }

            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.IsNull(verdict.LastManifest!.ZeroUtc);
            Assert.IsNull(verdict.LastManifest.Uncertainty);
            Assert.IsNull(verdict.FromUtc);
        }

        [TestMethod]
        public void ASetClockTellsTheTimeOfEachFrame()
        {
            using var bench = new Bench(o => o with { Utc = Noon });
            bench.Ready(7);
            bench.Start();
            bench.Run(3);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            foreach (StoredSegment s in recording.Segments)
            {
                Assert.AreEqual(1, s.ClockSource);

                // The clock was set at power-on, so it shows noon and what the monotonic time shows.
                Assert.AreEqual(Ms(Noon) + s.ZeroMs, s.ZeroUtcMs, 1);
                foreach (StoredFragment f in s.Fragments)
                {
                    Assert.AreEqual(At(s.ZeroUtcMs + f.TextTimeMs, "LAPEL"), f.Text);
                }
            }

            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((ulong)recording.Segments[0].ZeroUtcMs, verdict.LastManifest!.ZeroUtc);
        }

        [TestMethod]
        public void AClockSetInTheMiddleOfARecordingDoesNotStepItsTime()
        {
            using var bench = new Bench(o => o with { Utc = Noon });
            bench.Ready(6);
            bench.Start();
            bench.Run(4);
            bench.Camera.SetUtc(Noon.AddHours(5));
            bench.Run(10);
            bench.Stop();
            StoredRecording first = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(first);
            foreach (StoredSegment s in first.Segments)
            {
                Assert.AreEqual(Ms(Noon) + s.ZeroMs, s.ZeroUtcMs, 1);
                Assert.AreEqual(1, s.ClockSource);
                foreach (StoredFragment f in s.Fragments)
                {
                    Assert.AreEqual(At(s.ZeroUtcMs + f.TextTimeMs, "LAPEL"), f.Text);
                }
            }

            bench.Start();
            bench.Run(1);
            bench.Stop();
            StoredSegment next = bench.Stored().Recordings[1].Segments[0];
            Assert.AreEqual(2, next.ClockSource);
            Assert.AreEqual(1_000u, next.UncertaintyMs);
            Assert.IsGreaterThan(Ms(Noon.AddHours(5)), next.ZeroUtcMs);
            foreach (RecordingResult r in bench.Judge())
            {
                Verdicts.RequireAuthentic(r);
            }
        }

        [TestMethod]
        public void MarkersAndPressesStandInTheManifestAsTheyWereMade()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 3 });
            bench.Ready(4);
            bench.Parts.RecordButton.Bounces = 3;
            long pressed = bench.Start() - Bench.DoubleUs;
            bench.Run(2);
            long tap = bench.NowUs;
            bench.Tap();
            bench.Run(2);
            long marked = bench.NowUs;
            bench.Tap(Lapel.Hal.Button.Event);
            bench.Run(2);
            long hold = bench.NowUs;
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            long zero = (long)verdict.ZeroMonotonic;
            CollectionAssert.AreEqual(new[] { 0u, 1u }, verdict.Markers.Select(m => (uint)m.Button).ToArray());
            RequireTimes([tap, marked], [.. verdict.Markers.Select(m => zero + m.Time)]);
            RequireTimes([pressed, pressed + Bench.DoubleUs, tap, marked, hold], [.. verdict.Presses.Select(p => zero + p.Time)]);
        }

        /// <summary>
        /// An edge has its time when the native call returns that it came in: never too early, and late by an open of a file at most.
        /// </summary>
        private static void RequireTimes(long[] made, long[] stated)
        {
            Assert.HasCount(made.Length, stated);
            long[] late = [.. stated.Zip(made, (ms, us) => ms - us / 1000)];
            foreach (long ms in late)
            {
                Assert.IsInRange(0, OpenMs, ms, string.Join(" ", late));
            }
        }

        [TestMethod]
        public void NoTapIsLostAtTheSeamsBetweenSegments()
        {
            // A segment lasts 1.2 s here: some taps fall between the close of one and the opening of the next.
            using var bench = new Bench(o => o with { SlotBytes = 256 << 10, CardMegabytes = 24, PreEventSeconds = 0 });
            bench.Until(OperatingState.Buffering, 120);
            bench.Run(2);
            var pressed = new List<long> { bench.NowUs, bench.NowUs + Bench.DoubleUs };
            bench.Start();

            // Fingers take longer than the debounce time from one press to the next.
            bench.Run(0.3);
            var taps = new List<long>();
            while (taps.Count < 150)
            {
                taps.Add(bench.NowUs);
                bench.Tap();
                bench.Run(0.37);
            }

            pressed.AddRange(taps);
            pressed.Add(bench.NowUs);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            long zero = (long)verdict.ZeroMonotonic;
            RequireOnceEach(taps, verdict.Markers.Select(m => m.Time + zero), "markers");
            RequireOnceEach(pressed, verdict.Presses.Select(p => p.Time + zero), "presses");
            Console.WriteLine($"{taps.Count} taps in {verdict.Segments.Count} segments");
        }

        // An edge that comes during a native call, such as the opening of a slot, has the time of its interrupt, to 20 ms.
        private static void RequireOnceEach(List<long> madeUs, IEnumerable<long> foundMs, string what)
        {
            long[] all = foundMs.ToArray();
            List<long> late = madeUs.Zip(all, (made, found) => found - made / 1000).ToList();
            Assert.AreEqual(
                madeUs.Count,
                all.Length,
                $"{what}: made at {string.Join(' ', madeUs.Select(us => us / 1000))}, found {string.Join(' ', all)}"
            );
            Assert.IsTrue(late.All(l => l is >= 0 and <= 20), $"{what}, later than made by ms: {string.Join(' ', late)}");
        }

        private static long Ms(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;

        private static string At(long utcMs, string unit) =>
            DateTime.UnixEpoch.AddMilliseconds(utcMs).ToString("yyyy-MM-dd HH:mm:ss") + " UTC " + unit;

        private static string Since(long bootMs, string unit) =>
            $"clock unset +{bootMs / 3_600_000:D4}:{bootMs / 60_000 % 60:D2}:{bootMs / 1000 % 60:D2} {unit}";
    }
}
