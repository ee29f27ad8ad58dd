// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// A pre-event that spans several slots, in the clear and sealed, and the power goes at any write from the press on. The verdict is
    /// never that parts are missing, and no recording claims a pre-event that is not there.
    /// </summary>
    [TestClass]
    public class LongPreEventTests
    {
        private const int PreEventSeconds = 70;
        private const double BufferedSeconds = 76;
        private const double RecordedSeconds = 14;
        private const long SignedUs = 5_000_000;
        private const int SampleStep = 29;

        // RFC 7748, 6.1: Bob's public key.
        private static readonly byte[] Recipient = Convert.FromHexString(
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
        );

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        [TestCategory(TestSize.Sweep)]
        public void NoCutLeavesPartsMissingOrClaimsWhatIsNotThere(bool isSealed)
        {
            List<(MemorySnapshot Card, MemorySnapshot Flash)> cuts = Recorded(isSealed, out MemoryMedium whole);
            RecordingResult full = CutVerdictTests.Judge(whole).Single();
            Assert.AreEqual(Verdict.Authentic, full.Verdict);
            Assert.IsGreaterThan(2, full.Segments.Count(s => s.Header!.Segment < full.Segments.Max(o => o.Header!.Segment)));

            int step = TestSize.Of(SampleStep, 1);
            var failed = new ConcurrentBag<string>();
            var judged = new ConcurrentBag<int>();
            Parallel.For(
                0,
                (cuts.Count + step - 1) / step,
                n =>
                {
                    int i = n * step;
                    var card = new MemoryMedium();
                    var flash = new MemoryMedium();
                    card.Restore(cuts[i].Card);
                    flash.Restore(cuts[i].Flash);
                    string? wrong = Boot.Run(card, flash, 31, done: camera => camera.RunUntil(camera.NowUs + SignedUs));
                    foreach (RecordingResult recording in wrong == null ? CutVerdictTests.Judge(card) : [])
                    {
                        judged.Add(recording.Segments.Count);
                        wrong ??= Wrong(recording);
                    }

                    if (wrong != null)
                    {
                        failed.Add($"{i}: {wrong}");
                    }
                }
            );
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut, long pre-event, {(isSealed ? "sealed" : "clear")}: {cuts.Count} writes, every {step}, "
                    + $"{judged.Count} recordings of up to {judged.Max()} segments judged, {failed.Count} failed"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Order(StringComparer.Ordinal).Take(12)));
            Assert.IsGreaterThan(2, judged.Max());
        }

        private static string? Wrong(RecordingResult recording)
        {
            if (recording.Verdict != Verdict.Authentic)
            {
                return $"{recording.Verdict}: " + string.Join("; ", recording.Findings.Where(f => f.Severity >= Severity.Missing));
            }

            // What of the pre-event is not there is told by its segments or frames.
            bool isWhole =
                recording.Segments.Count(s => s.Header!.Segment < recording.FirstLive) == recording.FirstLive
                && recording.Segments.Where(s => s.Header!.Segment < recording.FirstLive).All(s => s.State == SegmentState.Closed)
                && recording.Segments.Last(s => s.Header!.Segment < recording.FirstLive).EndFrame == FirstOf(recording);
            bool isTold = recording.Findings.Any(f => f.Text.Contains("had not reached the card", StringComparison.Ordinal));
            return isWhole == isTold ? "the pre-event is " + (isWhole ? "whole, and called cut" : "not whole, and nothing says so")
                : recording.FromMs != 0 ? $"the recording begins at {recording.FromMs} ms"
                : null;
        }

        private static uint? FirstOf(RecordingResult recording) =>
            recording.Segments.SingleOrDefault(s => s.Header!.Segment == recording.FirstLive)?.Header!.FirstFrame;

        private static List<(MemorySnapshot Card, MemorySnapshot Flash)> Recorded(bool isSealed, out MemoryMedium card)
        {
            card = new MemoryMedium();
            var flash = new MemoryMedium();
            using Camera camera = Camera.Open(
                Shift.Options(5) with
                {
                    PreEventSeconds = PreEventSeconds,
                    Recipients = isSealed ? [Recipient] : [],
                },
                card,
                flash
            );
            while (camera.Firmware.State != RecorderState.Buffering || camera.NowUs < BufferedSeconds * 1e6)
            {
                camera.Step();
            }

            long pressed = camera.NowUs;
            camera.Parts.RecordButton.Hold(pressed, 90_000);
            camera.Parts.RecordButton.Hold(pressed + 250_000, 90_000);
            var watch = new Watch(camera, card, flash);
            camera.Parts.Card.Observer = watch;
            camera.RunUntil(pressed + (long)(RecordedSeconds * 1e6));
            camera.Parts.RecordButton.Hold(camera.NowUs, 3_200_000);
            camera.RunUntil(camera.NowUs + 12_000_000);
            return watch.Before;
        }

        private sealed class Watch(Camera camera, MemoryMedium card, MemoryMedium flash) : ISectorObserver
        {
            private long _writes = -1;

            public List<(MemorySnapshot Card, MemorySnapshot Flash)> Before { get; } = [];

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
            {
                if (camera.Parts.Card.Writes != _writes)
                {
                    _writes = camera.Parts.Card.Writes;
                    Before.Add((card.TakeSnapshot(), flash.TakeSnapshot()));
                }
            }
        }
    }
}
