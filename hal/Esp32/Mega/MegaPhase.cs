// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>What the Mega driver is waiting for.</summary>
    internal enum MegaPhase
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The test register is to hold two values.</summary>
        Probe,

        /// <summary>Idle after the reset.</summary>
        Reset,

        /// <summary>The identity is to be read.</summary>
        Identify,

        /// <summary>Idle after the device address.</summary>
        Address,

        /// <summary>Idle after the format.</summary>
        Format,

        /// <summary>Idle after the resolution.</summary>
        Resolution,

        /// <summary>Idle after the quality, when beginning or later.</summary>
        Quality,

        /// <summary>The capture-done flag.</summary>
        Capture,
    }
}
