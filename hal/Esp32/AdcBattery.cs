// SPDX-License-Identifier: MIT

using System.Device.Adc;

namespace Lapel.Hal.Esp32
{
    /// <summary>The battery through a divider on an ADC channel; integers only.</summary>
    public sealed class AdcBattery : IBattery
    {
        private readonly AdcChannel _channel;

        /// <summary>A battery on an open channel, divided as <see cref="BoardPins"/> says.</summary>
        public AdcBattery(AdcChannel channel)
        {
            _channel = channel;
        }

        /// <inheritdoc/>
        public int Millivolts()
        {
            int sum = 0;
            for (int n = 0; n < BoardPins.BatterySamples; n++)
            {
                // Summed before anything is divided: the average keeps the fractions of a count.
                sum += _channel.ReadValue();
            }

            return BatteryDivider.Millivolts(sum);
        }
    }
}
