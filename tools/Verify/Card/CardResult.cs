// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>The judgement of a card, a folder or a file.</summary>
    public sealed record CardResult
    {
        public required string Path { get; init; }
        public required CardKind Kind { get; init; }

        /// <summary>The one key judged with; null when each segment was judged with its own.</summary>
        public required TrustedKey? Key { get; init; }
        public required KeySupplier KeySupplier { get; init; }

        /// <summary>Changes of the device's key that were followed from the one judged with.</summary>
        public IReadOnlyList<RotationStatement> Rotations { get; init; } = [];

        /// <summary>One for each recording of which a segment is there.</summary>
        public required IReadOnlyList<RecordingResult> Recordings { get; init; }

        /// <summary>Files that hold no segment.</summary>
        public required int WithoutSegment { get; init; }

        /// <summary>Slots whose segment was released by a receipt: no evidence any more.</summary>
        public int Released { get; init; }

        /// <summary>
        /// The audit logs, judged with the same key and against the segments: a card's one, or one for each device of a store.
        /// </summary>
        public required IReadOnlyList<AuditResult> Audits { get; init; }

        /// <summary>Findings that concern no recording.</summary>
        public required IReadOnlyList<Finding> Findings { get; init; }

        /// <summary>Whether there is a recording, every recording is authentic, the audit logs agree and nothing else disagrees.</summary>
        public bool AllAuthentic =>
            Recordings.Count > 0
            && Recordings.All(r => r.Verdict == Verdict.Authentic)
            && Audits.All(a => a.Agrees)
            && Findings.All(f => f.Severity < Severity.Missing);
    }
}
