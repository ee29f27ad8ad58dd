// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Why a segment was closed (FORMAT.md key 27).</summary>
    public enum CloseReason
    {
        /// <summary>The recording was stopped, or its pre-event segments were complete.</summary>
        Stopped = 1,

        /// <summary>The slot was full; the next segment goes on.</summary>
        SlotFull = 2,

        /// <summary>No free slot was left.</summary>
        CardFull = 3,

        /// <summary>A fault ended the recording.</summary>
        Fault = 4,

        /// <summary>The power went; closed at the next boot.</summary>
        Recovered = 5,

        /// <summary>The next picture is larger than an empty slot of this card.</summary>
        SlotTooSmall = 6,

        /// <summary>The battery was empty: closed before the supply failed.</summary>
        BatteryEmpty = 7,
    }
}
