// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The words behind ERR (PROTOCOL.md 2).</summary>
    public static class ErrorCode
    {
        /// <summary>The line is not one: unprintable bytes, too long, too many words.</summary>
        public const string Malformed = "malformed";

        /// <summary>No such command.</summary>
        public const string Unknown = "unknown";

        /// <summary>Wrong arguments.</summary>
        public const string Usage = "usage";

        /// <summary>The role is not enough.</summary>
        public const string Role = "role";

        /// <summary>Not now: a recording, a picture or another task comes first.</summary>
        public const string Busy = "busy";

        /// <summary>What is asked for is not there.</summary>
        public const string Missing = "missing";

        /// <summary>It was tried and did not succeed.</summary>
        public const string Failed = "failed";

        /// <summary>Ctrl-C, or other input, ended it.</summary>
        public const string Interrupted = "interrupted";
    }
}
