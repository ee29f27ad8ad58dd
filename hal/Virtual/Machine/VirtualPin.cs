// SPDX-License-Identifier: MIT

using System;
using System.Device.Gpio;

namespace Lapel.Hal.Virtual
{
    /// <summary>One GPIO pin: what the firmware drives and what the board drives.</summary>
    public sealed class VirtualPin
    {
        private readonly VirtualInterrupts _interrupts;
        private PinMode? _mode;
        private bool _driven;
        private bool? _board;

        internal VirtualPin(int number, VirtualInterrupts interrupts)
        {
            Number = number;
            _interrupts = interrupts;
        }

        /// <summary>GPIO number.</summary>
        public int Number { get; }

        /// <summary>Whether the firmware has made it an output.</summary>
        public bool IsOutput =>
            _mode
                is PinMode.Output
                    or PinMode.OutputOpenDrain
                    or PinMode.OutputOpenDrainPullUp
                    or PinMode.OutputOpenSource
                    or PinMode.OutputOpenSourcePullDown;

        /// <summary>The level on the pin: the firmware's when it is an output, else the board's, else that of its pull resistor.</summary>
        public bool Level => IsOutput ? _driven : _board ?? _mode == PinMode.InputPullUp;

        /// <summary>Runs when the level has changed, at once (chips, observers).</summary>
        public event Action<VirtualPin>? LevelChanged;

        /// <summary>The managed handler's side: runs when the runtime gets to it. The argument is the level after the edge.</summary>
        internal event Action<bool>? Edge;

        /// <summary>What the board puts on the pin; null lets it float to its pull resistor.</summary>
        public void Drive(bool? level) => Change(() => _board = level, true);

        internal PinMode? Mode
        {
            get => _mode;
            set => Change(() => _mode = value, false);
        }

        internal void Write(bool level)
        {
            if (!IsOutput)
            {
                throw new InvalidOperationException($"GPIO {Number} is not an output");
            }

            Change(() => _driven = level, false);
        }

        // Only the board causes interrupts: the runtime arms them after it has set a pin's mode.
        private void Change(Action change, bool byBoard)
        {
            bool before = Level;
            change();
            bool after = Level;
            if (before == after)
            {
                return;
            }

            LevelChanged?.Invoke(this);
            if (byBoard && Edge != null && !IsOutput)
            {
                _interrupts.Post(Number, after, level => Edge?.Invoke(level));
            }
        }
    }
}
