// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Why the governor lowered rate or quality: the last of the statistics of FORMAT.md 3.6.</summary>
    public enum GovernorReason
    {
        /// <summary>It did not.</summary>
        None = 0,

        /// <summary>The card takes less than the sensor gives: frames wait for longer than they should.</summary>
        Backlog = 1,

        /// <summary>The memory for frames that wait was running out.</summary>
        Memory = 2,

        /// <summary>Pictures were taken later and later: the loop spends too long inside card writes to follow the grid.</summary>
        Late = 3,
    }
}
