// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Applies to each recording what the log and the other recordings of its device say against it or explain of it.</summary>
    internal static class CardContradictions
    {
        /// <summary>The recordings with what was found; one that is contradicted is not authentic.</summary>
        public static IReadOnlyList<RecordingResult> Apply(
            IReadOnlyList<RecordingResult> recordings,
            List<LogFacts> logs,
            List<Finding> findings
        )
        {
            var all = new List<RecordingResult>(recordings.Count);
            foreach (RecordingResult r in recordings)
            {
                LogFacts? log = logs.Find(l => l.Log.DeviceId.AsSpan().SequenceEqual(r.DeviceId));
                List<RecordingResult> device = [.. recordings.Where(o => o.DeviceId.AsSpan().SequenceEqual(r.DeviceId))];
                List<Finding> more =
                [
                    .. log == null ? [] : LogContradictions.Of(r, log),
                    .. log == null ? [] : Explained(r, log),
                    .. LinkContradictions.Of(device, device.IndexOf(r), log) is Finding link ? [link] : (Finding[])[],
                ];
                if (device.FirstOrDefault(o => o != r && o.RecordingNumber == r.RecordingNumber) != null)
                {
                    Twice(r, device, findings);
                }

                bool contradicted = more.Exists(f => f.Severity == Severity.Error);
                all.Add(
                    more.Count == 0
                        ? r
                        : r with
                        {
                            Verdict = contradicted ? Verdict.NotAuthentic : r.Verdict,
                            Findings = [.. r.Findings, .. more],
                        }
                );
            }

            return all;
        }

        private static void Twice(RecordingResult r, List<RecordingResult> device, List<Finding> findings)
        {
            if (device.First(o => o.RecordingNumber == r.RecordingNumber) == r)
            {
                string text = "two recordings have the number " + N(r.RecordingNumber);
                findings.Add(new Finding(Severity.Warning, FindingCode.Statement, text));
            }
        }

        // Which of the segments that are missing were released, and what shows it.
        private static IEnumerable<Finding> Explained(RecordingResult r, LogFacts log)
        {
            List<uint> released =
            [
                .. log.Of(AuditKind.Released, r.RecordingNumber)
                    .Where(e => e.Signed && e.Second is >= 0 and <= uint.MaxValue)
                    .Select(e => (uint)e.Second)
                    .Distinct()
                    .Where(s => r.Segments.All(there => there.Segment != s))
                    .Order(),
            ];
            if (released.Count > 0)
            {
                yield return new Finding(
                    Severity.Note,
                    FindingCode.Statement,
                    "signed entries of the audit log say that segment"
                        + (released.Count == 1 ? " " : "s ")
                        + RecordingVerifier.Ranges(released)
                        + (released.Count == 1 ? " was" : " were")
                        + " released by a receipt"
                );
            }
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
