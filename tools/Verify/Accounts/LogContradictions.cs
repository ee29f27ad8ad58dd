// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Compares a recording with what signed entries of the audit log say of it (FORMAT.md 5.3). What nothing signs accuses nobody.
    /// </summary>
    internal static class LogContradictions
    {
        /// <summary>How far entries and frames may be apart beside the bound that a recovery states, milliseconds.</summary>
        private const long ToleranceMs = 3000;

        private const int Recording = 2;

        /// <summary>What contradicts the recording as it is here.</summary>
        public static IEnumerable<Finding> Of(RecordingResult r, LogFacts log) =>
            [.. Began(r, log), .. Closed(r, log), .. Recovered(r, log), .. Activity(r, log), .. Markers(r, log)];

        private static IEnumerable<Finding> Began(RecordingResult r, LogFacts log)
        {
            List<AuditEntry> began = [.. Signed(log, AuditKind.RecordingBegan, r)];
            if (began.Count == 0 || began.Exists(e => e.Data.AsSpan().SequenceEqual(r.RecordingId) && IsSameBeginning(e, r)))
            {
                return [];
            }

            AuditEntry other = began[^1];
            return
            [
                Say(
                    FindingCode.BegunOtherwise,
                    other.Data.AsSpan().SequenceEqual(r.RecordingId)
                        ? "the audit log says that it began in boot " + N(other.Boot) + " at " + Wording.Clock(other.First)
                        : "the audit log says that recording "
                            + N(r.RecordingNumber)
                            + " has the id "
                            + Convert.ToHexStringLower(other.Data)
                            + ": this is another one with its number"
                ),
            ];
        }

        private static bool IsSameBeginning(AuditEntry e, RecordingResult r) => e.Boot == r.Boot && (ulong)e.First == r.ZeroMonotonic;

        private static IEnumerable<Finding> Closed(RecordingResult r, LogFacts log)
        {
            byte[]? digest = Signed(log, AuditKind.RecordingClosed, r).LastOrDefault(e => e.Data.Length == EvidenceHash.Size)?.Data;
            SegmentResult last = r.Segments[^1];
            if (digest == null || r.Segments.Any(s => s.CloseDigest.AsSpan().SequenceEqual(digest)))
            {
                return [];
            }

            string names = "the audit log says that it was closed, with the close " + Convert.ToHexStringLower(digest.AsSpan(0, 8)) + "...";
            return
                r.LastClose != null
                    ? [Say(FindingCode.ClosedOtherwise, names + "; here it ends with another one: it was replaced")]
                : last.LastManifest?.Recovery != null && last.Segment >= last.LastManifest.FirstLive
                    ? [Say(FindingCode.Shortened, names + "; here recovery closed it: it was shortened")]
                : last.State == SegmentState.Open
                    ? [Say(FindingCode.Shortened, names + "; segment " + N(last.Segment!.Value) + " here has no close: it was removed")]
                : [];
        }

        private static IEnumerable<Finding> Recovered(RecordingResult r, LogFacts log)
        {
            foreach (SegmentResult segment in r.Segments)
            {
                List<AuditEntry> entries =
                [
                    .. Signed(log, AuditKind.ClosedByRecovery, r)
                        .Where(e => e.Second == segment.Segment && e.Data.Length == EvidenceHash.Size),
                ];
                if (entries.Count > 0 && !entries.Exists(e => e.Data.AsSpan().SequenceEqual(segment.CloseDigest)))
                {
                    yield return Say(
                        FindingCode.RecoveredOtherwise,
                        "the audit log says that recovery closed segment "
                            + N(segment.Segment!.Value)
                            + " with "
                            + Convert.ToHexStringLower(entries[^1].Data.AsSpan(0, 8))
                            + "...; here it "
                            + (segment.CloseDigest == null ? "has no close: its end was removed" : "ends with another one: it was replaced")
                    ) with
                    {
                        File = segment.Name,
                        Segment = segment.Segment,
                    };
                }
            }
        }

        // A recovery says how much may be lost: an entry that shows it recording later than that contradicts it.
        private static IEnumerable<Finding> Activity(RecordingResult r, LogFacts log)
        {
            SegmentResult last = r.Segments[^1];
            if (last.LastManifest?.Recovery is not { PresentBound: ulong bound } || last.EndTime is not long end)
            {
                return [];
            }

            AuditEntry? began = Signed(log, AuditKind.RecordingBegan, r).LastOrDefault(e => e.Boot == r.Boot);
            if (began == null || bound > long.MaxValue / 4 || r.ZeroMonotonic > long.MaxValue / 4)
            {
                return [];
            }

            AuditEntry? late = LastActive(log.Log.Entries, began);
            long most = (long)r.ZeroMonotonic + end + (long)bound + ToleranceMs;
            return late == null || late.Monotonic <= most
                ? []
                :
                [
                    Say(
                        FindingCode.ActivityAfterEnd,
                        "the audit log shows it recording at "
                            + Wording.Clock(late.Monotonic - (long)r.ZeroMonotonic)
                            + ", here it ends at "
                            + Wording.Clock(end)
                            + " with at most "
                            + Wording.Seconds(bound)
                            + " lost: it was shortened"
                    ),
                ];
        }

        // The last entry while it recorded without a fault: behind one the pictures may have ended before.
        private static AuditEntry? LastActive(List<AuditEntry> entries, AuditEntry began)
        {
            AuditEntry? last = null;
            foreach (AuditEntry e in entries.SkipWhile(e => e != began).Skip(1).Where(e => e.Signed))
            {
                bool ends =
                    e.Boot != began.Boot
                    || e.Kind is AuditKind.RecordingClosed or AuditKind.RecordingBegan or AuditKind.Ended
                    || (e.Kind == AuditKind.State && e.Code != Recording)
                    || (e.Kind == AuditKind.Faults && e.Code != 0)
                    || (e.Kind == AuditKind.Card && e.Code != 0)
                    || (e.Kind == AuditKind.Alive && e.Code != Recording);
                if (ends)
                {
                    return last;
                }

                last = e;
            }

            return last;
        }

        // Of a recording that was closed properly every marker that was entered is listed, unless there was no room.
        private static IEnumerable<Finding> Markers(RecordingResult r, LogFacts log)
        {
            AuditEntry? began = Signed(log, AuditKind.RecordingBegan, r).LastOrDefault(e => e.Boot == r.Boot);
            if (began == null || r.LastClose == null || r.Missing.Count > 0 || r.UnlistedMarkers > 0 || r.ZeroMonotonic > long.MaxValue / 4)
            {
                return [];
            }

            var listed = r.Markers.Select(m => m.Time + (long)r.ZeroMonotonic).ToHashSet();
            List<AuditEntry> entered =
            [
                .. log
                    .Log.Entries.SkipWhile(e => e != began)
                    .TakeWhile(e =>
                        e.Boot == began.Boot && e.Kind != AuditKind.RecordingClosed && (e == began || e.Kind != AuditKind.RecordingBegan)
                    )
                    .Where(e => e.Signed && e.Kind == AuditKind.Marker && !listed.Contains(e.First)),
            ];
            return entered.Count == 0
                ? []
                :
                [
                    Say(
                        FindingCode.MarkersDisagree,
                        "the audit log has "
                            + N(entered.Count)
                            + " markers in it that its manifests do not list, the first at "
                            + Wording.Clock(entered[0].First - (long)r.ZeroMonotonic)
                    ),
                ];
        }

        private static IEnumerable<AuditEntry> Signed(LogFacts log, AuditKind kind, RecordingResult r) =>
            log.Of(kind, r.RecordingNumber).Where(e => e.Signed);

        private static Finding Say(FindingCode code, string text) => new(Severity.Error, code, text);

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
