// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    [TestClass]
    public class BatteryDividerTests
    {
        [TestMethod]
        public void CountsBecomeMillivolts()
        {
            Assert.AreEqual(0, BatteryDivider.Millivolts(0));
            Assert.AreEqual(6200, BatteryDivider.Millivolts(BoardPins.AdcHighest * BoardPins.BatterySamples));
            // 2,443 counts of 4,095 at 3,100 mV full scale and a divider of two: 3,698.8 mV.
            Assert.AreEqual(3699, BatteryDivider.Millivolts(2443 * BoardPins.BatterySamples));
        }
    }
}
