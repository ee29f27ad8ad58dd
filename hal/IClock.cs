// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// The board's time. Two unrelated time lines: a monotonic one that orders everything the camera does, and UTC, which
    /// may be unset, wrong, or stepped. Nothing above the HAL reads any other clock.
    /// </summary>
    public interface IClock
    {
        /// <summary>Monotonic time since power-on, in microseconds; never steps, never wraps within a shift.</summary>
        long Microseconds { get; }

        /// <summary>
        /// UTC as the real-time clock gives it, in 100 ns ticks of <see cref="System.DateTime"/>; 1970 after a cold boot.
        /// </summary>
        long UtcTicks { get; }

        /// <summary>Sets the real-time clock, to whole seconds (Rtc.SetSystemTime).</summary>
        /// <param name="utcTicks">100 ns ticks of <see cref="System.DateTime"/>; what is below a second is cut off.</param>
        /// <returns>False when the board refused; the clock is as it was.</returns>
        bool SetUtc(long utcTicks);

        /// <summary>Gives up the processor for at least this many milliseconds (steps of 10 on the device). 0 to 1000.</summary>
        void Sleep(int milliseconds);
    }
}
