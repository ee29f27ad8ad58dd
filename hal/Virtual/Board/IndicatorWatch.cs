// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>What an officer would see, feel and hear.</summary>
    public sealed class IndicatorWatch
    {
        private readonly List<IndicatorEvent> _events = new();
        private readonly bool[] _on = new bool[4];

        internal IndicatorWatch(VirtualMachine machine, VirtualBoardWiring wiring)
        {
            Watch(machine, wiring.Red, Indicator.Red);
            Watch(machine, wiring.Green, Indicator.Green);
            Watch(machine, wiring.Vibration, Indicator.Vibration);
            Watch(machine, wiring.Tone, Indicator.Tone);
        }

        /// <summary>Every change since power-on, in order.</summary>
        public IReadOnlyList<IndicatorEvent> Events => _events;

        /// <summary>Runs at each change.</summary>
        public event Action<IndicatorEvent>? Changed;

        /// <summary>Whether an indicator is on.</summary>
        public bool IsOn(Indicator indicator) => _on[(int)indicator];

        private void Watch(VirtualMachine machine, int pin, Indicator indicator)
        {
            machine.Pins[pin].LevelChanged += changed =>
            {
                _on[(int)indicator] = changed.Level;
                var happened = new IndicatorEvent(machine.Clock.NowUs, indicator, changed.Level);
                _events.Add(happened);
                Changed?.Invoke(happened);
            };
        }
    }
}
