// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>Which entries are shown.</summary>
    public sealed record AuditFilter
    {
        /// <summary>Not before this; null: from the beginning.</summary>
        public DateTime? From { get; init; }

        /// <summary>Before this; null: to the end.</summary>
        public DateTime? To { get; init; }

        /// <summary>Kinds shown; empty: all.</summary>
        public IReadOnlyCollection<AuditKind> Kinds { get; init; } = [];

        /// <summary>The boot shown; null: all.</summary>
        public uint? Boot { get; init; }

        /// <summary>Whether an entry is shown. One that nothing binds to UTC is left out where a time is asked for.</summary>
        public bool Shows(AuditEntry entry, BoundTime? at)
        {
            if (Kinds.Count > 0 && !new HashSet<AuditKind>(Kinds).Contains(entry.Kind))
            {
                return false;
            }

            if (Boot != null && entry.Boot != Boot)
            {
                return false;
            }

            return (From == null || at?.Utc >= From) && (To == null || at?.Utc < To);
        }
    }
}
