// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    /// <summary>The Mega driver's state machine over a scripted bus.</summary>
    [TestClass]
    public class MegaCameraTests
    {
        private static ScriptedBus s_bus;
        private static MegaCamera s_camera;
        private static long s_now;

        [TestMethod]
        public void BeginWritesTheVendorsSequence()
        {
            Begin(FrameSize.Vga, FrameQuality.High);
            int[] expected = new int[] { 0x0055, 0x00AA, 0x0740, 0x0A78, 0x2001, 0x2185, 0x2A00 };
            Assert.AreEqual(expected.Length, s_bus.Count);
            for (int n = 0; n < expected.Length; n++)
            {
                Assert.AreEqual(expected[n], s_bus.Written[n], "write " + n.ToString());
            }

            Assert.AreEqual(0x86 | (25 << 24) | (6 << 16) | (17 << 8), s_camera.Identity);
        }

        [TestMethod]
        public void EachWriteWaitsForIdle()
        {
            New();
            s_camera.Begin(FrameSize.Vga, FrameQuality.High);
            Step();
            int before = s_bus.Count;
            s_bus.Busy = 3;
            for (int n = 0; n < 3; n++)
            {
                Step();
            }

            Assert.AreEqual(before, s_bus.Count, "nothing is written while the module is busy in reset");
            // Idle: identity and device address; then busy again.
            Step();
            Step();
            Assert.AreEqual(before + 1, s_bus.Count);
            s_bus.Busy = 2;
            Step();
            Step();
            Assert.AreEqual(before + 1, s_bus.Count);
            Step();
            Assert.AreEqual(before + 2, s_bus.Count);
        }

        [TestMethod]
        public void ADeadBusIsAbsentAfterThreeTries()
        {
            New();
            s_bus.Dead = true;
            s_camera.Begin(FrameSize.Vga, FrameQuality.High);
            Assert.AreEqual((int)CameraState.Starting, (int)Step());
            Assert.AreEqual((int)CameraState.Starting, (int)Step());
            Assert.AreEqual((int)CameraState.Fault, (int)Step());
            Assert.AreEqual((int)CameraFault.Absent, (int)s_camera.Fault);
        }

        [TestMethod]
        public void ABusTooBusyIsStuckAfterItsPolls()
        {
            Begin(FrameSize.Vga, FrameQuality.High);
            s_bus.Busy = MegaLimits.RegisterPolls;
            s_camera.SetQuality(FrameQuality.Low, s_now);
            for (int n = 1; n < MegaLimits.RegisterPolls; n++)
            {
                Assert.AreEqual((int)CameraState.Starting, (int)Step());
            }

            Assert.AreEqual((int)CameraState.Fault, (int)Step());
            Assert.AreEqual((int)CameraFault.Stuck, (int)s_camera.Fault);
        }

        [TestMethod]
        public void APictureIsReadInBurstsOfAtMost16384Bytes()
        {
            Begin(FrameSize.Vga, FrameQuality.High);
            s_bus.SetLength(40000);
            s_camera.Capture(s_now);
            Assert.AreEqual((int)CameraState.Exposing, (int)Step());
            s_bus.SetDone(true);
            Assert.AreEqual((int)CameraState.FrameReady, (int)Step());
            Assert.AreEqual(40000, s_camera.FrameLength);
            byte[] page = new byte[32768];
            s_camera.Read(page, 0, 32768);
            Assert.AreEqual(2, s_bus.Bursts);
            Assert.AreEqual(1, s_bus.FirstBursts);
            Assert.AreEqual((byte)(32767 & 0xFF), page[32767]);
            s_camera.Read(page, 100, 40000 - 32768);
            Assert.AreEqual(3, s_bus.Bursts);
            Assert.AreEqual(1, s_bus.FirstBursts, "one dummy byte a picture");
            Assert.AreEqual(16384, s_bus.LongestBurst);
            Assert.AreEqual((byte)(32768 & 0xFF), page[100]);
            s_camera.EndFrame();
            Assert.AreEqual((int)CameraState.Idle, (int)Step());
        }

        [TestMethod]
        public void ImpossibleLengthsAreRetriedFiveTimes()
        {
            int[] lengths = new int[] { 0, 262145, 8388607, 8390520, 16777215 };
            for (int n = 0; n < lengths.Length; n++)
            {
                Begin(FrameSize.Vga, FrameQuality.High);
                s_bus.SetDone(true);
                s_bus.SetLength(lengths[n]);
                s_camera.Capture(s_now);
                for (int k = 1; k < MegaLimits.FailedCaptures; k++)
                {
                    Assert.AreEqual((int)CameraState.Exposing, (int)Step());
                    Assert.AreEqual(k, s_camera.Retries);
                }

                Assert.AreEqual((int)CameraState.Fault, (int)Step());
                CameraFault fault =
                    lengths[n] > MegaLimits.LongestPicture && lengths[n] <= MegaLimits.LongestLength
                        ? CameraFault.PicturesTooLarge
                        : CameraFault.NoPicture;
                Assert.AreEqual((int)fault, (int)s_camera.Fault, "length " + lengths[n]);
                Assert.AreEqual(MegaLimits.FailedCaptures, s_bus.Captures);
            }
        }

        [TestMethod]
        public void TheLongestPictureIsTaken()
        {
            Begin(FrameSize.Vga, FrameQuality.High);
            s_bus.SetDone(true);
            s_bus.SetLength(262144);
            s_camera.Capture(s_now);
            Assert.AreEqual((int)CameraState.FrameReady, (int)Step());
        }

        [TestMethod]
        public void PollsAreTwoMillisecondsApart()
        {
            Begin(FrameSize.Vga, FrameQuality.High);
            s_bus.SetLength(1000);
            s_camera.Capture(s_now);
            s_bus.SetDone(true);
            Assert.AreEqual((int)CameraState.Exposing, (int)s_camera.Step(s_now + MegaLimits.PollUs - 1));
            Assert.AreEqual((int)CameraState.FrameReady, (int)s_camera.Step(s_now + MegaLimits.PollUs));
        }

        private static void New()
        {
            s_bus = new ScriptedBus();
            s_camera = new MegaCamera(s_bus);
            s_now = 1000000;
        }

        private static void Begin(FrameSize size, FrameQuality quality)
        {
            New();
            s_camera.Begin(size, quality);
            for (int n = 0; n < 20; n++)
            {
                if (Step() == CameraState.Idle)
                {
                    return;
                }
            }

            Assert.IsTrue(false, "not idle after 20 steps");
        }

        private static CameraState Step()
        {
            s_now += 20000;
            return s_camera.Step(s_now);
        }
    }
}
