// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace System.Device.Gpio
{
    /// <summary>Opens pins of the current machine.</summary>
    public sealed class GpioController : IDisposable
    {
        /// <summary>Opens a pin in a mode.</summary>
        /// <exception cref="InvalidOperationException">It is open already.</exception>
        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            VirtualPin pin = VirtualMachine.Current.Pins[pinNumber];
            if (pin.Mode != null)
            {
                throw new InvalidOperationException($"GPIO {pinNumber} is open already");
            }

            var open = new GpioPin(pin);
            open.SetPinMode(mode);
            return open;
        }

        /// <inheritdoc/>
        public void Dispose() { }
    }
}
