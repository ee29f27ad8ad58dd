// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>State of a slot in the catalogue (FORMAT.md 2.2).</summary>
    public enum SlotState
    {
        /// <summary>Never used, or used again from here.</summary>
        Free = 0,

        /// <summary>A segment is being written, or was when the power went.</summary>
        Open = 1,

        /// <summary>Holds a closed segment.</summary>
        Closed = 2,

        /// <summary>Its segment was released by a receipt: may be used again.</summary>
        Released = 3,

        /// <summary>Does not take writes.</summary>
        Bad = 4,

        /// <summary>
        /// A receipt for its segment was accepted; header and envelope are perhaps not overwritten yet. No evidence any more, and not free
        /// before they are.
        /// </summary>
        Releasing = 5,

        /// <summary>Both copies of its catalogue sector are damaged: nothing is known, so nothing is written. Never stored.</summary>
        Unknown = 255,
    }
}
