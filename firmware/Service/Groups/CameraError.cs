// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Errors of group 64.</summary>
    public enum CameraError
    {
        /// <summary>No error.</summary>
        None = 0,

        /// <summary>Anything else.</summary>
        Unknown = 1,

        /// <summary>It needs a higher role.</summary>
        RoleNeeded = 2,

        /// <summary>No such item, or none that can be read.</summary>
        NoSuchItem = 3,

        /// <summary>Beyond the item's end, or a length or block size that is not allowed.</summary>
        OutOfRange = 4,

        /// <summary>The card failed.</summary>
        Card = 5,

        /// <summary>A recording is under way, or the card is not ready: try again later.</summary>
        Recording = 6,

        /// <summary>A value of the request is missing or of the wrong kind or size.</summary>
        Malformed = 7,

        /// <summary>Too many log-ins failed: nobody can log in for a while.</summary>
        Locked = 8,

        /// <summary>The port cannot do this rate.</summary>
        BaudNotSupported = 9,
    }
}
