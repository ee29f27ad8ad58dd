// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>A push button to ground, with the bounce of a real one when asked for.</summary>
    public sealed class VirtualButton
    {
        private const int BounceWindowUs = 5_000;
        private readonly VirtualMachine _machine;
        private readonly VirtualPin _pin;
        private readonly Random _random;

        internal VirtualButton(VirtualMachine machine, int pin, int seed)
        {
            _machine = machine;
            _pin = machine.Pins[pin];
            _random = new Random(seed);
        }

        /// <summary>Whether it is down now.</summary>
        public bool IsDown => !_pin.Level;

        /// <summary>Contact bounces at each press and release: pairs of extra edges within 5 ms.</summary>
        public int Bounces { get; set; }

        /// <summary>Pushes it now.</summary>
        public void Press() => Press(_machine.Clock.NowUs);

        /// <summary>Lets it go now.</summary>
        public void Release() => Release(_machine.Clock.NowUs);

        /// <summary>Pushes it at a time, microseconds since power-on.</summary>
        public void Press(long atUs) => Move(atUs, true);

        /// <summary>Lets it go at a time.</summary>
        public void Release(long atUs) => Move(atUs, false);

        /// <summary>Pushes it at a time and lets it go so much later.</summary>
        public void Hold(long atUs, long durationUs)
        {
            Press(atUs);
            Release(atUs + durationUs);
        }

        private void Move(long atUs, bool down)
        {
            At(atUs, down);
            long at = atUs;
            for (int n = 0; n < Bounces; n++)
            {
                at += 1 + _random.Next(BounceWindowUs / (2 * Bounces));
                At(at, !down);
                at += 1 + _random.Next(BounceWindowUs / (2 * Bounces));
                At(at, down);
            }
        }

        private void At(long atUs, bool down)
        {
            if (atUs <= _machine.Clock.NowUs)
            {
                _machine.Apply(() => _pin.Drive(down ? false : null));
            }
            else
            {
                _machine.Clock.At(atUs, () => _pin.Drive(down ? false : null));
            }
        }
    }
}
