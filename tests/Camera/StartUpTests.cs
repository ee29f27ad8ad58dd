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
    /// A press before the card is ready counts from the press: the pictures since power-on are kept, and what the recording states of
    /// itself is what its own times say.
    /// </summary>
    [TestClass]
    public class StartUpTests
    {
        private const int IntervalMs = 100;

        // From power-on to the first picture: the sensor starts, and one exposure.
        private const int FirstPictureMs = 2_000;

        [TestMethod]
        [DataRow(false, DisplayName = "the slots are made")]
        [DataRow(true, DisplayName = "a new card")]
        public void APressBeforeTheCardIsReadyCountsFromThePress(bool isNew)
        {
            for (int pressMs = 200; pressMs < 5_000; pressMs += 1_200)
            {
                (MemoryMedium card, MemoryMedium flash) = isNew ? (new MemoryMedium(), new MemoryMedium()) : Made();
                using var bench = new Bench(o => o with { PreEventSeconds = 10 }, card, flash);
                bench.Run(pressMs / 1000.0);
                bool wasReady = bench.State == OperatingState.Buffering;
                bench.DoublePress();
                bench.Until(OperatingState.Recording, 15);
                double readyMs = bench.NowUs / 1000.0;
                bench.Run(20);
                bench.Stop();
                StoredRecording recording = bench.Stored().Recordings.Single();
                RecordingResult verdict = bench.Judge().Single();
                Verdicts.RequireAuthentic(verdict);
                long firstMs = recording.ZeroMs + recording.Frames[0].TimeMs;
                string when = $"pressed at {pressMs} ms, recording at {readyMs:0} ms";
                Console.WriteLine(
                    $"{when}, ready then: {wasReady}; first picture at {firstMs} ms, {verdict.Capture!.Missed} missed, "
                        + $"longest gap {verdict.Capture.LongestGap} ms"
                );
                Assert.IsLessThan(FirstPictureMs, firstMs, when + ": the first pictures are lost");
                RequireOwnTimes(recording, verdict, pressMs, when);
            }
        }

        // The manifest's figures, computed anew from the times in the file.
        private static void RequireOwnTimes(StoredRecording recording, RecordingResult verdict, long pressMs, string when)
        {
            IReadOnlyList<StoredFrame> frames = recording.Frames;
            CaptureCount capture = verdict.Capture!;
            Statistics statistics = verdict.Statistics!;
            Assert.AreEqual((ulong)frames.Count, capture.Frames, when);
            Assert.AreEqual(frames.Count * 100_000.0 / frames[^1].EndMs, statistics.FramesPerSecondX100, 1, when + ": frames a second");
            long gap = frames.Zip(frames.Skip(1), (a, b) => b.TimeMs - a.TimeMs).Max();
            Assert.AreEqual((ulong)gap, capture.LongestGap, when + ": longest gap");

            // Each time of the grid since the press has its picture, or is counted as missed or dropped.
            long from = pressMs - recording.ZeroMs;
            long due = (frames[^1].EndMs - from) / IntervalMs;
            long pictures = frames.Count(f => f.TimeMs >= from);
            long stated = (long)(capture.Missed + capture.Damaged + capture.NoMemory);

            // Where the rate was lowered fewer were due, but no fewer than at the lowest rate; one lag of half a second is caught up with.
            long least = due * (long)statistics.LowestFramesPerSecondX100 * IntervalMs / 100_000;
            string counted = $"{when}: {due} pictures were due, {pictures} are there, {stated} are stated as missed";
            Assert.IsInRange(least - 5, due + 3, pictures + stated, counted);
        }

        private static (MemoryMedium Card, MemoryMedium Flash) Made()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            using var bench = new Bench(null, card, flash);
            bench.Ready();
            return (card, flash);
        }
    }
}
