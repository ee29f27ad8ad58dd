// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Recorder;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// At the press live footage goes to the card at once and pre-event footage follows; between them nothing is lost or comes twice.
    /// </summary>
    [TestClass]
    public sealed class LiveFirstTests
    {
        // A press counts once its contacts have been quiet for this long.
        private const long DebounceUs = GestureDecoder.DebounceUs;

        // What may be under way when a press comes: the read of a picture (19 ms at 18 KB and 8 MHz), or one sleep. Then the card's own
        // time: one sector read and two written for the catalogue, four sectors for the init, 1 ms a call.
        private const long LoopTurnUs = 30_000;
        private const long CardUs = 20_000;

        [TestMethod]
        public void ThePresentIsOnTheCardWithinOneTurnAndTheCardsTime()
        {
            var delays = new List<long>();
            using var bench = new Bench(o => o with { PreEventSeconds = 3, CardMegabytes = 80 });
            var log = new WriteLog(bench.Parts.Clock);
            bench.Parts.Card.Observer = log;
            bench.Ready(4);
            var random = new Random(1);
            for (int n = 0; n < 20; n++)
            {
                bench.Run(3 + random.NextDouble());
                log.Writes.Clear();
                long pressed = bench.Start();
                bench.Run(1);
                (long at, string path, long sector) = log.Writes[0];
                delays.Add(at - pressed);
                bench.Stop();

                StoredCard card = bench.Stored();
                StoredRecording recording = card.Recordings[^1];
                StoredSegment live = recording.Segments.Single(s => s.Segment == s.FirstLive);
                Assert.AreEqual(1, recording.FirstLive);
                Assert.AreEqual(StoredCard.Path(live.Slot), path, "something else than the present was written first");
                Assert.AreEqual(0L, sector);
                int firstOfPast = log.Writes.FindIndex(w => w.Path == StoredCard.Path(recording.Segments[0].Slot));
                Assert.IsGreaterThan(0, firstOfPast);
                RecordingChecks.RequireContinuous(recording);
                RecordingChecks.RequirePictures(recording, bench.Pictures);
            }

            Console.WriteLine(
                $"second press to first live write: {delays.Min() / 1000.0:F1} to {delays.Max() / 1000.0:F1} ms, of which "
                    + $"{DebounceUs / 1000} ms debouncing"
            );
            Assert.IsLessThanOrEqualTo(DebounceUs + LoopTurnUs + CardUs, delays.Max());
            foreach (RecordingResult r in bench.Judge())
            {
                Verdicts.RequireAuthentic(r);
            }
        }

        [TestMethod]
        public void APresentThatOverlapsALongPastRunsOnInOrder()
        {
            // 20 s of past at the speed that the present leaves free: both are written side by side for a long while.
            using var bench = new Bench(o => o with { PreEventSeconds = 20, CardKilobytesPerSecond = 300 });
            bench.Ready(22);
            bench.Start();
            bench.Run(40);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePictures(recording, bench.Pictures);
            Assert.IsGreaterThan(1, recording.FirstLive, "pre-event footage should need several segments");
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(20_000UL, verdict.PreEvent!.Asked);
            Assert.IsGreaterThanOrEqualTo(19_850UL, verdict.PreEvent.Obtained, "reaches back as far as asked, to a frame");
            Assert.IsLessThanOrEqualTo(20_000UL, verdict.PreEvent.Obtained);
            Assert.AreEqual((uint)ShortfallReason.None, verdict.PreEvent.Reason);
        }

        [TestMethod]
        public void ASecondRecordingRightAfterTheFirstLosesNothing()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 10 });
            bench.Ready(12);
            bench.Start();
            bench.Run(1);
            long stopped = bench.Hold();
            while (bench.NowUs < stopped + 300_000)
            {
                bench.Camera.Step();
            }

            Assert.AreEqual(OperatingState.Closing, bench.State, "pre-event footage should still be on its way to the card");
            bench.DoublePress();
            bench.Run(0.5);
            Assert.AreEqual(OperatingState.Closing, bench.State);
            bench.Until(OperatingState.Recording);
            bench.Run(5);
            bench.Stop();

            StoredCard card = bench.Stored();
            Assert.HasCount(2, card.Recordings);
            int first = RecordingChecks.RequirePictures(card.Recordings[0], bench.Pictures);
            int second = RecordingChecks.RequirePictures(card.Recordings[1], bench.Pictures);
            Assert.AreEqual(
                first + card.Recordings[0].Frames.Count,
                second,
                "the second recording begins with the picture after the last of the first"
            );
            foreach (StoredRecording recording in card.Recordings)
            {
                RecordingChecks.RequireContinuous(recording);
            }

            IReadOnlyList<RecordingResult> verdicts = bench.Judge();
            foreach (RecordingResult r in verdicts)
            {
                Verdicts.RequireAuthentic(r);
            }

            Assert.AreEqual((uint)ShortfallReason.PreviousRecording, verdicts[1].PreEvent!.Reason);
            CollectionAssert.AreEqual(verdicts[0].LastClose, verdicts[1].LastManifest!.PreviousRecording);
        }

        [TestMethod]
        public void WithoutAPreEventTheRecordingBeginsAtThePress()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 0 });
            bench.Ready(5);
            long pressed = bench.Start() - Bench.DoubleUs;
            bench.Run(4);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            int first = RecordingChecks.RequirePictures(recording, bench.Pictures);
            Assert.IsGreaterThanOrEqualTo(pressed, bench.Pictures[first].CommandedUs, "a picture from before the press was kept");
            Assert.IsLessThan(pressed, bench.Pictures[first - 1].CommandedUs, "a picture from after the press was not kept");
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(0UL, verdict.PreEvent!.Asked);
            Assert.AreEqual(0UL, verdict.PreEvent.Obtained);
            Assert.AreEqual((uint)ShortfallReason.None, verdict.PreEvent.Reason);
        }

        [TestMethod]
        public void AStopRightAfterTheStartGivesAWholeRecording()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 2 });
            bench.Ready(3);
            bench.DoublePress();
            while (bench.State != OperatingState.Recording)
            {
                bench.Camera.Step();
            }

            bench.Run(0.2);
            long stopped = bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePictures(recording, bench.Pictures);
            Verdicts.RequireAuthentic(bench.Judge().Single());
            Assert.IsGreaterThanOrEqualTo(
                stopped / 1000 - recording.ZeroMs,
                recording.Frames[^1].EndMs,
                "the last frame lasts until the stop"
            );
        }

        [TestMethod]
        public void APressSoonAfterPowerOnSaysThatTheCameraWasNotLongEnoughOn()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 120 });
            bench.Ready(3);
            bench.Start();
            bench.Run(1);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((uint)ShortfallReason.Started, verdict.PreEvent!.Reason);
        }

        [TestMethod]
        public void APressWhileBootingIsKept()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.Reboot();
            bench.DoublePress();
            bench.Run(0.5);
            Assert.AreEqual(OperatingState.Booting, bench.State);
            bench.Until(OperatingState.Recording);
            bench.Run(2);
            bench.Stop();
            RecordingChecks.RequirePictures(bench.Stored().Recordings.Single(), bench.Pictures);
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        [TestMethod]
        public void APressDoesNotWaitForTheRecoveryOfWhatACutLeft()
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 1, SlotBytes = 4 << 20 });
            bench.Ready(2);
            bench.Start();
            bench.Run(12);
            long lastMs = bench.Pictures[^1].CommandedUs / 1000;
            bench.Reboot();
            while (!bench.Camera.Firmware.IsRecovering)
            {
                bench.Camera.Step();
            }

            bench.Run(0.5);
            long pressedUs = bench.DoublePress();
            bench.Until(OperatingState.Recording, 1);
            bench.Run(4);
            Assert.IsFalse(bench.Camera.Firmware.IsRecovering, "recovery goes on beside a recording");
            bench.Stop();
            bench.Run(0.3);
            Assert.IsTrue(bench.Camera.Firmware.IsRecovering, "recovery was over already: this shows nothing");

            // Again, in the midst of it.
            bench.Start();
            bench.Run(2);
            bench.Stop();
            while (!bench.Camera.Firmware.Recovery.IsDone)
            {
                bench.Camera.Step();
            }

            bench.Run(1);

            IReadOnlyList<RecordingResult> judged = bench.Judge();
            Assert.HasCount(3, judged);
            foreach (RecordingResult recording in judged)
            {
                Verdicts.RequireAuthentic(recording);
            }

            Assert.IsNotNull(judged[0].Recovery);
            Assert.IsLessThanOrEqualTo(
                1000,
                lastMs - ((long)judged[0].ZeroMonotonic + judged[0].ToMs!.Value),
                "more than a second of live footage is lost"
            );
            Assert.IsNull(judged[1].LastManifest!.PreviousRecording, "the recording before was not closed yet");
            IReadOnlyList<StoredRecording> stored = bench.Stored().Recordings;
            Assert.IsLessThanOrEqualTo(pressedUs / 1000, stored[1].ZeroMs + stored[1].Frames[0].TimeMs);
            RecordingChecks.RequirePictures(stored[1], bench.Pictures);
            RecordingChecks.RequirePictures(stored[2], bench.Pictures);

            // The one after knows the one before again.
            bench.Start();
            bench.Run(1);
            bench.Stop();
            judged = bench.Judge();
            CollectionAssert.AreEqual(judged[2].LastClose, judged[3].LastManifest!.PreviousRecording);
        }
    }
}
