// SPDX-License-Identifier: MIT

using System;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Lapel.Hal.Esp32
{
    /// <summary>Time from the chip's high-resolution timer and its real-time clock.</summary>
    public sealed class Esp32Clock : IClock
    {
        /// <inheritdoc/>
        public long Microseconds
        {
            get { return (long)HighResTimer.GetCurrent(); }
        }

        /// <inheritdoc/>
        public long UtcTicks
        {
            get { return DateTime.UtcNow.Ticks; }
        }

        /// <inheritdoc/>
        public bool SetUtc(long utcTicks)
        {
            // Whole seconds only; who states the time adds that to its uncertainty (StatedClock).
            return Rtc.SetSystemTime(new DateTime(utcTicks));
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
