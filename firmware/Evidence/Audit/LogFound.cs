// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// How the log on a card was found when it is not simply the one left off: the code of entry 23, and the field at 94 of the first
    /// sector after it (FORMAT.md section 9).
    /// </summary>
    public enum LogFound
    {
        /// <summary>As it was left.</summary>
        AsLeft = 0,

        /// <summary>Begun anew on a card without one.</summary>
        BegunAnew = 1,

        /// <summary>Gone on with on a card that does not hold the sector last known.</summary>
        WithoutKnown = 2,

        /// <summary>Sectors are missing before its end.</summary>
        WithHoles = 3,
    }
}
