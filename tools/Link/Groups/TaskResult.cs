// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>Results of custody tasks (PROTOCOL.md).</summary>
    public enum TaskResult
    {
        /// <summary>No task has run.</summary>
        None = 0,

        /// <summary>It runs.</summary>
        Running = 1,

        /// <summary>It is done.</summary>
        Done = 2,

        /// <summary>What was brought is malformed.</summary>
        Malformed = 3,

        /// <summary>Its signature does not hold.</summary>
        WrongSignature = 4,

        /// <summary>The camera does not know the key that signed.</summary>
        UnknownKey = 5,

        /// <summary>It is for another camera.</summary>
        WrongDevice = 6,

        /// <summary>Something newer was there before.</summary>
        Stale = 7,

        /// <summary>There is no such segment.</summary>
        NoSuchSegment = 8,

        /// <summary>Log-ins are locked.</summary>
        Locked = 9,

        /// <summary>The role does not allow it.</summary>
        NotAllowed = 10,

        /// <summary>The camera's storage failed.</summary>
        StorageFailed = 11,

        /// <summary>Another task runs.</summary>
        Busy = 12,
    }
}
