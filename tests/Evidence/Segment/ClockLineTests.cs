// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class ClockLineTests
    {
        [TestMethod]
        public void SaysWhatClockTextSaysOverMinutesAndDays()
        {
            // From 23:58:30 on, half a second at a time, into the next day.
            Check(1709251110000, 90000, 300, "LP-1");
        }

        [TestMethod]
        public void SaysWhatClockTextSaysWithoutClock()
        {
            Check(0, 3510000, 300, "LP-1");
        }

        [TestMethod]
        public void FollowsAClockThatIsSetAndAUnitThatChanges()
        {
            var line = new ClockLine();
            CheckOne(line, 0, 65000, "LP-1");
            CheckOne(line, 65000, 65000, "LP-1");
            CheckOne(line, 66000, 66000, "LP-22");
            CheckOne(line, 67000, 67000, "LP-22");
        }

        private static void Check(long utcMs, long monotonicMs, int times, string unit)
        {
            var line = new ClockLine();
            for (int i = 0; i < times; i++)
            {
                CheckOne(line, utcMs == 0 ? 0 : utcMs + i * 500, monotonicMs + i * 500, unit);
            }
        }

        private static void CheckOne(ClockLine line, long utcMs, long monotonicMs, string unit)
        {
            var expected = new byte[64];
            var actual = new byte[64];
            int size = ClockText.Put(expected, 0, utcMs, monotonicMs, unit);
            Assert.AreEqual(size, line.Put(actual, 3, utcMs, monotonicMs, unit));
            for (int i = 0; i < size; i++)
            {
                Assert.AreEqual(expected[i], actual[3 + i]);
            }
        }
    }
}
