// SPDX-License-Identifier: MIT

using System.Device.Gpio;

namespace Lapel.Hal.Esp32
{
    /// <summary>Lights, vibration and tone on output pins, all active high.</summary>
    public sealed class GpioIndicators : IIndicators
    {
        private readonly GpioPin[] _pins;
        private readonly bool[] _on;

        /// <summary>Opens the pins, in the order of <see cref="Indicator"/>, and switches all off.</summary>
        /// <param name="gpio">The chip's GPIO.</param>
        /// <param name="redPin">GPIO number of the red light, active high, as all of them.</param>
        /// <param name="greenPin">GPIO number of the green light.</param>
        /// <param name="vibrationPin">GPIO number of the motor's transistor.</param>
        /// <param name="tonePin">GPIO number of the sounder's transistor.</param>
        public GpioIndicators(GpioController gpio, int redPin, int greenPin, int vibrationPin, int tonePin)
        {
            _pins = new GpioPin[] { Open(gpio, redPin), Open(gpio, greenPin), Open(gpio, vibrationPin), Open(gpio, tonePin) };
            _on = new bool[_pins.Length];
        }

        /// <inheritdoc/>
        public void Set(Indicator indicator, bool on)
        {
            int n = (int)indicator;

            // A write to a pin is a native call, and the same state is asked for again and again.
            if (_on[n] == on)
            {
                return;
            }

            _on[n] = on;
            _pins[n].Write(on ? PinValue.High : PinValue.Low);
        }

        /// <inheritdoc/>
        public bool IsOn(Indicator indicator)
        {
            return _on[(int)indicator];
        }

        private static GpioPin Open(GpioController gpio, int number)
        {
            GpioPin pin = gpio.OpenPin(number, PinMode.Output);

            // Off before anything else runs: a motor that is on through the boot drains the battery and tells a bystander.
            pin.Write(PinValue.Low);
            return pin;
        }
    }
}
