// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Where the device had its time from.</summary>
    public enum ClockSource
    {
        Unset = 0,
        RealTimeClock = 1,
        Host = 2,
    }
}
