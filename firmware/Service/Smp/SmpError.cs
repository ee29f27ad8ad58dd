// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Errors of SMP itself (MGMT_ERR in Zephyr), under the key "rc".</summary>
    public enum SmpError
    {
        /// <summary>No error.</summary>
        None = 0,

        /// <summary>Anything else.</summary>
        Unknown = 1,

        /// <summary>No room for it.</summary>
        NoMemory = 2,

        /// <summary>The request is malformed, or a value of it is impossible.</summary>
        Invalid = 3,

        /// <summary>It took too long.</summary>
        Timeout = 4,

        /// <summary>No such thing.</summary>
        NoEntry = 5,

        /// <summary>Not in this state.</summary>
        BadState = 6,

        /// <summary>The answer has no room.</summary>
        TooLong = 7,

        /// <summary>No such group or command.</summary>
        NotSupported = 8,

        /// <summary>Damaged.</summary>
        Corrupt = 9,

        /// <summary>Try again.</summary>
        Busy = 10,

        /// <summary>The role at the port does not allow it.</summary>
        AccessDenied = 11,

        /// <summary>A version of SMP that this server does not speak.</summary>
        VersionTooNew = 13,
    }
}
