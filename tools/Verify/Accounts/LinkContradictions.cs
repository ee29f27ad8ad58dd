// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Compares what each recording says of the one before it (key 26) with what is here (FORMAT.md 5.3).</summary>
    internal static class LinkContradictions
    {
        /// <summary>
        /// What contradicts a recording by the next one's link; nothing when the next one could not know its close.
        /// </summary>
        /// <param name="recordings">One device's recordings, by number.</param>
        /// <param name="at">Which of them.</param>
        /// <param name="log">The device's log; null when there is none.</param>
        public static Finding? Of(IReadOnlyList<RecordingResult> recordings, int at, LogFacts? log)
        {
            RecordingResult a = recordings[at];
            RecordingResult? b = recordings.Skip(at + 1).FirstOrDefault(r => r.RecordingNumber > a.RecordingNumber);
            if (b?.RecordingNumber != a.RecordingNumber + 1 || b.LastManifest?.PreviousRecording is not byte[] link || Close(a) is not byte[] close)
            {
                return null;
            }

            // A recovery that came after the next recording had begun was not known to it.
            bool late = a.Segments[^1].LastManifest?.Recovery is RecoveryFacts recovery && recovery.Boot > b.Boot;
            List<byte[]> older = Older(recordings, a.RecordingNumber, log);
            if (close.AsSpan().SequenceEqual(link) || late || older.Exists(o => o.AsSpan().SequenceEqual(link)))
            {
                return null;
            }

            bool vouched =
                log?.Of(a.RecordingNumber).Any(e => e.Signed && e.Data.AsSpan().SequenceEqual(close)) == true;
            bool mayBeOlder = a.RecordingNumber > 1 && older.Count == 0;
            return new Finding(
                vouched || mayBeOlder ? Severity.Warning : Severity.Error,
                FindingCode.LinkMismatch,
                "recording "
                    + b.RecordingNumber.ToString(CultureInfo.InvariantCulture)
                    + " names another last close of the recording before it than that of recording "
                    + a.RecordingNumber.ToString(CultureInfo.InvariantCulture)
                    + (vouched ? ", which the audit log names too" : mayBeOlder ? "; perhaps that of an older one" : "")
            );
        }

        /// <summary>The close that ends a recording, by recovery too; null when it has none.</summary>
        private static byte[]? Close(RecordingResult r)
        {
            SegmentResult last = r.Segments[^1];
            return r.LastClose
                ?? (last.LastManifest?.Recovery != null && last.Segment >= last.LastManifest.FirstLive ? last.CloseDigest : null);
        }

        // A recording of which nothing was left has no close: then the next one names that of one before it.
        private static List<byte[]> Older(IReadOnlyList<RecordingResult> recordings, uint number, LogFacts? log) =>
            [
                .. recordings.Where(r => r.RecordingNumber < number).Select(Close).OfType<byte[]>(),
                .. (log?.Numbers ?? []).Where(n => n < number)
                    .SelectMany(n => log!.Of(n))
                    .Where(e => e.Kind is AuditKind.RecordingClosed or AuditKind.ClosedByRecovery && e.Data.Length == EvidenceHash.Size)
                    .Select(e => e.Data),
            ];
    }
}
