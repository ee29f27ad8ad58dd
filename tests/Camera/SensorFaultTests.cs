// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A sensor that is absent, goes away, or hangs.</summary>
    [TestClass]
    public sealed class SensorFaultTests
    {
        [TestMethod]
        public void AnAbsentSensorAtBootIsAFaultUntilItIsThere()
        {
            using var bench = new Bench();
            bench.ConnectSensor(false);
            bench.Until(OperatingState.Fault);
            Assert.Contains("sensor", bench.Camera.Status.Fault!);
            bench.DoublePress();
            bench.Run(2);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.AreEqual(0, bench.Camera.Status.Recordings);
            bench.ConnectSensor(true);
            bench.Until(OperatingState.Buffering, 10);
            bench.Run(4);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            RecordingChecks.RequirePictures(bench.Stored().Recordings.Single(), bench.Pictures);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((uint)ShortfallReason.SensorFault, verdict.PreEvent!.Reason);
        }

        [TestMethod]
        public void ASensorThatGoesAwayInTheMiddleLeavesAGapThatIsStated()
        {
            using var bench = new Bench();
            bench.Ready(6);
            bench.Start();
            bench.Run(10);
            bench.ConnectSensor(false);
            bench.Run(4);
            Assert.AreEqual(OperatingState.Recording, bench.State);
            Assert.Contains("sensor", bench.Camera.Status.Fault!);
            StoredRecording soFar = bench.Stored().Recordings.Single();
            Assert.AreEqual(
                bench.Camera.Firmware.Recording.Captured,
                soFar.Frames.Count,
                "all that was captured is on the card while the sensor is away"
            );
            bench.ConnectSensor(true);
            bench.Run(8);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Stop();

            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording, gaps: 1);
            RecordingChecks.RequirePicturesBut(recording, bench.Pictures, bench.MayMiss);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            long gap = recording.Frames.Zip(recording.Frames.Skip(1), (a, b) => b.TimeMs - a.TimeMs).Max();
            Assert.AreEqual((ulong)gap, verdict.Capture!.LongestGap);
            Assert.IsGreaterThan(30UL, verdict.Capture.Missed, "4 s without a picture are some 40 missed");
            Assert.IsGreaterThan(3_000L, verdict.GapMs);
            Console.WriteLine($"longest gap {gap} ms, missed {verdict.Capture.Missed}");
        }

        [TestMethod]
        [DataRow("busy")]
        [DataRow("never done")]
        [DataRow("no length")]
        public void AStuckSensorIsAFaultAndComesBack(string how)
        {
            using var bench = new Bench();
            bench.Ready(3);
            bench.Start();
            bench.Run(5);
            Set(bench.Parts.Sensor.Faults, how, true);
            bench.Run(6);
            Assert.Contains("sensor", bench.Camera.Status.Fault!);
            Assert.AreEqual(OperatingState.Recording, bench.State);
            Set(bench.Parts.Sensor.Faults, how, false);
            bench.Run(8);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording, gaps: 1);
            Verdicts.RequireAuthentic(bench.Judge().Single());
            Assert.IsGreaterThan(
                50,
                recording.Present.Count(f => f.TimeMs + recording.ZeroMs > bench.NowUs / 1000 - 12_000),
                "it records again"
            );
        }

        [TestMethod]
        public void ARecordingStoppedWithoutSensorIsWhole()
        {
            using var bench = new Bench();
            bench.Ready(3);
            bench.Start();
            bench.Run(3);
            bench.ConnectSensor(false);
            bench.Run(3);
            long stopped = bench.Hold();
            bench.Until(OperatingState.Fault);
            bench.Run(2);
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording, gaps: 0);
            RecordingChecks.RequirePicturesBut(recording, bench.Pictures, bench.MayMiss);
            Verdicts.RequireAuthentic(bench.Judge().Single());
            Assert.IsLessThan(
                stopped / 1000 - 2_000,
                recording.ZeroMs + recording.Frames[^1].EndMs,
                "the last frame before a sensor fault keeps one interval"
            );
        }

        [TestMethod]
        public void BadCapturesAreRetriedAndNothingHalfReachesTheCard()
        {
            using var bench = new Bench();
            bench.Parts.Sensor.Faults.BadCaptureOneIn = 10;
            bench.Ready(4);
            bench.Start();
            bench.Run(15);
            bench.Stop();
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePicturesBut(recording, bench.Pictures, _ => false);
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        private static void Set(MegaFaults faults, string how, bool on)
        {
            if (how == "busy")
            {
                faults.StuckBusy = on;
            }
            else if (how == "never done")
            {
                faults.NeverDone = on;
            }
            else
            {
                faults.ZeroLength = on;
            }
        }
    }
}
