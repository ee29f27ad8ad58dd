// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>The plan of pre-event footage and its writing agree on the number of segments, whatever the frames.</summary>
    [TestClass]
    public class PreEventPlanTests
    {
        [TestMethod]
        public void NothingNeedsNothing()
        {
            Assert.AreEqual(0, new PreEventPlan().Segments(new ListFrames(), 0, 0, SegmentFixture.SlotBytes, 1000));
        }

        [TestMethod]
        public void APictureThatStandsForLongIsSignedOnce()
        {
            var budget = new SegmentBudget();
            budget.Reset(SegmentFixture.SlotBytes, 0);
            budget.TakeFragment(4096);
            Assert.IsTrue(budget.CheckpointDue(25000));
            budget.TakeCheckpoint(200);
            Assert.IsFalse(budget.CheckpointDue(25000), "nothing was written since");
            budget.TakeFragment(4096);
            Assert.IsTrue(budget.CheckpointDue(25500));
        }

        [TestMethod]
        public void PlanAndWritingAgree()
        {
            uint seed = 12345;
            for (int round = 0; round < 12; round++)
            {
                var frames = new ListFrames();
                long ms = 50000;
                int count = 20 + round * 12;
                for (int i = 0; i < count; i++)
                {
                    seed = seed * 1664525 + 1013904223;
                    frames.Add(200 + (int)(seed >> 8) % 6000, ms);
                    ms += 40 + (int)((seed >> 20) % 400);
                }

                int planned = new PreEventPlan().Segments(frames, 0, count, SegmentFixture.SlotBytes, ms);
                Assert.AreEqual(planned, Written(frames, count, ms), "round " + round);
                if (round > 8)
                {
                    Assert.IsTrue(planned > 1, "too few frames to show anything");
                }
            }
        }

        private static int Written(ListFrames frames, int count, long endMs)
        {
            var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
            RecordingFacts facts = fixture.Facts(0);
            var gatherer = new FragmentGatherer();
            int segments = 0;
            int next = 0;
            while (next < count)
            {
                while (next < count && gatherer.Accept(frames, next))
                {
                    next++;
                }

                long fragmentEnd = next < count ? frames.TimeMs(next) : endMs;
                if (fixture.Writer.IsOpen && !fixture.Writer.Fits(gatherer.Bytes))
                {
                    fixture.Writer.BeginClose(CloseReason.SlotFull, 0);
                    fixture.Run();
                }

                if (!fixture.Writer.IsOpen)
                {
                    fixture.Open(facts, null, segments++, frames.TimeMs(gatherer.First));
                }
                else if (fixture.Writer.CheckpointDue(fragmentEnd))
                {
                    fixture.Writer.BeginCheckpoint(frames.TimeMs(gatherer.First));
                    fixture.Run();
                }

                fixture.Writer.BeginFragment(frames, gatherer, fragmentEnd);
                gatherer.Reset();
                fixture.Run();
            }

            return segments;
        }
    }
}
