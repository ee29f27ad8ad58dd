// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// What a file on the card is open for, in order of rank. A new use is a member here, a column in <see cref="CardFiles"/> and a test.
    /// </summary>
    public enum FileUse
    {
        /// <summary>The segment that pictures go to as they are taken.</summary>
        Live = 0,

        /// <summary>The segment of what was taken before the press.</summary>
        PreEvent = 1,

        /// <summary>The audit log, open as long as the card is.</summary>
        Log = 2,

        /// <summary>Both copies of the catalogue, open as long as the card is.</summary>
        Catalogue = 3,

        /// <summary>The slot that is opened ahead, for the next press or the next segment.</summary>
        Spare = 4,

        /// <summary>The segment that a dock reads.</summary>
        Port = 5,

        /// <summary>The slot that a receipt releases.</summary>
        Custody = 6,

        /// <summary>The slot that a power cut left open.</summary>
        Recovery = 7,

        /// <summary>The slot that the self-test writes to.</summary>
        SelfTest = 8,

        /// <summary>Whoever opens or makes the card: the key's file, a first look into a slot.</summary>
        Setup = 9,

        /// <summary>The slot that is being made.</summary>
        Making = 10,
    }
}
