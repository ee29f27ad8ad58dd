// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A sensor that answers and gives no picture that anybody can look at: the officer sees it within seconds.</summary>
    [TestClass]
    public sealed class BadPictureTests
    {
        private static readonly Dictionary<string, Func<byte[], byte[]>> s_faults = new()
        {
            ["zeros"] = picture => new byte[picture.Length],
            ["no end marker"] = picture => picture[..^2].Concat(new byte[] { 0, 0 }).ToArray(),
            ["only the two markers"] = _ => new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 },
            ["larger than the ring takes"] = picture => Enlarged(picture, 262_145),
        };

        [TestMethod]
        [DataRow("zeros")]
        [DataRow("no end marker")]
        [DataRow("only the two markers")]
        [DataRow("larger than the ring takes")]
        public void IsAFaultAndEndsWhenPicturesComeAgain(string fault)
        {
            var scene = new SpoiledScene();
            using var bench = new Bench(scene: scene);
            bench.Ready(6);
            bench.Start();
            bench.Run(4);
            Assert.IsNull(bench.Camera.Status.Fault);
            scene.Spoil = s_faults[fault];
            bench.Run(3);
            Assert.AreEqual(OperatingState.Recording, bench.State);
            Assert.Contains("sensor", bench.Camera.Status.Fault!);
            bench.Run(8);
            Assert.Contains("sensor", bench.Camera.Status.Fault!, "the fault goes on");
            scene.Spoil = null;
            bench.Run(9);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Stop();

            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.IsGreaterThan(10_000L, verdict.GapMs);
            Assert.IsGreaterThan(0UL, verdict.Capture!.Damaged);
        }

        [TestMethod]
        public void PicturesTooLargeAtTheConfiguredQualityAreTakenCoarser()
        {
            var scene = new SpoiledScene { Spoil = picture => picture.Length > 12_000 ? Enlarged(picture, 300_000) : picture };
            using var bench = new Bench(scene: scene);
            bench.Ready(6);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Start();
            bench.Run(4);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((uint)FrameQuality.Low, (uint)verdict.Statistics!.LowestQuality);
        }

        [TestMethod]
        public void StrayBytesBeforeAWholePictureAreNoFault()
        {
            var scene = new SpoiledScene
            {
                Spoil = picture =>
                    new byte[] { 0 }
                        .Concat(picture)
                        .ToArray(),
            };
            using var bench = new Bench(scene: scene);
            bench.Ready(6);
            bench.Start();
            bench.Run(4);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
            Assert.IsTrue(bench.Stored().Recordings.Single().Frames.All(frame => frame.Jpeg is [0xFF, 0xD8, 0xFF, ..]));
        }

        private static byte[] Enlarged(byte[] picture, int length)
        {
            var large = new byte[length];
            picture.AsSpan(0, picture.Length - 2).CopyTo(large);
            large[^2] = 0xFF;
            large[^1] = 0xD9;
            return large;
        }
    }
}
