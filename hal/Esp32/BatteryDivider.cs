// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>From raw counts at the divider to the battery's voltage; integers only.</summary>
    public static class BatteryDivider
    {
        /// <summary>Battery millivolts for the sum of <see cref="BoardPins.BatterySamples"/> raw samples, rounded to the nearest.</summary>
        public static int Millivolts(int sum)
        {
            // Integers throughout: the product of the constants stays below 2^31, the one with the sum is made in 64 bits.
            const int Ratio = (BoardPins.BatteryUpperKilohms + BoardPins.BatteryLowerKilohms) * BoardPins.AdcFullScaleMillivolts;
            const int Divisor = BoardPins.BatteryLowerKilohms * BoardPins.AdcHighest * BoardPins.BatterySamples;
            return (int)(((long)sum * Ratio + Divisor / 2) / Divisor);
        }
    }
}
