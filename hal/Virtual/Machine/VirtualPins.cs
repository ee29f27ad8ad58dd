// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>The GPIO pins of an ESP32-S3: 0 to 48 without 22 to 25, which do not exist.</summary>
    public sealed class VirtualPins
    {
        private readonly Dictionary<int, VirtualPin> _pins = new();

        internal VirtualPins(VirtualInterrupts interrupts)
        {
            for (int n = 0; n <= 48; n++)
            {
                if (n < 22 || n > 25)
                {
                    _pins[n] = new VirtualPin(n, interrupts);
                }
            }
        }

        /// <summary>One pin.</summary>
        /// <exception cref="ArgumentException">There is no such GPIO.</exception>
        public VirtualPin this[int number] =>
            _pins.TryGetValue(number, out VirtualPin? pin) ? pin : throw new ArgumentException($"no GPIO {number} on an ESP32-S3");
    }
}
