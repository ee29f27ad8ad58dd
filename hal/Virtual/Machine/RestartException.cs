// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>The firmware restarts the chip. Whoever runs the board boots it again.</summary>
    public sealed class RestartException : Exception
    {
        /// <summary>The chip restarts.</summary>
        public RestartException()
            : base("restart") { }
    }
}
