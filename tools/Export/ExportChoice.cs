// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>Which recordings are exported: all that fit everything that is set here.</summary>
    public sealed record ExportChoice
    {
        /// <summary>Recording numbers; null for all.</summary>
        public IReadOnlySet<long>? Recordings { get; init; }

        /// <summary>Only recordings that go on at or after this time, UTC.</summary>
        public DateTime? Since { get; init; }

        /// <summary>Only recordings that begin before this time, UTC.</summary>
        public DateTime? Until { get; init; }

        /// <summary>Only recordings with a marker.</summary>
        public bool Marked { get; init; }

        /// <summary>Whether a recording is wanted.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="unsure">Why that cannot be said, when it cannot; then it is not exported. Else null.</param>
        public bool Wants(RecordingResult recording, out string? unsure)
        {
            unsure = null;
            if (Recordings != null && !Recordings.Contains(recording.RecordingNumber) || Marked && recording.Markers.Count == 0)
            {
                return false;
            }

            if (Since == null && Until == null)
            {
                return true;
            }

            if (recording.FromUtc is not DateTime from || recording.ToUtc is not DateTime to)
            {
                unsure = "its time is not known: the clock was unset; choose it by its number";
                return false;
            }

            return !(to <= Since) && !(from >= Until);
        }
    }
}
