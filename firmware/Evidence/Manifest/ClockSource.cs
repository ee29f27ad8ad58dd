// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Where a recording's UTC comes from.</summary>
    public enum ClockSource
    {
        /// <summary>Nowhere: the clock was never set.</summary>
        Unset = 0,

        /// <summary>The real-time clock as it ran on.</summary>
        RealTimeClock = 1,

        /// <summary>A host set it since boot.</summary>
        Host = 2,
    }
}
