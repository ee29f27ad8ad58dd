// SPDX-License-Identifier: MIT

using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Esp32
{
    /// <summary>Buttons to ground with the chip's pull-ups.</summary>
    /// <remarks>
    /// The handler only stamps the time; it runs on the runtime's event thread, so an edge during a native call (a card write, a burst) is
    /// stamped when that call returns.
    /// </remarks>
    public sealed class GpioButtons : IButtons
    {
        private readonly EdgeQueue _edges = new EdgeQueue();
        private readonly GpioPin _record;
        private readonly GpioPin _event;

        /// <summary>Opens the two pins and begins to stamp edges.</summary>
        /// <param name="gpio">The chip's GPIO.</param>
        /// <param name="recordPin">GPIO number of the record button, to ground.</param>
        /// <param name="eventPin">GPIO number of the event button, to ground.</param>
        public GpioButtons(GpioController gpio, int recordPin, int eventPin)
        {
            _record = gpio.OpenPin(recordPin, PinMode.InputPullUp);
            _event = gpio.OpenPin(eventPin, PinMode.InputPullUp);
            _record.ValueChanged += OnRecord;
            _event.ValueChanged += OnEvent;
        }

        /// <inheritdoc/>
        public int Overruns
        {
            get { return _edges.Overruns; }
        }

        /// <inheritdoc/>
        public bool TryTake(ButtonEdge edge)
        {
            return _edges.TryTake(edge);
        }

        /// <inheritdoc/>
        public bool IsDown(Button button)
        {
            GpioPin pin = PinOf(button);
            return pin != null && pin.Read() == PinValue.Low;
        }

        // A button that this board does not have is not taken for one that it has.
        private GpioPin PinOf(Button button)
        {
            switch (button)
            {
                case Button.Record:
                    return _record;
                case Button.Event:
                    return _event;
                default:
                    return null;
            }
        }

        private void OnRecord(object sender, PinValueChangedEventArgs e)
        {
            Stamp(Button.Record, e);
        }

        private void OnEvent(object sender, PinValueChangedEventArgs e)
        {
            Stamp(Button.Event, e);
        }

        private void Stamp(Button button, PinValueChangedEventArgs e)
        {
            // Falling is down: the button pulls the pin to ground. Bounces are kept; the decoder takes them out and the press log keeps the
            // raw times.
            _edges.Add(button, e.ChangeType == PinEventTypes.Falling, (long)HighResTimer.GetCurrent());
        }
    }
}
