// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Scenes;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Recorded footage goes through sensor chip, driver, ring and card and comes out bit for bit.</summary>
    [TestClass]
    public sealed class FootageTests
    {
        private const int Pictures = 200;

        [TestMethod]
        [DataRow(1 << 20, 5, DisplayName = "small slots: the present runs through several segments")]
        [DataRow(256 << 10, 15, DisplayName = "smallest slots: pre-event footage runs through several segments too")]
        [DataRow(8 << 20, 30, DisplayName = "as delivered")]
        public void TwoHundredPicturesComeOutBitForBit(int slotBytes, int preEventSeconds)
        {
            if (Shared.Find("footage/people-vga-10fps.mjpeg") is not string path)
            {
                return;
            }

            using var footage = new MjpegScene(path);
            var scene = new SequenceScene(footage);
            Assert.AreEqual(Pictures, scene.Count);
            using var bench = new Bench(
                o => o with { SlotBytes = slotBytes, PreEventSeconds = preEventSeconds },
                scene: scene,
                keepBytes: true
            );
            bench.Until(OperatingState.Buffering, 120);
            bench.Run(preEventSeconds + 1);
            bench.Start();
            bench.Run(25);
            bench.Stop();

            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            RecordingChecks.RequirePictures(recording, bench.Pictures, verdict.PreEvent);
            Assert.IsNotEmpty(recording.Past);
            Assert.IsNotEmpty(recording.Present);
            Assert.IsGreaterThanOrEqualTo(Pictures, recording.Frames.Count);

            // One picture of the footage after the other, from wherever it was at the beginning. Of the older ones some are left out.
            for (int i = 0; i < recording.Frames.Count; i++)
            {
                int at = RecordingChecks.PictureAt(bench.Pictures, recording.ZeroMs + recording.Frames[i].TimeMs);
                Assert.IsTrue(
                    scene[at].AsSpan().SequenceEqual(recording.Frames[i].Jpeg),
                    $"frame {i} is not picture {at % Pictures} of the footage"
                );
            }

            Assert.AreEqual(0, bench.Parts.Sensor.LostWrites, "the driver wrote to the chip while it was busy");
            Console.WriteLine(
                $"{recording.Frames.Count} frames in {recording.Segments.Count} segments (past {recording.Past.Count()} in "
                    + $"{recording.FirstLive}), all as the chip took them"
            );
        }

        [TestMethod]
        public void EveryWriteIsWholeSectorsInsideItsFile()
        {
            using var bench = new Bench();
            bench.Ready(3);
            bench.Start();
            long growing = bench.Parts.Card.GrowingWrites;
            bench.Run(10);
            bench.Stop();
            Assert.AreEqual(0L, bench.Parts.Card.UnalignedWrites);
            Assert.AreEqual(growing, bench.Parts.Card.GrowingWrites);
        }
    }
}
