// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What a press of a button was taken to be part of.</summary>
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
