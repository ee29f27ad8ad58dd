// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class BatteryGaugeTests
    {
        [TestMethod]
        public void TheTableIsFollowedAndRises()
        {
            Assert.AreEqual(0, BatteryGauge.PercentOf(0));
            Assert.AreEqual(0, BatteryGauge.PercentOf(3000));
            Assert.AreEqual(5, BatteryGauge.PercentOf(3450));
            Assert.AreEqual(50, BatteryGauge.PercentOf(3820));
            Assert.AreEqual(55, BatteryGauge.PercentOf(3845));
            Assert.AreEqual(99, BatteryGauge.PercentOf(4199));
            Assert.AreEqual(100, BatteryGauge.PercentOf(4200));
            Assert.AreEqual(100, BatteryGauge.PercentOf(6000));
            int last = 0;
            for (int mv = 2900; mv < 4300; mv++)
            {
                int percent = BatteryGauge.PercentOf(mv);
                Assert.IsTrue(percent >= last && percent <= last + 1, "at " + mv);
                last = percent;
            }
        }

        [TestMethod]
        public void OneReadingWeighsAnEighth()
        {
            BatteryGauge gauge = new BatteryGauge();
            Assert.AreEqual(0, gauge.Millivolts);
            gauge.Update(4000);
            Assert.AreEqual(4000, gauge.Millivolts);
            gauge.Update(3200);
            Assert.AreEqual(3900, gauge.Millivolts);
            for (int i = 0; i < 100; i++)
            {
                gauge.Update(3700);
            }

            Assert.AreEqual(3700, gauge.Millivolts, "the filter comes to rest at what it is given");
        }

        [TestMethod]
        public void ThresholdsHaveHysteresis()
        {
            BatteryGauge gauge = new BatteryGauge();
            gauge.Update(3720);
            Assert.AreEqual(16, gauge.Percent);
            Assert.IsFalse(gauge.IsLow);
            Settle(gauge, 3710);
            Assert.AreEqual(15, gauge.Percent);
            Assert.IsTrue(gauge.IsLow);
            Assert.IsFalse(gauge.IsCritical);
            Settle(gauge, 3739);
            Assert.AreEqual(19, gauge.Percent);
            Assert.IsTrue(gauge.IsLow);
            Settle(gauge, 3740);
            Assert.IsFalse(gauge.IsLow);
            Settle(gauge, 3450);
            Assert.IsTrue(gauge.IsCritical);
            Settle(gauge, 3600);
            Assert.AreEqual(8, gauge.Percent);
            Assert.IsTrue(gauge.IsCritical);
            Settle(gauge, 3680);
            Assert.IsFalse(gauge.IsCritical);
            Assert.IsTrue(gauge.IsLow);
        }

        [TestMethod]
        public void NoBatteryIsNoWarning()
        {
            BatteryGauge gauge = new BatteryGauge();
            Assert.IsFalse(gauge.IsPresent);
            gauge.Update(0);
            Assert.IsFalse(gauge.IsPresent || gauge.IsLow || gauge.IsCritical);
            Assert.AreEqual(0, gauge.Percent);
            Settle(gauge, 3900);
            Assert.IsTrue(gauge.IsPresent);
        }

        private static void Settle(BatteryGauge gauge, int mv)
        {
            for (int i = 0; i < 100; i++)
            {
                gauge.Update(mv);
            }
        }
    }
}
