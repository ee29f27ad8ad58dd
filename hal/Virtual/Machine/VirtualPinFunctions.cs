// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Virtual
{
    /// <summary>Pin functions as Configuration.SetPinFunction assigns them.</summary>
    public sealed class VirtualPinFunctions
    {
        private readonly Dictionary<DeviceFunction, int> _pins = new();

        /// <summary>The pin of a function, or -1.</summary>
        public int this[DeviceFunction function]
        {
            get => _pins.TryGetValue(function, out int pin) ? pin : -1;
            internal set => _pins[function] = value;
        }
    }
}
