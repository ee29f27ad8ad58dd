// SPDX-License-Identifier: MIT

using System;
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Events;

namespace Lapel.Hal.Esp32
{
    /// <summary>Buttons to ground with the chip's pull-ups.</summary>
    /// <remarks>
    /// Edges are taken from the runtime's events, not from the pins: an event carries the time of its interrupt, which the pins' own
    /// handler drops (System.Device.Gpio 1.1.62, GpioPinEventListener). So an edge during a native call, a card write or a burst, is
    /// stamped with the time at which it happened, to 10 ms, although it is handled when that call returns.
    /// </remarks>
    public sealed class GpioButtons : IButtons, IEventProcessor, IEventListener
    {
        private readonly EdgeQueue _edges = new EdgeQueue();
        private readonly GpioPin _record;
        private readonly GpioPin _event;

        // Handed back for each event: an allocation in the handler could start the collector.
        private readonly BaseEvent _handled = new BaseEvent();

        /// <summary>
        /// Opens the two pins and begins to stamp edges. No other part may have pin events: the runtime has one listener.
        /// </summary>
        /// <param name="gpio">The chip's GPIO.</param>
        /// <param name="recordPin">GPIO number of the record button, to ground.</param>
        /// <param name="eventPin">GPIO number of the event button, to ground.</param>
        public GpioButtons(GpioController gpio, int recordPin, int eventPin)
        {
            _record = gpio.OpenPin(recordPin, PinMode.InputPullUp);
            _event = gpio.OpenPin(eventPin, PinMode.InputPullUp);
            EventSink.AddEventProcessor(EventCategory.Gpio, this);
            EventSink.AddEventListener(EventCategory.Gpio, this);

            // The runtime arms a pin's interrupt only while the pin has a handler.
            _record.ValueChanged += Arm;
            _event.ValueChanged += Arm;
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

        /// <summary>One event of a pin.</summary>
        /// <param name="data1">The pin's number in the high 16 bits.</param>
        /// <param name="data2">The level after the edge: 0 or 1.</param>
        /// <param name="time">The interrupt's time.</param>
        public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
        {
            int pin = (int)(data1 >> 16);
            if (pin == _record.PinNumber)
            {
                Add(Button.Record, data2, time);
            }
            else if (pin == _event.PinNumber)
            {
                Add(Button.Event, data2, time);
            }

            return _handled;
        }

        /// <summary>Does nothing: there is nothing to begin.</summary>
        public void InitializeForEventSource() { }

        /// <summary>Does nothing: the event is in the queue already.</summary>
        public bool OnEvent(BaseEvent ev)
        {
            return true;
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

        private void Arm(object sender, PinValueChangedEventArgs e) { }

        private void Add(Button button, uint level, DateTime time)
        {
            // Low is down: the button pulls the pin to ground. Bounces are kept; the decoder takes them out and the press log keeps the
            // raw times.
            _edges.Add(button, level == 0, time.Ticks / 10, (long)HighResTimer.GetCurrent());
        }
    }
}
