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
        private static long _nowMs;

        private static void Make()
        {
            _governor = new Governor(FrameQuality.High, 100);
            _nowMs = 100000;
        }

        private static bool Update(int backlogMs, int freePages, int cardBytesPerSecond, int busyPermille, int lateMs)
        {
            _nowMs += 500;
            int backlog = (int)((long)backlogMs * Frame / _governor.IntervalMs);
            return _governor.Update(_nowMs, backlog, freePages, cardBytesPerSecond, busyPermille, Frame, lateMs);
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
        public void TheLadderGoesThroughQualityThenRate()
        {
            Make();
            string ladder = "";
            for (int i = 0; i < 40; i++)
            {
                // No card speed is known: one rung at a time.
                if (Update(2500 + i * 1000, Plenty, 0, 1000, 0))
                {
                    ladder += (int)_governor.Quality + ":" + _governor.IntervalMs + " ";
                }
            }

            Assert.AreEqual("1:100 2:100 2:125 2:167 2:200 2:250 2:333 2:500 ", ladder);
            Assert.AreEqual(8, _governor.Changes);
            Assert.AreEqual(500, _governor.SlowestIntervalMs);
            Assert.AreEqual((int)FrameQuality.Low, (int)_governor.LowestQuality);
            Assert.AreEqual((int)GovernorReason.Backlog, (int)_governor.LowestReason);
        }

        [TestMethod]
        public void ASlowConfiguredRateHasAShorterLadder()
        {
            _governor = new Governor(FrameQuality.Low, 250);
            _nowMs = 0;
            int changes = 0;
            for (int i = 0; i < 20; i++)
            {
                changes += Update(2500 + i * 1000, Plenty, 0, 1000, 0) ? 1 : 0;
            }

            Assert.AreEqual(2, changes);
            Expect(FrameQuality.Low, 500);
        }

        [TestMethod]
        public void AShrinkingBacklogIsLeftAlone()
        {
            Make();
            Assert.IsTrue(Update(2500, Plenty, 250000, 700, 0));
            for (int i = 0; i < 10; i++)
            {
                Assert.IsFalse(Update(5000 - i * 200, Plenty, 250000, 700, 0) && i > 0, "at " + i);
            }
        }

        [TestMethod]
        public void AStallIsLeftAlone()
        {
            Make();
            Assert.IsFalse(Update(900, Plenty, 250000, 700, 100));
            Assert.IsFalse(Update(1900, Plenty, 200000, 1000, 600));
            Assert.IsFalse(Update(1500, Plenty, 220000, 900, 300));
            Expect(FrameQuality.High, 100);
        }

        [TestMethod]
        public void GoesDownAsFarAsTheCardNeeds()
        {
            Make();
            // 17,000 bytes, reckoned as 9,562 at low quality: 95.6 ms of card, 17.6 ms beside it; 85 % of 167 ms are 142 ms.
            Assert.IsTrue(Update(2500, Plenty, 100000, 1000, 0));
            Expect(FrameQuality.Low, 167);
        }

        [TestMethod]
        public void LittleMemoryIsMetBeforeItIsGone()
        {
            Make();
            Assert.IsFalse(Update(600, 6, 250000, 900, 0));
            // Five pages are 963 ms of frames.
            Assert.IsTrue(Update(700, 5, 250000, 900, 0));
            Assert.AreEqual((int)GovernorReason.Memory, (int)_governor.LowestReason);
            Expect(FrameQuality.Default, 100);
        }

        [TestMethod]
        public void LateCapturesAreMet()
        {
            Make();
            Assert.IsFalse(Update(500, Plenty, 150000, 1000, 700));
            Assert.IsTrue(Update(500, Plenty, 150000, 1000, 900));
            Assert.AreEqual((int)GovernorReason.Late, (int)_governor.LowestReason);
        }

        [TestMethod]
        public void RecoversARungAfterTenSecondsOfRoom()
        {
            Make();
            Update(2500, Plenty, 0, 1000, 0);
            Expect(FrameQuality.Default, 100);
            for (int i = 0; i < 20; i++)
            {
                Assert.IsFalse(Update(500, Plenty, 400000, 500, 0), "too soon: " + i);
            }

            Assert.IsTrue(Update(500, Plenty, 400000, 500, 0));
            Expect(FrameQuality.High, 100);
            Assert.AreEqual(2, _governor.Changes);
        }

        [TestMethod]
        public void OneBadMomentStartsTheTenSecondsAnew()
        {
            Make();
            Update(2500, Plenty, 0, 1000, 0);
            for (int i = 0; i < 60; i++)
            {
                Assert.IsFalse(Update(i % 15 == 14 ? 1500 : 500, Plenty, 400000, 500, 0));
            }
        }

        [TestMethod]
        public void DoesNotClimbWhereTheCardDoesNotFollow()
        {
            Make();
            Update(2500, Plenty, 0, 1000, 0);
            for (int i = 0; i < 60; i++)
            {
                Assert.IsFalse(Update(500, Plenty, 200000, 800, 0));
            }
        }

        [TestMethod]
        public void ARelapseDoublesTheWait()
        {
            Make();
            int before = 0;
            for (int round = 0; round < 3; round++)
            {
                // The rung that was regained is lost again at once.
                for (int i = 0; i < 4 && !_governor.IsDegraded; i++)
                {
                    Update(2100 + i * 100, Plenty, 0, 1000, 0);
                }

                Expect(FrameQuality.Default, 100);
                int waited = 0;
                while (waited < 400 && !Update(500, Plenty, 400000, 500, 0))
                {
                    waited++;
                }

                Assert.AreEqual(before == 0 ? 20 : before * 2, waited, "round " + round);
                before = waited;
            }
        }

        [TestMethod]
        public void ARestartCountsAnewWhereItStands()
        {
            Make();
            Update(2500, Plenty, 100000, 1000, 0);
            _governor.Restart();
            Expect(FrameQuality.Low, 167);
            Assert.AreEqual(0, _governor.Changes);
            Assert.AreEqual(167, _governor.SlowestIntervalMs);
            Assert.AreEqual((int)GovernorReason.None, (int)_governor.LowestReason);
            Assert.IsTrue(_governor.IsDegraded);
        }

        [TestMethod]
        public void NothingMeasuredNothingDone()
        {
            Make();
            Assert.IsFalse(_governor.Update(1000, 1000000, 0, 0, 0, 0, 5000));
        }
    }
}
