// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// The firmware put the chip into deep sleep. Whoever runs the board boots it again when a pin wakes it; the real-time clock goes on.
    /// </summary>
    public sealed class DeepSleepException : Exception
    {
        /// <summary>The chip sleeps.</summary>
        public DeepSleepException()
            : base("deep sleep") { }
    }
}
