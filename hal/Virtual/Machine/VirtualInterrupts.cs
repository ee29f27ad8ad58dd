// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using nanoFramework.Runtime.Events;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// GPIO events between the interrupt and the managed handler: the runtime queues 128 and drops the oldest beyond that. An event carries
    /// the time of its interrupt in steps of the tick; the runtime's own pin handlers do not get to see it.
    /// </summary>
    internal sealed class VirtualInterrupts
    {
        private const int Capacity = 128;
        private const long TicksAtOrigin = 504_911_232_000_000_000; // 1601
        private readonly Queue<PinEvent> _pending = new();
        private readonly VirtualClock _clock;
        private bool _dispatching;

        public VirtualInterrupts(VirtualClock clock) => _clock = clock;

        /// <summary>Who makes objects of events; null: the runtime's own.</summary>
        public IEventProcessor? Processor { get; set; }

        /// <summary>Who gets them; null: the handlers of the pin.</summary>
        public IEventListener? Listener { get; set; }

        /// <summary>Queues one edge, at the time of its interrupt.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="level">The level after the edge.</param>
        /// <param name="stock">Calls the pin's own handlers.</param>
        public void Post(int pin, bool level, System.Action<bool> stock)
        {
            if (_pending.Count == Capacity)
            {
                _pending.Dequeue();
            }

            _pending.Enqueue(new PinEvent(pin, level, _clock.NowUs / VirtualClock.TickUs * VirtualClock.TickUs, stock));
        }

        /// <summary>Runs the queued handlers in order; a handler that causes events does not run them inside itself.</summary>
        public void Dispatch()
        {
            if (_dispatching)
            {
                return;
            }

            _dispatching = true;
            try
            {
                while (_pending.TryDequeue(out PinEvent? edge))
                {
                    Handle(edge);
                }
            }
            finally
            {
                _dispatching = false;
            }
        }

        private void Handle(PinEvent edge)
        {
            if (Processor == null || Listener == null)
            {
                edge.Stock(edge.Level);
                return;
            }

            uint data1 = ((uint)edge.Pin << 16) | ((uint)EventCategory.Gpio << 8);
            var time = new Nano.DateTime(TicksAtOrigin + edge.TickUs * 10);
            Listener.OnEvent(Processor.ProcessEvent(data1, edge.Level ? 1U : 0, time));
        }
    }
}
