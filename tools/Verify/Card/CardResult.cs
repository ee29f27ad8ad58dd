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

        /// <summary>Slots that say that their segment was released, no evidence any more, each with what shows it.</summary>
        public IReadOnlyList<Release> Releases { get; init; } = [];

        /// <summary>Where each recording is that log, links or numbers know of.</summary>
        public IReadOnlyList<Account> Accounts { get; init; } = [];

        /// <summary>Slots that say that their segment was released.</summary>
        public int Released => Releases.Count;

        /// <summary>
        /// The audit logs, judged with the same key and against the segments: a card's one, or one for each device of a store.
        /// </summary>
        public required IReadOnlyList<AuditResult> Audits { get; init; }

        /// <summary>Findings that concern no recording.</summary>
        public required IReadOnlyList<Finding> Findings { get; init; }

        /// <summary>Whether no recording is here any more, and signed entries say that those that were are released.</summary>
        public bool IsAllReleased =>
            Recordings.Count == 0
            && Releases.All(r => r.IsProved)
            && Accounts.Any(a => a.Where == Whereabouts.Released);

        /// <summary>
        /// Whether there is a recording, or all were released, every recording is authentic, the audit logs agree and nothing is missing or
        /// disagrees.
        /// </summary>
        public bool AllAuthentic =>
            (Recordings.Count > 0 || IsAllReleased)
            && Recordings.All(r => r.Verdict == Verdict.Authentic)
            && Audits.All(a => a.Agrees)
            && Findings.All(f => f.Severity < Severity.Missing);
    }
}
