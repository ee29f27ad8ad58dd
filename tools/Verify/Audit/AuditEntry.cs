// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>One entry of an audit log (FORMAT.md 9.1).</summary>
    public sealed record AuditEntry
    {
        /// <summary>Sequence number of its sector.</summary>
        public required long Sequence { get; init; }
        public required uint Boot { get; init; }

        /// <summary>Kind, by its number; one that is not known is shown as it is.</summary>
        public required AuditKind Kind { get; init; }
        public required int Code { get; init; }
        public required long First { get; init; }
        public required long Second { get; init; }

        /// <summary>Milliseconds since boot.</summary>
        public required long Monotonic { get; init; }

        /// <summary>UTC as the clock was then; null while it was unset.</summary>
        public required DateTime? Utc { get; init; }

        /// <summary>Uncertainty of that, milliseconds; null when unknown.</summary>
        public required uint? Uncertainty { get; init; }
        public required ClockSource Source { get; init; }
        public required byte[] Data { get; init; }

        /// <summary>Whether a signature covers it.</summary>
        public bool Signed { get; internal set; }
    }
}
