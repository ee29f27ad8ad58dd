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
        /// <summary>Older recordings that are looked at, behind ones whose close the next one could not know.</summary>
        private const int MostBack = 1000;

        /// <summary>
        /// What contradicts a recording by the next one's link; null when nothing does.
        /// </summary>
        /// <param name="recordings">One device's recordings, by number.</param>
        /// <param name="at">Which of them.</param>
        /// <param name="log">The device's log; null when there is none.</param>
        public static Finding? Of(IReadOnlyList<RecordingResult> recordings, int at, LogFacts? log)
        {
            RecordingResult a = recordings[at];
            RecordingResult? b = recordings.Skip(at + 1).FirstOrDefault(r => r.RecordingNumber > a.RecordingNumber);
            if (
                b?.RecordingNumber != a.RecordingNumber + 1
                || b.LastManifest?.PreviousRecording is not byte[] link
                || Close(a) is not byte[] close
                || close.AsSpan().SequenceEqual(link)
            )
            {
                return null;
            }

            (bool isOlder, bool isKnown) = Older(recordings, a.RecordingNumber, b.Boot, link, log);
            if (isOlder)
            {
                return null;
            }

            bool vouched = log?.Of(a.RecordingNumber).Any(e => e.Signed && e.Data.AsSpan().SequenceEqual(close)) == true;
            return new Finding(
                vouched || !isKnown ? Severity.Warning : Severity.Error,
                FindingCode.LinkMismatch,
                "recording "
                    + N(b.RecordingNumber)
                    + " names another last close of the recording before it than that of recording "
                    + N(a.RecordingNumber)
                    + (vouched ? ", which the audit log names too" : isKnown ? "" : "; perhaps that of an older one")
            );
        }

        /// <summary>The close that ends a recording, by recovery too; null when it has none.</summary>
        private static byte[]? Close(RecordingResult r)
        {
            SegmentResult last = r.Segments[^1];
            return r.LastClose
                ?? (last.LastManifest?.Recovery != null && last.Segment >= last.LastManifest.FirstLive ? last.CloseDigest : null);
        }

        /// <summary>
        /// Whether the link names an older recording, as it does when the newer ones left nothing or were closed later than it was made;
        /// and whether all that it could name are known.
        /// </summary>
        private static (bool IsOlder, bool IsKnown) Older(
            IReadOnlyList<RecordingResult> recordings,
            uint number,
            uint boot,
            byte[] link,
            LogFacts? log
        )
        {
            for (uint n = number - 1; n > 0 && n + MostBack >= number; n--)
            {
                List<byte[]> closes = [.. Closes(recordings, n, log)];
                if (closes.Exists(c => c.AsSpan().SequenceEqual(link)))
                {
                    return (true, true);
                }

                if (closes.Count == 0)
                {
                    return (false, false);
                }

                RecordingResult? here = recordings.FirstOrDefault(r => r.RecordingNumber == n);
                bool late = here?.Segments[^1].LastManifest?.Recovery is RecoveryFacts recovery && recovery.Boot > boot;
                if (!late)
                {
                    return (false, true);
                }
            }

            return (false, true);
        }

        private static IEnumerable<byte[]> Closes(IReadOnlyList<RecordingResult> recordings, uint number, LogFacts? log) =>
            [
                .. recordings.Where(r => r.RecordingNumber == number).Select(Close).OfType<byte[]>(),
                .. (log?.Of(number) ?? [])
                    .Where(e => e.Kind is AuditKind.RecordingClosed or AuditKind.ClosedByRecovery && e.Data.Length == EvidenceHash.Size)
                    .Select(e => e.Data),
            ];

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
