// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>How a log-in, configuration, receipt or order came out. The numbers are part of the service protocol.</summary>
    public enum CustodyResult
    {
        /// <summary>Nothing was ever asked.</summary>
        None = 0,

        /// <summary>Being checked or carried out.</summary>
        Running = 1,

        /// <summary>Done.</summary>
        Done = 2,

        /// <summary>Not in the one form that CUSTODY.md gives it.</summary>
        Malformed = 3,

        /// <summary>The signature does not hold.</summary>
        WrongSignature = 4,

        /// <summary>Signed with a key that has no say here.</summary>
        UnknownKey = 5,

        /// <summary>For another device.</summary>
        WrongDevice = 6,

        /// <summary>Used before, or older than what is in force.</summary>
        Stale = 7,

        /// <summary>No closed segment on this card is the one named.</summary>
        NoSuchSegment = 8,

        /// <summary>Too many refused log-ins: wait.</summary>
        Locked = 9,

        /// <summary>Not with this key, or not in this state.</summary>
        NotAllowed = 10,

        /// <summary>Card or internal storage failed.</summary>
        StorageFailed = 11,

        /// <summary>Another task is under way.</summary>
        Busy = 12,
    }
}
