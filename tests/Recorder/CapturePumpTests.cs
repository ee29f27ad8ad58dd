// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class CapturePumpTests
    {
        private static FakeClock _clock;
        private static FakeCamera _camera;
        private static FrameRing _ring;
        private static CapturePump _pump;

        private static void Make(int pages, int intervalMs)
        {
            _clock = new FakeClock();
            _camera = new FakeCamera(_clock);
            _ring = new FrameRing(pages, 256);
            _pump = new CapturePump(_camera, _ring, _clock);
            _pump.Configure(FrameSize.Vga, FrameQuality.Default, intervalMs);
        }

        // The loop: steps when due, else waits until it is.
        private static void RunTo(long untilMs)
        {
            while (_clock.NowUs < untilMs * 1000)
            {
                _pump.Step(_clock.NowUs);
                long next = _pump.NextDueUs;
                if (next > _clock.NowUs)
                {
                    _clock.NowUs = next < untilMs * 1000 ? next : untilMs * 1000;
                }
            }
        }

        private static void CheckPicture(int serial, int length)
        {
            int index = 0;
            for (int p = 0; p < _ring.Pieces(serial); p++)
            {
                byte[] page = _ring.PiecePage(serial, p);
                for (int i = 0; i < _ring.PieceLength(serial, p) && index < length; i++, index++)
                {
                    int value = page[_ring.PieceOffset(serial, p) + i];
                    bool marker = index < 4 || index >= length - 2;
                    if (marker == (value < 0x80))
                    {
                        Assert.IsTrue(false, "byte " + index + " is " + value);
                    }
                }
            }

            Assert.AreEqual(length, index);
        }

        [TestMethod]
        public void KeepsTheGrid()
        {
            Make(8, 100);
            Assert.AreEqual(0L, _pump.NextDueUs);
            RunTo(6500);
            Assert.AreEqual(1, _camera.Begins);
            // 1.5 s to begin, then ten a second.
            Assert.AreEqual(50, _pump.Captured);
            Assert.AreEqual(50 * 17000L, _pump.Bytes);
            Assert.AreEqual(0, _pump.Missed + _pump.DroppedNoMemory + _pump.DroppedCorrupt);
            Assert.AreEqual(100, _pump.LongestGapMs);
            long first = _ring.TimeMs(_ring.First);
            for (int i = _ring.First + 1; i < _ring.Next; i++)
            {
                first += 100;
                Assert.AreEqual(first, _ring.TimeMs(i));
            }
        }

        [TestMethod]
        public void ReadsWholePicturesPageByPage()
        {
            Make(12, 200);
            _camera.Length = 70001;
            RunTo(2100);
            Assert.AreEqual(3, _pump.Captured);
            Assert.AreEqual(32768, _camera.ReadLongest);
            int serial = _ring.First + 1;
            Assert.AreEqual(70001, _ring.Length(serial));
            int total = 0;
            int pieces = _ring.Pieces(serial);
            for (int p = 0; p < pieces; p++)
            {
                byte[] page = _ring.PiecePage(serial, p);
                int offset = _ring.PieceOffset(serial, p);
                int length = _ring.PieceLength(serial, p);
                for (int i = 0; i < length; i++)
                {
                    int index = total + i;
                    int expected =
                        index == 0 || index == 2 || index == 69999 ? 0xFF
                        : index == 1 ? 0xD8
                        : index == 3 ? 0xDB
                        : index == 70000 ? 0xD9
                        : index > 70000 ? 0
                        : 2;
                    if (page[offset + i] != expected)
                    {
                        Assert.AreEqual(expected, (int)page[offset + i], "byte " + index);
                    }
                }

                total += length;
            }

            Assert.AreEqual(70144, total);
        }

        [TestMethod]
        public void OneReadAStep()
        {
            Make(12, 200);
            RunTo(1560);
            while (_pump.Captured == 0)
            {
                long before = _clock.NowUs;
                _pump.Step(_clock.NowUs);
                Assert.IsTrue(_clock.NowUs - before <= 32768, "a step held the loop for longer than one page takes");
                _clock.NowUs += 10;
            }
        }

        [TestMethod]
        public void AStallIsCaughtUp()
        {
            Make(12, 100);
            RunTo(3550);
            int captured = _pump.Captured;
            _clock.NowUs += 500000;
            long late = _clock.NowUs / 1000;
            Assert.AreEqual(0, _pump.LateMs);
            RunTo(late + 30);
            Assert.IsTrue(_pump.LateMs >= 400 && _pump.LateMs <= 500, "late by " + _pump.LateMs);
            RunTo(6500);
            // Five slots were late and none is lost; the time told is when the picture was taken.
            Assert.AreEqual(50, _pump.Captured);
            Assert.AreEqual(0, _pump.Missed);
            Assert.IsTrue(_pump.LongestGapMs >= 450 && _pump.LongestGapMs <= 600, "gap " + _pump.LongestGapMs);
            long time = _ring.TimeMs(captured + 1);
            Assert.IsTrue(time >= late, "taken at " + time + ", before the stall ended at " + late);
            long end = _ring.TimeMs(_ring.Next - 1);
            Assert.AreEqual(6400L, end);
            Assert.AreEqual(0, _pump.LateMs);
        }

        [TestMethod]
        public void ALongStallGivesSlotsUp()
        {
            Make(12, 100);
            RunTo(3550);
            int captured = _pump.Captured;
            _clock.NowUs += 3000000;
            RunTo(7550);
            Assert.AreEqual(29, _pump.Missed);
            Assert.IsTrue(_pump.Captured - captured <= 11, "a burst of " + (_pump.Captured - captured));
            Assert.AreEqual(60, _pump.Captured + _pump.Missed);
        }

        [TestMethod]
        public void TheNextCaptureIsTriggeredInTheStepThatEndsTheRead()
        {
            Make(12, 75);
            RunTo(2000);
            int captured = _pump.Captured;
            while (_pump.Captured == captured)
            {
                _pump.Step(_clock.NowUs);
                _clock.NowUs += 10;
            }

            // 60 ms and 17 ms are more than 75 ms: due while reading, so taken before the frame is handed over.
            Assert.AreEqual(_pump.Captured + 1, _camera.Captures);
        }

        [TestMethod]
        public void TimesAndSumsPerStage()
        {
            Make(12, 100);
            RunTo(2480);
            Assert.AreEqual(10, _pump.Captured);
            Assert.IsTrue(_pump.ExposeUs >= 10 * 60000 && _pump.ExposeUs <= 10 * 62000, "expose " + _pump.ExposeUs);
            Assert.AreEqual(10 * 17008L, _pump.ReadUs);
        }

        [TestMethod]
        public void PicturesWithoutTheirMarkersAreDroppedAndCounted()
        {
            Make(12, 100);
            _camera.Start = false;
            RunTo(1690);
            Assert.AreEqual(2, _pump.Judge.DroppedNoStart);
            _camera.Start = true;
            _camera.End = false;
            RunTo(1790);
            Assert.AreEqual(1, _pump.Judge.DroppedNoEnd);
            _camera.End = true;
            _camera.Padding = 4095;
            RunTo(1890);
            Assert.AreEqual(2, _pump.Judge.DroppedNoEnd, "FF of the end marker lies 4,097 bytes from the end");
            _camera.Padding = 4094;
            RunTo(1990);
            Assert.AreEqual(1, _pump.Captured);
            Assert.AreEqual(17000, (int)_pump.Bytes);
            _camera.Length = 0;
            _camera.Padding = 0;
            RunTo(2090);
            _camera.Length = FrameRing.MaxFrameBytes + 1;
            RunTo(2190);
            Assert.AreEqual(1, _pump.Judge.DroppedLength);
            Assert.AreEqual(1, _pump.Judge.DroppedTooLarge);
            Assert.AreEqual(6, _pump.DroppedCorrupt);
            Assert.AreEqual(1, _pump.Captured);
            Assert.AreEqual(11, _ring.FreePages);
        }

        [TestMethod]
        public void PaddingOfAnyLengthUpToFourKilobytesIsTakenOff()
        {
            Make(12, 100);
            int[] paddings = { 0, 1, 509, 510, 511, 512, 513, 1000, 2048, 4094 };
            for (int i = 0; i < paddings.Length; i++)
            {
                _camera.Padding = paddings[i];
                RunTo(1690 + 100 * i);
            }

            Assert.AreEqual(0, _pump.DroppedCorrupt);
            Assert.AreEqual(17000L * _pump.Captured, _pump.Bytes);
        }

        [TestMethod]
        public void StrayBytesBeforeAWholePictureAreTakenOff()
        {
            Make(12, 200);
            int[] strays = { 1, 2, 3, 511, 512 };
            for (int i = 0; i < strays.Length; i++)
            {
                // Longer than a page: the picture moves over the seam of two pages.
                _camera.Length = 40000 + i;
                _camera.Stray = strays[i];
                RunTo(1750 + 200 * i);
                int serial = _ring.Next - 1;
                Assert.AreEqual(_camera.Length, _ring.Length(serial), "stray " + strays[i]);
                CheckPicture(serial, _camera.Length);
            }

            Assert.AreEqual(0, _pump.DroppedCorrupt);
            Assert.AreEqual(_pump.Captured, _pump.Judge.StraySkipped);
            _camera.Stray = 513;
            int captured = _pump.Captured;
            RunTo(1750 + 200 * strays.Length);
            Assert.AreEqual(1, _pump.Judge.DroppedNoStart);
            Assert.AreEqual(captured, _pump.Captured);
        }

        [TestMethod]
        public void MarkersWithNothingBetweenAreNoPicture()
        {
            Make(12, 100);
            _camera.Length = PictureJudge.MinPictureBytes - 1;
            RunTo(1690);
            Assert.AreEqual(2, _pump.Judge.DroppedEmpty);
            _camera.Length = PictureJudge.MinPictureBytes;
            RunTo(1790);
            Assert.AreEqual(1, _pump.Captured);
        }

        [TestMethod]
        public void TwoPicturesInOneReadAreDropped()
        {
            Make(12, 100);
            RunTo(1990);
            int captured = _pump.Captured;
            _camera.SecondStart = 17000;
            _camera.Length = 34000;
            RunTo(2090);
            Assert.AreEqual(1, _pump.Judge.DroppedDouble);
            Assert.AreEqual(captured, _pump.Captured);
            _camera.SecondStart = 0;
            RunTo(2190);
            Assert.AreEqual(captured + 1, _pump.Captured, "a large picture is a picture");
        }

        [TestMethod]
        public void TwoSecondsWithoutAUsablePictureAreAFault()
        {
            for (int kind = 0; kind < 4; kind++)
            {
                Make(12, 100);
                _camera.Start = kind != 0;
                _camera.End = kind != 1;
                _camera.Length = kind == 2 ? 4 : 17000;
                _camera.Padding = kind == 3 ? 5000 : 8;
                RunTo(3400);
                Assert.IsFalse(_pump.SensorFault, "kind " + kind + ": the module is ready since 1.5 s");
                RunTo(3700);
                Assert.IsTrue(_pump.SensorFault, "kind " + kind);
                Assert.AreEqual((int)CameraFault.BadPictures, (int)_pump.LastFault);
                Assert.AreEqual(1, _pump.Faults);
                Assert.AreEqual(0, _pump.Captured);
                RunTo(20000);
                Assert.AreEqual(1, _pump.Faults, "one fault that lasts");
                Assert.IsTrue(_camera.Begins >= 3 && _camera.Begins <= 4, "begun again " + _camera.Begins);
                _camera.Start = _camera.End = true;
                _camera.Length = 17000;
                _camera.Padding = 8;
                RunTo(24000);
                Assert.IsFalse(_pump.SensorFault, "kind " + kind);
                Assert.AreEqual(1, _pump.Recoveries);
            }
        }

        [TestMethod]
        public void PicturesTooLargeLowerTheQualityFirst()
        {
            Make(12, 100);
            _camera.LengthByQuality = new[] { 300000, 280000, 60000 };
            RunTo(4000);
            Assert.IsFalse(_pump.SensorFault);
            Assert.AreEqual((int)FrameQuality.Low, (int)_camera.Quality);
            Assert.AreEqual((int)FrameQuality.Low, (int)_pump.LowestQuality);
            Assert.IsTrue(_pump.Judge.DroppedTooLarge >= 2 && _pump.Judge.DroppedTooLarge <= 3, "dropped " + _pump.Judge.DroppedTooLarge);
            Assert.IsTrue(_pump.Captured > 10, "captured " + _pump.Captured);
        }

        [TestMethod]
        public void AModuleBegunAgainAtALoweredQualitySaysSo()
        {
            // The module that finds its picture too large itself is begun anew, one step coarser: ApplySettings is never asked.
            Make(12, 100);
            RunTo(1990);
            _pump.RestartLongestGap();
            Assert.AreEqual((int)FrameQuality.Default, (int)_pump.LowestQuality);
            _camera.TooLarge = true;
            RunTo(2090);
            _camera.TooLarge = false;
            RunTo(4000);
            Assert.AreEqual((int)FrameQuality.Low, (int)_camera.Quality);
            Assert.AreEqual((int)FrameQuality.Low, (int)_pump.LowestQuality);
            Assert.AreEqual(1, _pump.Judge.DroppedTooLarge);
            Assert.AreEqual(1, _pump.DroppedCorrupt);
            Assert.IsFalse(_pump.SensorFault);
        }

        [TestMethod]
        public void PicturesTooLargeAtAnyQualityAreAFaultThatNamesTheSize()
        {
            Make(12, 100);
            _camera.Length = FrameRing.MaxFrameBytes + 1;
            RunTo(5000);
            Assert.IsTrue(_pump.SensorFault);
            Assert.AreEqual((int)CameraFault.PicturesTooLarge, (int)_pump.LastFault);
        }

        [TestMethod]
        public void NoMemoryIsWaitedForUntilTheNextSlot()
        {
            Make(2, 200);
            _camera.Length = 60000;
            RunTo(1690);
            Assert.AreEqual(1, _pump.Captured);
            _ring.Pin(0, 1);
            RunTo(1850);
            Assert.AreEqual(0, _pump.DroppedNoMemory);
            _ring.Release(0);
            RunTo(1920);
            Assert.AreEqual(2, _pump.Captured);
            _ring.Pin(1, 2);
            RunTo(2290);
            Assert.AreEqual(1, _pump.DroppedNoMemory);
            Assert.AreEqual((int)ShortfallReason.Memory, (int)_ring.Shortfall(0));
        }

        [TestMethod]
        public void AnAbsentSensorIsAFaultAndIsRetried()
        {
            Make(4, 100);
            _camera.Works = false;
            RunTo(5000);
            Assert.IsTrue(_pump.SensorFault);
            Assert.AreEqual((int)CameraFault.Absent, (int)_pump.LastFault);
            Assert.AreEqual(1, _pump.Faults);
            Assert.AreEqual(2, _pump.FaultRetries);
            Assert.AreEqual(0, _pump.Missed);
            _camera.Works = true;
            RunTo(8000);
            Assert.IsFalse(_pump.SensorFault);
            Assert.AreEqual(1, _pump.Recoveries);
            Assert.IsTrue(_pump.Captured > 0);
            Assert.AreEqual((int)ShortfallReason.SensorFault, (int)_ring.Shortfall(0));
        }

        [TestMethod]
        public void AFaultAmidAPictureLosesItAndCountsTheSlots()
        {
            Make(4, 100);
            _camera.Length = 40000;
            RunTo(2563);
            int captured = _pump.Captured;
            _camera.Works = false;
            RunTo(3000);
            Assert.IsTrue(_pump.SensorFault);
            Assert.AreEqual(captured, _pump.Captured);
            Assert.AreEqual(11, _camera.Captures);
            _camera.Works = true;
            RunTo(8000);
            // Faulty from 2.56 s; begun again at 4.56 s, idle at 6.06 s: slots 2.6 s to 6.0 s are missed.
            Assert.AreEqual(34, _pump.Missed);
            Assert.IsTrue(_pump.LongestGapMs >= 3600 && _pump.LongestGapMs < 3700, "gap " + _pump.LongestGapMs);
            Assert.IsTrue(_ring.Begin(FramePages.PageBytes), "the half read frame was given back");
        }

        [TestMethod]
        public void SettingsChangeBetweenFrames()
        {
            Make(12, 100);
            RunTo(2520);
            _pump.Configure(FrameSize.Vga, FrameQuality.Low, 200);
            Assert.AreEqual((int)FrameQuality.Default, (int)_camera.Quality);
            int captured = _camera.Captures;
            RunTo(3510);
            Assert.AreEqual((int)FrameQuality.Low, (int)_camera.Quality);
            Assert.AreEqual((int)FrameQuality.Low, (int)_pump.Quality);
            Assert.AreEqual(200, _pump.IntervalMs);
            Assert.AreEqual(captured + 5, _camera.Captures);
            Assert.AreEqual(1, _camera.Begins);
            _pump.Configure(FrameSize.Qvga, FrameQuality.Low, 200);
            RunTo(5600);
            Assert.AreEqual(2, _camera.Begins);
            Assert.AreEqual((int)FrameSize.Qvga, (int)_camera.Size);
            Assert.IsTrue(_pump.Missed >= 6, "missed " + _pump.Missed);
            Assert.AreEqual(0, _pump.Faults);
        }

        [TestMethod]
        public void IntervalsOutOfRangeAreRefused()
        {
            Make(2, 100);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _pump.Configure(FrameSize.Vga, FrameQuality.Low, 0));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _pump.Configure(FrameSize.Vga, FrameQuality.Low, 60001));
        }
    }
}
