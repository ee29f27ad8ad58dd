// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>Errors of group 64 (PROTOCOL.md).</summary>
    public enum EvidenceError
    {
        /// <summary>It takes a role.</summary>
        RoleNeeded = 2,

        /// <summary>There is no item of that number.</summary>
        NoSuchItem = 3,

        /// <summary>The range is not within the item.</summary>
        OutOfRange = 4,

        /// <summary>The card cannot be read.</summary>
        Card = 5,

        /// <summary>The camera records, or another task runs.</summary>
        Busy = 6,

        /// <summary>The request is malformed.</summary>
        Malformed = 7,

        /// <summary>Log-ins are locked for a while.</summary>
        Locked = 8,

        /// <summary>The port cannot go at that rate.</summary>
        BaudNotSupported = 9,
    }
}
