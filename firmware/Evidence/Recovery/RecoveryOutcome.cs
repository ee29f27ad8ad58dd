// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What became of a slot that was open when the power went.</summary>
    public enum RecoveryOutcome
    {
        /// <summary>Not finished.</summary>
        Running = 0,

        /// <summary>Closed by recovery behind the last unit that authenticates.</summary>
        Recovered = 1,

        /// <summary>Its close block was whole: only the catalogue did not know.</summary>
        WasClosed = 2,

        /// <summary>Nothing in it authenticates: the slot may be used again.</summary>
        Empty = 3,

        /// <summary>Holds fragments of this device whose beginning is lost or unreadable: left as it is.</summary>
        Kept = 4,

        /// <summary>The card contradicts what the device committed to: left as it is, never signed.</summary>
        Refused = 5,
    }
}
