// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// What a press of a button was taken for: key 18 of a manifest (FORMAT.md 3.4), data of entry 3 of the audit log (9.1).
    /// </summary>
    public enum PressMeaning
    {
        /// <summary>Nothing: still undecided, or too long for a tap and too short for a hold.</summary>
        None = 0,

        /// <summary>A tap.</summary>
        Tap = 1,

        /// <summary>One of the two presses of a double press.</summary>
        DoublePress = 2,

        /// <summary>A hold.</summary>
        Hold = 3,
    }
}
