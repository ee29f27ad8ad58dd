// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>Which segments are wanted.</summary>
    public sealed record SyncQuery
    {
        /// <summary>Recording numbers; null for all.</summary>
        public IReadOnlySet<long>? Recordings { get; init; }

        /// <summary>Only segments whose first frame is not before this; those without a clock are always wanted.</summary>
        public DateTime? Since { get; init; }

        /// <summary>Only segments whose first frame is before this; those without a clock are always wanted.</summary>
        public DateTime? Until { get; init; }

        /// <summary>Whether a segment is wanted.</summary>
        public bool Wants(SlotEntry entry)
        {
            if (Recordings != null && !Recordings.Contains(entry.Recording))
            {
                return false;
            }

            if (entry.UtcSeconds == 0)
            {
                return true;
            }

            DateTime first = DateTime.UnixEpoch.AddSeconds(Math.Min(entry.UtcSeconds, uint.MaxValue));
            return !(first < Since) && !(first >= Until);
        }
    }
}
