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

        /// <summary>Battery millivolts for the sum of <see cref="BoardPins.BatterySamples"/> raw samples, rounded to the nearest.</summary>
        public static int FromSamples(int sum)
        {
            const int Ratio = (BoardPins.BatteryUpperKilohms + BoardPins.BatteryLowerKilohms) * BoardPins.AdcFullScaleMillivolts;
            const int Divisor = BoardPins.BatteryLowerKilohms * BoardPins.AdcHighest * BoardPins.BatterySamples;
            return (int)(((long)sum * Ratio + Divisor / 2) / Divisor);
        }

        /// <inheritdoc/>
        public int Millivolts()
        {
            int sum = 0;
            for (int n = 0; n < BoardPins.BatterySamples; n++) sum += _channel.ReadValue();
            return FromSamples(sum);
        }
    }
}
