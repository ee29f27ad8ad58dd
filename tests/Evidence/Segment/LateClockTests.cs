// SPDX-License-Identifier: MIT

using System;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>Times that a field or the calendar cannot say are refused or left out.</summary>
    [TestClass]
    public class LateClockTests
    {
        private const int SlotBytes = 8192;

        [TestMethod]
        public void AClockTakesTheYears2024To2099()
        {
            var clock = new StatedClock(new StepClock());
            Assert.IsFalse(clock.Set(1704067199999L, 0), "2023");
            Assert.IsFalse(clock.Set(4102444800000L, 0), "2100");
            Assert.IsFalse(clock.Set(-62135596800000L, 0), "year 1");
            Assert.IsFalse(clock.IsSet);
            Assert.IsTrue(clock.Set(1704067200000L, 0));
            Assert.IsTrue(clock.Set(4102444799999L, 0));
            Assert.IsTrue(clock.IsSet);
        }

        [TestMethod]
        public void MovieTimesOfMoreThan32BitsAreLeftOut()
        {
            // Of a segment without a seal moov begins behind ftyp and header, and mvhd's creation time 20 bytes into it.
            Assert.AreEqual(-1, MovieTime(2212122495999L), "2040-02-06 06:28:15");
            Assert.AreEqual(0, MovieTime(2212122496000L));
            Assert.AreEqual(0, MovieTime(4102444799999L));
            Assert.AreEqual(0, MovieTime(0));
        }

        private static int MovieTime(long utcMs)
        {
            var fixture = new SegmentFixture(SlotBytes);
            RecordingFacts facts = fixture.Facts(0);
            facts.ZeroUtcMs = utcMs;
            fixture.Open(facts, new SegmentLedger(new FixedPresses(1)), 0, 50000);
            return BigEndian.Get32(fixture.Slot, 200 + 20);
        }
    }
}
