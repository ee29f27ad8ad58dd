// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// A TPS3431 (datasheet SNVSB66A) with 220 nF at CWD, its WDI on a pin and its SET1 on the same pin through a delay. It resets the
    /// machine: the reset takes the real-time clock and the card's supply with it.
    /// </summary>
    public sealed class VirtualSupervisor
    {
        private const double Nanofarads = 220;
        private const double Tolerance = 0.05;

        /// <summary>Time-out with an ideal capacitor, microseconds: 17.1 s.</summary>
        public static readonly long TypicalUs = TimeoutOf(Nanofarads);

        /// <summary>Shortest time-out, microseconds: 14.7 s, with 5 % less at CWD.</summary>
        public static readonly long LeastUs = (long)(0.905 * TimeoutOf(Nanofarads * (1 - Tolerance)));

        /// <summary>Longest time-out, microseconds: 19.6 s, with 5 % more at CWD.</summary>
        public static readonly long MostUs = (long)(1.095 * TimeoutOf(Nanofarads * (1 + Tolerance)));

        /// <summary>How long WDO stays low, microseconds: the microcontroller is in reset.</summary>
        public const long ResetUs = 200_000;

        /// <summary>From the pin's rise to a SET1 that is high, microseconds: 100 kilohm and 10 uF to half of 3.3 V.</summary>
        public const long DelayUs = 700_000;

        private readonly VirtualMachine _machine;
        private readonly VirtualPin _pin;
        private bool _isAwaited;
        private long _movedUs;
        private long _deadlineUs;

        internal VirtualSupervisor(VirtualMachine machine, int pin)
        {
            _machine = machine;
            _pin = machine.Pins[pin];
            _pin.LevelChanged += Moved;
        }

        /// <summary>Time-out of this chip, microseconds.</summary>
        public long TimeoutUs { get; set; } = TypicalUs;

        /// <summary>Whether it is on.</summary>
        public bool IsArmed { get; private set; }

        /// <summary>Kicks so far: falling edges while it was on.</summary>
        public int Kicks { get; private set; }

        /// <summary>Time-out of a chip with an ideal capacitor, microseconds: equation 1 of the datasheet.</summary>
        /// <param name="nanofarads">At CWD, 0.1 to 1,000.</param>
        public static long TimeoutOf(double nanofarads) => (long)((77.4 * nanofarads + 55) * 1000);

        private void Moved(VirtualPin pin)
        {
            long nowUs = _machine.Clock.NowUs;
            if (!pin.Level && IsArmed)
            {
                Kicks++;
                _deadlineUs = nowUs + TimeoutUs;
            }

            // SET1 follows what has lasted. A kick is over in the same moment.
            _movedUs = nowUs;
            _machine.Clock.At(nowUs + DelayUs, Settle);
        }

        private void Settle()
        {
            long nowUs = _machine.Clock.NowUs;
            bool isHigh = _pin.Level;
            if (!isHigh && nowUs - _movedUs < DelayUs)
            {
                return;
            }

            if (isHigh && !IsArmed)
            {
                _deadlineUs = nowUs + TimeoutUs;
            }

            IsArmed = isHigh;
            Await();
        }

        private void Await()
        {
            if (!_isAwaited && IsArmed)
            {
                _isAwaited = true;
                _machine.Clock.At(_deadlineUs, Expire);
            }
        }

        private void Expire()
        {
            _isAwaited = false;
            if (IsArmed && _machine.Clock.NowUs >= _deadlineUs)
            {
                _machine.Reset();
            }

            Await();
        }
    }
}
