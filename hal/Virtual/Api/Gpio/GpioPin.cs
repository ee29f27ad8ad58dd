// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace System.Device.Gpio
{
    /// <summary>An open pin.</summary>
    public sealed class GpioPin : IDisposable
    {
        private readonly VirtualPin _pin;
        private PinValueChangedEventHandler? _handlers;

        internal GpioPin(VirtualPin pin)
        {
            _pin = pin;
            _pin.Edge += OnEdge;
        }

        /// <summary>Edges, as the runtime delivers them.</summary>
        public event PinValueChangedEventHandler ValueChanged
        {
            add => _handlers += value;
            remove => _handlers -= value;
        }

        /// <summary>GPIO number.</summary>
        public int PinNumber => _pin.Number;

        /// <summary>Native debounce; the drivers here want raw edges and leave it at zero.</summary>
        public TimeSpan DebounceTimeout { get; set; }

        /// <summary>Its mode.</summary>
        public PinMode GetPinMode() => _pin.Mode ?? PinMode.Input;

        /// <summary>Sets its mode.</summary>
        public void SetPinMode(PinMode value) => _pin.Mode = value;

        /// <summary>Its level.</summary>
        public PinValue Read() => _pin.Level;

        /// <summary>Drives an output.</summary>
        public void Write(PinValue value) => _pin.Write((bool)value);

        /// <inheritdoc/>
        public void Dispose()
        {
            _pin.Edge -= OnEdge;
            _pin.Mode = null;
        }

        private void OnEdge(bool level) =>
            _handlers?.Invoke(this, new PinValueChangedEventArgs(level ? PinEventTypes.Rising : PinEventTypes.Falling, _pin.Number));
    }
}
