// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// Virtual time in microseconds since power-on. It moves only when the firmware sleeps, when a bus or the card is at work, and
    /// when whoever runs the board advances it; so a 12-hour shift takes seconds and the same inputs give the same run.
    /// </summary>
    public sealed class VirtualClock
    {
        /// <summary>Step of Sleep on the device, microseconds (FreeRTOS tick of the official images).</summary>
        public const long TickUs = 10_000;

        private readonly PriorityQueue<Action, (long AtUs, long Order)> _events = new();
        private long _order;
        private bool _stopped;
        private bool _restarts;
        private bool _isReset;
        private bool _sleeps;
        private Exception? _accused;
        private long _utcTicksAtZero = DateTime.UnixEpoch.Ticks;

        /// <summary>Microseconds since power-on.</summary>
        public long NowUs { get; private set; }

        /// <summary>The real-time clock, 100 ns ticks of <see cref="DateTime"/>; 1970 at power-on until it is set.</summary>
        public long UtcTicks
        {
            get => _utcTicksAtZero + NowUs * 10;
            set => _utcTicksAtZero = value - NowUs * 10;
        }

        /// <summary>What Sleep(0) costs, microseconds: about one turn of the interpreter's loop. Keeps a yielding loop moving.</summary>
        public long YieldUs { get; set; } = 200;

        /// <summary>Called after each sleep with the new time; a real-time runner waits here.</summary>
        public Action<long>? Slept { get; set; }

        /// <summary>Called after each scheduled event, at its time, and when the loop gives way to sleep.</summary>
        internal Action? EventRun { get; set; }

        /// <summary>Schedules something outside the firmware: a press, a pulled card. In the past means at the next advance.</summary>
        public void At(long atUs, Action action) => _events.Enqueue(action, (Math.Max(atUs, NowUs), _order++));

        /// <summary>Moves time on, running what is scheduled on the way at its own time.</summary>
        public void Advance(long us)
        {
            if (us < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(us), "time does not go back");
            }

            AdvanceTo(NowUs + us);
        }

        /// <summary>Moves time on to a moment; nothing when that has passed.</summary>
        /// <exception cref="PowerCutException">The power was cut before or on the way.</exception>
        public void AdvanceTo(long atUs)
        {
            CheckPower();
            while (_events.TryPeek(out Action? action, out (long AtUs, long Order) key) && key.AtUs <= atUs)
            {
                _events.Dequeue();
                if (key.AtUs > NowUs)
                {
                    NowUs = key.AtUs;
                }

                action();
                EventRun?.Invoke();
            }

            if (atUs > NowUs)
            {
                NowUs = atUs;
            }
        }

        /// <summary>
        /// The firmware did what it must not do, and whoever runs the board is to know it: said at every use of the clock, whoever caught
        /// it before.
        /// </summary>
        internal void Accuse(Exception error)
        {
            _accused = error;
            _stopped = true;
            throw error;
        }

        internal void Stop(bool restarts = false, bool isReset = false)
        {
            _stopped = true;
            _restarts |= restarts;
            _isReset |= isReset;
        }

        /// <summary>Nothing runs any more: the chip is in deep sleep.</summary>
        internal void StopAsleep()
        {
            _stopped = true;
            _sleeps = true;
        }

        /// <summary>Nothing runs after the power was cut, not even the finally blocks of the firmware.</summary>
        internal void CheckPower()
        {
            if (_stopped)
            {
                ThrowStopped();
            }
        }

        // Said again to whoever caught it: the firmware's fences catch everything, and go on with a sleep.
        private void ThrowStopped()
        {
            if (_accused != null)
            {
                throw _accused;
            }

            if (_sleeps)
            {
                throw new DeepSleepException();
            }

            if (_restarts)
            {
                throw new RestartException(_isReset);
            }

            throw new PowerCutException("before this");
        }

        /// <summary>Thread.Sleep: wakes at the first 10 ms tick at or after the time asked for.</summary>
        public void Sleep(int milliseconds)
        {
            if (milliseconds < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(milliseconds));
            }

            CheckPower();
            EventRun?.Invoke();
            if (milliseconds == 0)
            {
                Advance(YieldUs);
            }
            else
            {
                AdvanceTo((NowUs + milliseconds * 1000L + TickUs - 1) / TickUs * TickUs);
            }

            CheckPower();
            Slept?.Invoke(NowUs);
        }
    }
}
