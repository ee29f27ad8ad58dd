// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>The firmware restarts the chip, or something resets it. Whoever runs the board boots it again.</summary>
    public sealed class RestartException : Exception
    {
        /// <summary>The chip restarts.</summary>
        /// <param name="isReset">Whether it is reset from outside.</param>
        public RestartException(bool isReset = false)
            : base(isReset ? "reset" : "restart")
        {
            IsReset = isReset;
        }

        /// <summary>Whether it is reset from outside, by its enable pin: then the real-time clock is lost, as at power-on.</summary>
        public bool IsReset { get; }
    }
}
