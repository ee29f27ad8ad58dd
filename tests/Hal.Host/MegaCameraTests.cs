// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    [TestClass]
    public class MegaCameraTests
    {
        [TestMethod]
        [DataRow(0x81)]
        [DataRow(0x82)]
        [DataRow(0x83)]
        [DataRow(0x84)]
        [DataRow(0x85)]
        [DataRow(0x86)]
        [DataRow(0x87)]
        public void EveryModelBeginsAndGivesTheSizeAskedFor(int id)
        {
            using var rig = new Rig();
            rig.Parts.Sensor.Id = (byte)id;
            rig.Parts.Sensor.FirmwareDate = (24, 11, 30);
            foreach (FrameSize size in Enum.GetValues<FrameSize>())
            {
                rig.BeginCamera(size);
                Assert.AreEqual(id | (24 << 24) | (11 << 16) | (30 << 8), rig.Camera.Identity);
                rig.TakePicture();
                FrameSize expected = size == FrameSize.Svga && id < 0x85 ? FrameSize.Vga : size;
                Assert.AreEqual(expected, rig.Parts.Sensor.Log.Pictures[^1].Size);
            }

            Assert.AreEqual(0x78, rig.Parts.Sensor.DeviceAddress);
            Assert.AreEqual(0, rig.Parts.Sensor.LostWrites, "the driver wrote while the chip was busy");
            Assert.AreEqual(0, rig.Camera.Retries);
        }

        [TestMethod]
        public void BeginTakesLittleMoreThanTheReset()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            Assert.IsLessThan(1_200_000L, rig.Parts.Clock.NowUs);
            Assert.IsGreaterThan(1_000_000L, rig.Parts.Clock.NowUs);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(511)]
        [DataRow(16_384)]
        [DataRow(16_385)]
        [DataRow(32_768)]
        public void PicturesComeBitForBitInPiecesOfAnySize(int piece)
        {
            using var rig = new Rig(new NoiseScene { Bytes = piece < 10 ? 600 : 50_000 });
            rig.Parts.Sensor.Log.KeepBytes = true;
            rig.BeginCamera();
            for (int n = 0; n < 5; n++)
            {
                byte[] picture = rig.TakePicture(piece);
                MegaPicture taken = rig.Parts.Sensor.Log.Pictures[n];
                Assert.AreEqual(taken.Length + taken.Padding, picture.Length);
                CollectionAssert.AreEqual(taken.Bytes, picture[..taken.Length]);
            }
        }

        [TestMethod]
        public void FootageComesBitForBit()
        {
            string? path = FootageScene.FindShared("footage/people-vga-10fps.mjpeg");
            if (path == null)
            {
                Assert.Inconclusive("shared/footage/people-vga-10fps.mjpeg is not here: skipped");
            }

            var scene = new FootageScene(File.ReadAllBytes(path!));
            Assert.HasCount(200, scene.Pictures);
            using var rig = new Rig(scene);
            rig.Parts.Sensor.Faults.BadCaptureOneIn = 10;
            rig.BeginCamera();
            foreach (byte[] expected in scene.Pictures)
            {
                byte[] got = rig.TakePicture();
                int end = got.AsSpan().LastIndexOf(new byte[] { 0xFF, 0xD9 }) + 2;
                CollectionAssert.AreEqual(expected, got[..end]);
                Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(expected)), rig.Parts.Sensor.Log.Pictures[^1].Sha256);
            }

            Assert.IsGreaterThan(5, rig.Camera.Retries, "one capture in ten was bad and tried again");
        }

        [TestMethod]
        public void APictureTakesAtMostTwoFrameTimesAndItsTransfer()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            for (int n = 0; n < 20; n++)
            {
                rig.Board.Clock.Sleep(10 + n * 10 % 40);
                long commanded = rig.Parts.Clock.NowUs;
                rig.TakePicture();
                MegaPicture taken = rig.Parts.Sensor.Log.Pictures[n];
                Assert.IsInRange(commanded, commanded + 33_333 + 200, taken.ExposedUs);
                // Two frames, one turn of the loop late, 20 kB at 8 MHz.
                Assert.IsLessThan(commanded + 2 * 33_333 + 20_000 + 22_000, rig.Parts.Clock.NowUs);
            }
        }

        [TestMethod]
        public void QualityChangesFromTheNextPictureOnAndOnlyInIdle()
        {
            using var rig = new Rig();
            rig.BeginCamera(FrameSize.Vga, FrameQuality.High);
            rig.TakePicture();
            rig.Camera.SetQuality(FrameQuality.Low, rig.Board.Clock.Microseconds);
            rig.Until(CameraState.Idle);
            rig.TakePicture();
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Camera.SetQuality(FrameQuality.High, rig.Board.Clock.Microseconds);
            Assert.AreEqual(CameraState.Exposing, rig.Camera.Step(rig.Board.Clock.Microseconds));
            rig.Until(CameraState.FrameReady);
            CollectionAssert.AreEqual(
                new[] { FrameQuality.High, FrameQuality.Low, FrameQuality.Low },
                rig.Parts.Sensor.Log.Pictures.Select(p => p.Quality).ToArray()
            );
            Assert.AreEqual(0, rig.Parts.Sensor.LostWrites);
        }

        [TestMethod]
        public void CaptureIsIgnoredOutsideIdle()
        {
            using var rig = new Rig();
            rig.Camera.Capture(0);
            Assert.AreEqual(CameraState.Off, rig.Camera.Step(0));
            rig.BeginCamera();
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Until(CameraState.FrameReady);
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            Assert.AreEqual(CameraState.FrameReady, rig.Camera.Step(rig.Board.Clock.Microseconds));
            Assert.HasCount(1, rig.Parts.Sensor.Log.Pictures);
        }

        [TestMethod]
        public void AnAbsentModuleIsAFaultAndCanBeRetried()
        {
            using var rig = new Rig();
            rig.Parts.Sensor.Faults.Absent = true;
            rig.Camera.Begin(FrameSize.Vga, FrameQuality.Default);
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.Absent, rig.Camera.Fault);
            Assert.AreEqual(0, rig.Camera.Identity);
            rig.Parts.Sensor.Faults.Absent = false;
            rig.BeginCamera();
            Assert.AreEqual(CameraFault.None, rig.Camera.Fault);
        }

        [TestMethod]
        [DataRow(0x00)]
        [DataRow(0x80)]
        [DataRow(0x88)]
        [DataRow(0xFF)]
        public void AnUnknownIdentityIsAFault(int id)
        {
            using var rig = new Rig();
            rig.Parts.Sensor.Id = (byte)id;
            rig.Camera.Begin(FrameSize.Vga, FrameQuality.Default);
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.UnknownIdentity, rig.Camera.Fault);
        }

        [TestMethod]
        public void AModuleStuckInResetIsAFaultWithinItsLimit()
        {
            using var rig = new Rig();
            rig.Parts.Sensor.Faults.StuckBusy = true;
            rig.Camera.Begin(FrameSize.Vga, FrameQuality.Default);
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.Stuck, rig.Camera.Fault);
            Assert.IsInRange(1_500_000L, 1_550_000L, rig.Parts.Clock.NowUs);
        }

        [TestMethod]
        public void AModuleStuckInASettingIsAFault()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            rig.Parts.Sensor.Faults.StuckBusy = true;
            rig.Camera.SetQuality(FrameQuality.Low, rig.Board.Clock.Microseconds);
            rig.Until(CameraState.Fault, 1);
            Assert.AreEqual(CameraFault.Stuck, rig.Camera.Fault);
        }

        [TestMethod]
        public void ACaptureNeverDoneIsAFaultAfterFiveTriesOf400Milliseconds()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            rig.Parts.Sensor.Faults.NeverDone = true;
            long commanded = rig.Parts.Clock.NowUs;
            rig.Camera.Capture(commanded);
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.NoPicture, rig.Camera.Fault);
            Assert.AreEqual(5, rig.Camera.Retries);
            Assert.IsInRange(2_000_000L, 2_100_000L, rig.Parts.Clock.NowUs - commanded);
        }

        [TestMethod]
        public void ZeroLengthFiveTimesIsAFault()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            rig.Parts.Sensor.Faults.ZeroLength = true;
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.NoPicture, rig.Camera.Fault);
        }

        [TestMethod]
        public void FourBadCapturesInARowAreRetriedAndCounted()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            rig.Parts.Sensor.Faults.BadCapturesNext = 4;
            rig.TakePicture();
            Assert.AreEqual(4, rig.Camera.Retries);
            rig.Parts.Sensor.Faults.BadCapturesNext = 4;
            rig.TakePicture();
            Assert.AreEqual(8, rig.Camera.Retries, "failures in a row start afresh with each capture");
            rig.Parts.Sensor.Faults.BadCapturesNext = 5;
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Until(CameraState.Fault);
        }

        [TestMethod]
        public void AModulePulledWhileCapturingIsAFault()
        {
            using var rig = new Rig();
            rig.BeginCamera();
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Parts.Sensor.Faults.Absent = true;
            rig.Until(CameraState.Fault);
            Assert.AreEqual(CameraFault.NoPicture, rig.Camera.Fault);
        }

        [TestMethod]
        public void ALateLoopIsNoFault()
        {
            using var rig = new Rig();
            rig.Camera.Begin(FrameSize.Vga, FrameQuality.Default);
            while (rig.Camera.Step(rig.Board.Clock.Microseconds) == CameraState.Starting)
            {
                rig.Board.Clock.Sleep(600);
            }

            Assert.AreEqual(CameraFault.None, rig.Camera.Fault);
            rig.Camera.Capture(rig.Board.Clock.Microseconds);
            rig.Board.Clock.Sleep(900);
            Assert.AreEqual(CameraState.FrameReady, rig.Camera.Step(rig.Board.Clock.Microseconds));
            Assert.AreEqual(0, rig.Camera.Retries);
        }
    }
}
