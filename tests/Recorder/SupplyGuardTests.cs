// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class SupplyGuardTests
    {
        private const int PeriodMs = 250;

        private static SupplyGuard _guard;
        private static BatteryGauge _gauge;
        private static long _nowMs;

        private static void Make(int millivolts)
        {
            _guard = new SupplyGuard();
            _gauge = new BatteryGauge();
            _nowMs = 1000;
            For(5000, millivolts);
            Assert.IsFalse(_guard.IsEmpty);
        }

        private static void For(int ms, int millivolts)
        {
            for (int i = 0; i < ms; i += PeriodMs)
            {
                _nowMs += PeriodMs;
                _gauge.Update(millivolts);
                _guard.Update(millivolts, _gauge.Millivolts, _nowMs);
            }
        }

        [TestMethod]
        public void EmptyIsALowMeanThatLasts()
        {
            Make(3210);
            For(60000, 3201);
            Assert.IsFalse(_guard.IsEmpty, "at the threshold");
            For(9000, 3190);
            Assert.IsFalse(_guard.IsEmpty, "not long enough");
            For(6000, 3190);
            Assert.IsTrue(_guard.IsEmpty);
        }

        [TestMethod]
        public void OnceEmptyItStaysSo()
        {
            Make(3300);
            For(20000, 3100);
            Assert.IsTrue(_guard.IsEmpty);
            For(600000, 3700);
            Assert.IsTrue(_guard.IsEmpty, "a cell without its load recovers");
        }

        [TestMethod]
        public void DipsThatEndAreNone()
        {
            Make(3300);
            for (int i = 0; i < 200; i++)
            {
                // Up to 3 s of half a volt less, each 12 s.
                For(3000, 2950);
                For(9000, 3350);
                Assert.IsFalse(_guard.IsEmpty, "dip " + i);
            }
        }

        [TestMethod]
        public void TheMeanIsBackOnlyAboveTheHysteresis()
        {
            Make(3300);
            For(8000, 3150);
            For(5000, 3245);
            Assert.IsTrue(_guard.IsEmpty, "3,245 mV is not back");
            Make(3300);
            For(8000, 3150);
            For(4000, 3500);
            For(6000, 3190);
            Assert.IsFalse(_guard.IsEmpty, "it was back");
        }

        [TestMethod]
        public void ACellThatCollapsesIsSeenAtOnce()
        {
            Make(3700);
            For(1500, 2850);
            Assert.IsFalse(_guard.IsEmpty, "the motor");
            For(500, 2850);
            Assert.IsTrue(_guard.IsEmpty);
        }

        [TestMethod]
        public void WithoutABatteryNothingIsEmpty()
        {
            Make(3700);
            For(600000, 0);
            Assert.IsFalse(_guard.IsEmpty);
            For(600000, 1999);
            Assert.IsFalse(_guard.IsEmpty);
        }
    }
}
