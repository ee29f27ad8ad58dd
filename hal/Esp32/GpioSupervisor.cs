// SPDX-License-Identifier: MIT

using System.Device.Gpio;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// A TPS3431 on one pin (BOARDS.md): its falling edge is the kick, and while it is high, or was a moment ago, the chip is on. Reset,
    /// flashed or asleep the pin floats, a resistor pulls it down, and the chip is off.
    /// </summary>
    public sealed class GpioSupervisor : ISupervisor
    {
        private readonly GpioController _gpio;
        private readonly int _number;
        private GpioPin _pin;

        /// <summary>Leaves the pin as it is: the first kick opens it.</summary>
        /// <param name="gpio">The chip's GPIO.</param>
        /// <param name="pin">GPIO number.</param>
        public GpioSupervisor(GpioController gpio, int pin)
        {
            _gpio = gpio;
            _number = pin;
        }

        /// <inheritdoc/>
        public void Kick()
        {
            if (_pin == null)
            {
                _pin = _gpio.OpenPin(_number, PinMode.Output);
            }

            // Nothing that may hang comes between the two: the pin is low for a moment only, and the chip stays on.
            _pin.Write(PinValue.Low);
            _pin.Write(PinValue.High);
        }
    }
}
