// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What the camera does with the card: it decides who may have a file on it.</summary>
    public enum CardSituation
    {
        /// <summary>The card is being opened or made, its catalogue rebuilt, or there is none.</summary>
        Opening = 0,

        /// <summary>Nothing is recorded, and what a power cut left is being closed.</summary>
        Recovering = 1,

        /// <summary>Nothing is recorded.</summary>
        Idle = 2,

        /// <summary>A recording runs, what was before the press is on the card, and the slot is not near its end.</summary>
        Recording = 3,

        /// <summary>
        /// A recording needs every file: from the press until what was before it is on the card, near the end of a slot, from the stop
        /// until the recording is closed.
        /// </summary>
        RecordingBusy = 4,
    }
}
