// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Evidence;
using Lapel.Recorder;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The pre-event time that is asked for is obtained, and what is stated of it is what is in the file.</summary>
    [TestClass]
    public sealed class PreEventLengthTests
    {
        [TestMethod]
        [DataRow(10, 30)]
        [DataRow(15, 30)]
        [DataRow(10, 60)]
        [DataRow(10, 120)]
        public void WhatIsAskedForIsObtained(int rate, int seconds)
        {
            using var bench = new Bench(o => o with { PreEventSeconds = seconds, FramesPerSecond = rate });
            PreEvent past = Record(bench, seconds);
            long keptMs = bench.Camera.Firmware.Ring.KeepEach * 1000 / rate;
            Assert.IsLessThanOrEqualTo(past.Asked, past.Obtained);
            Assert.IsGreaterThan((long)past.Asked - keptMs - 1000 / rate, (long)past.Obtained, "to one kept picture");
            Assert.AreEqual((uint)ShortfallReason.None, past.Reason);
            Assert.IsGreaterThanOrEqualTo((ulong)PreEventThinning.WholeMs, past.Unthinned);
            Assert.IsLessThan(PreEventThinning.WholeMs + 2000UL, past.Unthinned, "memory did not need to be thinned");
        }

        [TestMethod]
        public void WhereMemoryDoesNotSufficeTheNewestAreKeptAndItIsSaid()
        {
            using var bench = new Bench(
                o => o with { PreEventSeconds = 120, CardMegabytes = 160, SlotBytes = 8 << 20, CardKilobytesPerSecond = 4000 },
                scene: new NoiseScene { Bytes = 80_000 }
            );
            PreEvent past = Record(bench, 120);
            Assert.AreEqual((uint)ShortfallReason.Memory, past.Reason);
            Assert.IsLessThan(118_000UL, past.Obtained);
        }

        // Records after so long and a little, and requires that the file holds what is stated, each picture bit for bit.
        private static PreEvent Record(Bench bench, int seconds)
        {
            bench.Until(OperatingState.Buffering);
            bench.Run(seconds + 25);
            bench.Start();
            bench.Run(20 + seconds / 2);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(0, verdict.Findings.Count);
            Assert.AreEqual(0UL, verdict.Capture!.NoMemory);
            PreEvent past = verdict.PreEvent!;
            Console.WriteLine(past);
            Assert.AreEqual((ulong)seconds * 1000, past.Asked);
            long wholeFromMs = (long)(past.Obtained - past.Unthinned);
            Assert.AreEqual(0, recording.Frames[0].TimeMs);
            Assert.AreEqual((int)past.Frames, recording.Past.Count());
            Assert.AreEqual((int)past.UnthinnedFrames, recording.Past.Count(f => f.TimeMs >= wholeFromMs));
            RecordingChecks.RequirePictures(recording, bench.Pictures, past);
            return past;
        }
    }
}
