// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The power comes back, and the officer presses before what the cut left is closed: the recording goes first, recovery follows, and
    /// the power goes again at every sector of all that.
    /// </summary>
    [TestClass]
    public class StandAsideTests
    {
        private const long LongestUs = 120_000_000,
            RecordedUs = 4_000_000,
            TapUs = 100_000,
            StopUs = 3_300_000,
            LostMs = 1000;

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void ACutInTheRecordingThatWentBeforeTheRecoveryLosesNeither()
        {
            Shift shift = Shift.Run(false);
            TrustedKey key = Key(shift);
            uint number = (uint)shift.Writes.First(w => w.Recording != 0).Recording;
            List<WriteRecord> recording = [.. shift.Writes.Where(w => w.Recording == number)];

            // With pre-event footage and the present open; with the present alone.
            WriteRecord[] first = [recording[recording.Count / 8], recording[recording.Count / 2]];
            int cuts = 0;
            var failed = new List<string>();
            foreach (WriteRecord at in first)
            {
                Dictionary<string, SegmentResult> undisturbed = Recovered(shift, at, key);
                var run = new Run(shift, at);
                Assert.IsFalse(run.RecoveredAtPress, "recovery was over before the press: this shows nothing");
                failed.AddRange(Check(run.Card, undisturbed, key, number + 1, null).Select(w => "no second cut: " + w));
                foreach (Run.Write write in run.Writes)
                {
                    var card = new MemoryMedium { Stale = shift.Stale };
                    card.Restore(write.Card);
                    var flash = new MemoryMedium();
                    flash.Restore(write.Flash);
                    string? wrong = Boot.Run(card, flash, 21);
                    cuts++;
                    failed.AddRange(
                        (wrong != null ? [wrong] : Check(card, undisturbed, key, number + 1, write)).Select(w =>
                            $"cut at write {at.Index}, again before {write.Path} sector {write.Sector}: {w}"
                        )
                    );
                }
            }

            TestContext.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"power-cut, a press before recovery: {cuts} cuts, {failed.Count} failed")
            );
            Assert.IsGreaterThan(200, cuts);
            Assert.IsEmpty(failed, string.Join("\n", failed.Take(10)));
        }

        /// <summary>
        /// What is wrong: of the recording that was cut first everything that authenticates is closed, and of the one after it at most a
        /// second is lost.
        /// </summary>
        private static IEnumerable<string> Check(
            MemoryMedium card,
            Dictionary<string, SegmentResult> undisturbed,
            TrustedKey key,
            uint number,
            Run.Write? cut
        )
        {
            Dictionary<string, SegmentResult> found = Segments(card, key);
            foreach ((string path, SegmentResult before) in undisturbed)
            {
                SegmentResult after = found[path];
                if (after.State != SegmentState.Closed || after.HasErrors || after.SignedFragments != before.SignedFragments)
                {
                    yield return $"{path}: {after.State}, {after.SignedFragments} of {before.SignedFragments} fragments: "
                        + $"{after.Findings.FirstOrDefault()}";
                }
            }

            List<SegmentResult> segments = [.. found.Values.Where(s => s.State != SegmentState.None)];
            foreach (SegmentResult open in segments.Where(s => s.State == SegmentState.Open))
            {
                yield return open.Name + " is still open";
            }

            foreach (RecordingResult recording in RecordingVerifier.Judge(segments).Where(r => r.Verdict == Verdict.NotAuthentic))
            {
                yield return $"recording {recording.RecordingNumber} is not authentic: "
                    + $"{recording.Findings.First(f => f.Severity == Severity.Error)}";
            }

            if (cut is not { PicturesEndMs: > 0 })
            {
                yield break;
            }

            long end = segments
                .Where(s => s.Header!.RecordingNumber == number && s.Segment >= s.Header.FirstLive && s.EndTime != null)
                .Select(s => cut.ZeroMs + s.EndTime!.Value)
                .DefaultIfEmpty(cut.PressMs)
                .Max();
            if (cut.PicturesEndMs - end > LostMs)
            {
                yield return cut.PicturesEndMs - end + " ms of live footage are lost";
            }
        }

        private static Dictionary<string, SegmentResult> Recovered(Shift shift, WriteRecord at, TrustedKey key)
        {
            (MemoryMedium card, MemoryMedium flash) = Media(shift, at);
            Assert.IsNull(Boot.Run(card, flash, 21));
            return Segments(card, key).Where(s => s.Value.State != SegmentState.None).ToDictionary();
        }

        private static Dictionary<string, SegmentResult> Segments(MemoryMedium card, TrustedKey key) =>
            card
                .Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal))
                .ToDictionary(
                    f => f,
                    f =>
                        SegmentVerifier.Verify(
                            new MemorySource(card.ReadAll(f)),
                            f,
                            uint.Parse(f.AsSpan(f.Length - 12, 8), CultureInfo.InvariantCulture),
                            KeyChoice.Given(key)
                        )
                );

        private static (MemoryMedium Card, MemoryMedium Flash) Media(Shift shift, WriteRecord at)
        {
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(at.Card);
            var flash = new MemoryMedium();
            flash.Restore(at.Flash);
            return (card, flash);
        }

        private static TrustedKey Key(Shift shift)
        {
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(shift.FinalCard);
            return TrustedKey.Parse(card.ReadAll("LAPEL/DEVICE.PUB"));
        }

        /// <summary>The boot with its press, the recording, its stop and the recovery, each write kept.</summary>
        private sealed class Run : ISectorObserver
        {
            private readonly MemoryMedium _flash;
            private readonly Camera _camera;

            public Run(Shift shift, WriteRecord at)
            {
                (Card, _flash) = Media(shift, at);
                using Camera camera = _camera = Camera.Open(Shift.Options(21) with { Utc = null }, Card, _flash);
                camera.Parts.Card.Observer = this;
                camera.Parts.RecordButton.Hold(camera.NowUs + TapUs, TapUs);
                camera.Parts.RecordButton.Hold(camera.NowUs + 3 * TapUs, TapUs);
                Until(() => camera.Firmware.State == RecorderState.Recording);
                RecoveredAtPress = camera.Firmware.Recovery.IsDone;
                camera.RunUntil(camera.NowUs + RecordedUs);
                camera.Parts.RecordButton.Hold(camera.NowUs, StopUs);
                camera.RunUntil(camera.NowUs + StopUs);
                Until(() => camera.Firmware.State == RecorderState.Buffering && camera.Firmware.Recovery.IsDone);
            }

            public MemoryMedium Card { get; }

            public bool RecoveredAtPress { get; }

            public List<Write> Writes { get; } = [];

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
            {
                Lapel.App.Camera firmware = _camera.Firmware;
                bool running = firmware.State == RecorderState.Recording && firmware.Recording != null;
                long picturesEndMs =
                    running && firmware.Ring.Next > firmware.Ring.First
                        ? firmware.Ring.TimeMs(firmware.Ring.Next - 1) + 1000 / Shift.Options(0).FramesPerSecond
                        : 0;
                Writes.Add(
                    new Write(
                        Card.TakeSnapshot(),
                        _flash.TakeSnapshot(),
                        path,
                        sector,
                        picturesEndMs,
                        running ? firmware.Recording!.ZeroMs : 0,
                        running ? firmware.Recording!.ZeroMs + firmware.Recording.PreEventObtainedMs : 0
                    )
                );
            }

            private void Until(Func<bool> done)
            {
                while (!done())
                {
                    if (_camera.NowUs > LongestUs)
                    {
                        throw new InvalidDataException($"the camera is {_camera.Firmware.State}, {_camera.Firmware.CardStatus}");
                    }

                    _camera.Step();
                }
            }

            public sealed record Write(
                MemorySnapshot Card,
                MemorySnapshot Flash,
                string Path,
                long Sector,
                long PicturesEndMs,
                long ZeroMs,
                long PressMs
            );
        }
    }
}
