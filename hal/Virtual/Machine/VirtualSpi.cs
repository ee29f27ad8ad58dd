// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>The two SPI buses that nanoFramework gives on an ESP32-S3.</summary>
    public sealed class VirtualSpi
    {
        private readonly VirtualSpiBus[] _buses;

        internal VirtualSpi(VirtualMachine machine)
        {
            _buses = new[] { new VirtualSpiBus(machine, 1), new VirtualSpiBus(machine, 2) };
        }

        /// <summary>Bus 1 or 2.</summary>
        public VirtualSpiBus this[int busId] => busId is 1 or 2 ? _buses[busId - 1] : throw new ArgumentException($"no SPI bus {busId}");
    }
}
