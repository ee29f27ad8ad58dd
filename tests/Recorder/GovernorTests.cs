// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class GovernorTests
    {
        private const int Frame = 17000;
        private const int Plenty = 100;

        private static Governor _governor;
        private static GovernorSample _sample;
        private static long _nowMs;

        private static void Make()
        {
            _governor = new Governor(FrameQuality.High, 100);
            _sample = new GovernorSample();
            _sample.ElapsedUs = 1000000;
            _sample.Frames = 10;
            _sample.FrameBytes = Frame;
            _sample.SensorUs = 70000;
            _sample.WriteUs = 500000;
            _sample.FreePages = Plenty;
            _sample.CardBytesPerSecond = 400000;
            _nowMs = 100000;
        }

        private static bool Update(int backlogMs, int lateMs)
        {
            _nowMs += 1000;
            _sample.BacklogBytes = (int)((long)backlogMs * _sample.FrameBytes / _governor.IntervalMs);
            _sample.LateMs = lateMs;
            return _governor.Update(_nowMs, _sample);
        }

        private static bool Quiet(int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                if (Update(500, 0))
                {
                    return true;
                }
            }

            return false;
        }

        // A loop that never waits: so many pictures a second, later each second by what is missing, until something is changed.
        private static void Saturate(int framesPerSecond)
        {
            _sample.Frames = framesPerSecond;
            int lateMs = 0;
            for (int i = 0; i < 30; i++)
            {
                lateMs += 1000 - framesPerSecond * _governor.IntervalMs;
                if (Update(600, lateMs))
                {
                    return;
                }
            }

            Assert.IsTrue(false, "nothing was changed");
        }

        private static void Expect(FrameQuality quality, int intervalMs)
        {
            Assert.AreEqual((int)quality, (int)_governor.Quality, "quality");
            Assert.AreEqual(intervalMs, _governor.IntervalMs, "interval");
        }

        [TestMethod]
        public void BeginsWithWhatIsConfigured()
        {
            Make();
            Expect(FrameQuality.High, 100);
            Assert.IsFalse(_governor.IsDegraded);
            _governor.Configure(FrameQuality.Default, 200);
            Expect(FrameQuality.Default, 200);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _governor.Configure(FrameQuality.High, 0));
        }

        [TestMethod]
        public void QualityGivesWayBeforeTheRate()
        {
            Make();
            // 8 pictures of the 10 asked for: 125 ms each with 17,000 bytes; two fifths fewer bytes take 6.8 ms less of the bus.
            Saturate(8);
            Assert.AreEqual((int)GovernorReason.Late, (int)_governor.LowestReason);
            Assert.IsTrue(_governor.Quality > FrameQuality.High, "quality");
            Assert.IsTrue(_governor.IntervalMs < 129, "interval " + _governor.IntervalMs);
            Assert.AreEqual(1, _governor.Changes);
            Assert.AreEqual(_governor.IntervalMs, _governor.SlowestIntervalMs);
            Assert.AreEqual((int)_governor.Quality, (int)_governor.LowestQuality);
        }

        [TestMethod]
        public void TheIntervalIsWhatThePicturesTake()
        {
            _governor = null;
            for (int frames = 2; frames <= 9; frames++)
            {
                Make();
                _governor.Configure(FrameQuality.Low, 100);
                Saturate(frames);
                int least = 1000 / frames;
                Assert.IsTrue(_governor.IntervalMs >= (least < 500 ? least : 500), frames + ": " + _governor.IntervalMs);
                // Where pictures come later by half a second each second there is no time to be exact.
                int most = least * 116 / 100 + 1;
                Assert.IsTrue(_governor.IntervalMs <= most, frames + ": " + _governor.IntervalMs);
            }
        }

        [TestMethod]
        public void AConfiguredRateBelowTwoASecondIsTheLowest()
        {
            Make();
            _governor.Configure(FrameQuality.Low, 1000);
            for (int i = 0; i < 20; i++)
            {
                Assert.IsFalse(Update(2500 + i * 1000, 0));
            }

            Expect(FrameQuality.Low, 1000);
        }

        [TestMethod]
        public void ACardThatTakesTooLittleIsMetByItsBytes()
        {
            Make();
            // 17,000 bytes at 100 kB/s: 170 ms of card, 17 of bus, 6 beside. At two steps less 6,120: 61 + 6 + 6.
            _sample.CardBytesPerSecond = 100000;
            Assert.IsTrue(Update(2500, 0));
            Expect(FrameQuality.Low, 100);
            Assert.AreEqual((int)GovernorReason.Backlog, (int)_governor.LowestReason);
        }

        [TestMethod]
        public void AShrinkingBacklogIsLeftAlone()
        {
            Make();
            _sample.CardBytesPerSecond = 250000;
            Assert.IsFalse(Update(1900, 0));
            for (int i = 0; i < 10; i++)
            {
                Assert.IsFalse(Update(1900 - i * 100, 0), "at " + i);
            }
        }

        [TestMethod]
        public void AStallIsLeftAlone()
        {
            Make();
            Assert.IsFalse(Update(900, 100));
            Assert.IsFalse(Update(1900, 600));
            Assert.IsFalse(Update(1500, 300));
            Expect(FrameQuality.High, 100);
        }

        [TestMethod]
        public void WhatTheCardStillWritesOfLargerPicturesIsNotHeldAgainstSmallerOnes()
        {
            Make();
            _nowMs = 1000;
            // 125 ms a picture, of which 60 ms wrote pictures from before.
            _sample.Frames = 8;
            _sample.CardBytesPerSecond = 400000;
            _sample.WriteUs = 8 * (42500 + 60000);
            _sample.WrittenBytes = _sample.WriteUs / 10 * 4;
            int lateMs = 0;
            while (lateMs < 1050)
            {
                Assert.IsFalse(Update(600, lateMs), "late " + lateMs);
                lateMs += 100;
            }
        }

        [TestMethod]
        public void LittleMemoryIsMetBeforeItIsGone()
        {
            Make();
            _sample.FreePages = 6;
            Assert.IsFalse(Update(600, 0));
            // Five pages are 963 ms of frames.
            _sample.FreePages = 5;
            Assert.IsTrue(Update(700, 0));
            Assert.AreEqual((int)GovernorReason.Memory, (int)_governor.LowestReason);
        }

        [TestMethod]
        public void GoesUpToWhatThereIsRoomFor()
        {
            Make();
            Loop(60, 125, 200);
            Assert.IsTrue(_governor.IsDegraded);
            int changes = _governor.Changes;

            // What was found too much is not tried at once, though it looks as if there were room.
            Loop(3, 60, 80);
            Assert.AreEqual(changes, _governor.Changes);
            Loop(180, 60, 80);
            Expect(FrameQuality.High, 100);
            Assert.IsFalse(_governor.IsDegraded);
        }

        [TestMethod]
        public void OneBadMomentStartsTheWaitAnew()
        {
            Make();
            Saturate(8);
            for (int i = 0; i < 60; i++)
            {
                Assert.IsFalse(Update(i % 5 == 4 ? 1500 : 500, 0));
            }
        }

        [TestMethod]
        public void DoesNotClimbWhereTheCardDoesNotFollow()
        {
            Make();
            _sample.CardBytesPerSecond = 100000;
            Assert.IsTrue(Update(2500, 0));
            _sample.FrameBytes = 6000;
            Assert.IsFalse(Quiet(120));
        }

        // Seconds of a loop that takes a picture in so many milliseconds at best, whatever its quality, in closed loop.
        private static void Loop(int seconds, int leastMs, int leastMsAtHigh)
        {
            int lateMs = _sample.LateMs;
            for (int i = 0; i < seconds; i++)
            {
                _sample.FrameBytes =
                    _governor.Quality == FrameQuality.High ? 17000
                    : _governor.Quality == FrameQuality.Default ? 10000
                    : 6000;
                int least = _governor.Quality == FrameQuality.High ? leastMsAtHigh : leastMs;
                int interval = _governor.IntervalMs;
                bool isFull = lateMs > 0 || least > interval;
                _sample.Frames = 1000 / (isFull ? least : interval);
                _sample.SensorUs = least * 900;
                lateMs += 1000 - 1000 / least * interval;
                lateMs = lateMs < 0 ? 0 : lateMs;
                Update(500, lateMs);
            }
        }

        [TestMethod]
        public void WhatFailedIsTriedLessOften()
        {
            Make();
            Loop(60, 125, 200);
            int before = _governor.Changes;
            Loop(600, 125, 200);
            int first = _governor.Changes - before;
            Assert.IsTrue(first <= 20, "changes in ten minutes: " + first);
            before = _governor.Changes;
            Loop(3000, 125, 200);
            Assert.IsTrue(_governor.Changes - before <= 30, "changes in fifty minutes: " + (_governor.Changes - before));
            Assert.IsTrue(_governor.IntervalMs < 140, "interval " + _governor.IntervalMs);
        }

        [TestMethod]
        public void AFasterCardIsTriedAtOnce()
        {
            Make();
            _sample.CardBytesPerSecond = 100000;
            Loop(60, 125, 200);
            Assert.IsTrue(_governor.IsDegraded);
            _sample.CardBytesPerSecond = 400000;
            Loop(25, 60, 80);
            Expect(FrameQuality.High, 100);
        }

        [TestMethod]
        public void BetweenRecordingsOnlyAModuleThatNeverKeepsUpCounts()
        {
            Make();
            _sample.IsBuffering = true;
            _sample.FreePages = 0;
            Assert.IsFalse(Update(0, 0));
            Assert.IsFalse(Update(0, 900), "something kept the loop for a second");
            Assert.IsFalse(Update(0, 1900));
            Assert.IsFalse(Update(0, 0));
            Saturate(9);
            Assert.IsTrue(_governor.IsDegraded);
        }

        [TestMethod]
        public void ARestartCountsAnewWhereItStands()
        {
            Make();
            _sample.CardBytesPerSecond = 50000;
            Update(2500, 0);
            int interval = _governor.IntervalMs;
            Assert.IsTrue(interval > 100);
            _governor.Restart();
            Expect(FrameQuality.Low, interval);
            Assert.AreEqual(0, _governor.Changes);
            Assert.AreEqual(interval, _governor.SlowestIntervalMs);
            Assert.AreEqual((int)GovernorReason.None, (int)_governor.LowestReason);
            Assert.IsTrue(_governor.IsDegraded);
        }

        [TestMethod]
        public void NothingMeasuredNothingDone()
        {
            Make();
            _sample.FrameBytes = 0;
            Assert.IsFalse(Update(100000, 5000));
        }
    }
}
