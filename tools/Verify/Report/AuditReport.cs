// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>An audit log in words.</summary>
    public static class AuditReport
    {
        /// <summary>Writes the entries that the filter shows, one a line, then what was found.</summary>
        public static void Write(AuditResult log, AuditFilter filter, TextWriter to)
        {
            Func<AuditEntry, BoundTime?> clock = AuditClock.Of(log);
            foreach (AuditEntry entry in log.Entries)
            {
                BoundTime? at = clock(entry);
                if (filter.Shows(entry, at))
                {
                    to.WriteLine(
                        (at == null ? "clock unset" : Wording.Utc(at.Utc)).PadRight(23)
                            + "  boot "
                            + N(entry.Boot)
                            + " "
                            + Wording.Clock(entry.Monotonic)
                            + (entry.Signed ? "  " : " *")
                            + AuditWording.Name(entry.Kind).PadRight(17)
                            + AuditWording.Text(entry)
                    );
                }
            }
            Findings(log, to);
        }

        /// <summary>Writes the shift coverage statement, then what was found in the log.</summary>
        public static void Write(AuditResult log, Coverage coverage, TextWriter to)
        {
            foreach (CoverageSpan span in coverage.Spans)
            {
                to.WriteLine(
                    Wording.Utc(span.FromUtc!.Value)
                        + " to "
                        + Wording.Utc(span.ToUtc!.Value)
                        + "  "
                        + Wording.Of(span.State).PadRight(10)
                        + (span.ToUtc.Value - span.FromUtc.Value).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(11)
                        + " s"
                        + (span.Signed ? "" : " *")
                        + (span.Detail.Length > 0 ? "  " + span.Detail : "")
                );
            }

            foreach (CoverageSpan span in coverage.Unbound.Concat(coverage.Overlapping))
            {
                to.WriteLine(
                    (span.FromUtc is DateTime from ? "clock set back, would be " + Wording.Utc(from) : "clock unset")
                        + ", boot "
                        + N(span.Boot)
                        + ", "
                        + Wording.Clock(span.FromMs)
                        + " to "
                        + Wording.Clock(span.ToMs)
                        + "  "
                        + Wording.Of(span.State)
                        + (span.Signed ? "" : " *")
                        + (span.Detail.Length > 0 ? "  " + span.Detail : "")
                );
            }

            to.WriteLine();
            to.WriteLine(
                "In all "
                    + Wording.Seconds(coverage.Period)
                    + ": "
                    + string.Join(
                        ", ",
                        Enum.GetValues<CoverageState>()
                            .Where(s => coverage.Total(s) > 0)
                            .Select(s => Wording.Of(s) + " " + Wording.Seconds(coverage.Total(s)))
                    )
            );
            Beside(coverage.Unbound, "in boots without a clock, at unknown times", to);
            Beside(coverage.Overlapping, "at times that were stated already, before the clock was set back", to);
            double claimed = coverage.Spans.Where(s => !s.Signed).Sum(s => (s.ToUtc!.Value - s.FromUtc!.Value).TotalMilliseconds);
            if (claimed > 0)
            {
                to.WriteLine("Of that " + Wording.Seconds(claimed) + " (*) are only claimed, by entries that nothing signs yet");
            }

            Findings(log, to);
        }

        private static void Beside(List<CoverageSpan> spans, string what, TextWriter to)
        {
            if (spans.Count == 0)
            {
                return;
            }

            IEnumerable<string> states = spans
                .GroupBy(s => s.State)
                .Select(g => Wording.Of(g.Key) + " " + Wording.Seconds(g.Sum(s => s.ToMs - s.FromMs)));
            to.WriteLine("Not counted in that, " + what + ": " + string.Join(", ", states));
        }

        private static void Findings(AuditResult log, TextWriter to)
        {
            to.WriteLine();
            foreach (Finding finding in log.Findings.OrderByDescending(f => f.Severity))
            {
                to.WriteLine(Wording.Of(finding.Severity).PadRight(9) + finding);
            }

            to.WriteLine(
                log.Name
                    + ", device "
                    + (log.DeviceId == null ? "unknown" : Convert.ToHexStringLower(log.DeviceId))
                    + ": "
                    + N(log.Sectors.Count)
                    + " sectors, "
                    + N(log.Entries.Count)
                    + " entries, "
                    + N(log.Checkpoints)
                    + " signed checkpoints, "
                    + N(log.Heads)
                    + " heads in manifests; "
                    + N(log.Unsigned)
                    + " sectors not signed (*), "
                    + N(log.Overwritten)
                    + " overwritten; "
                    + (log.Agrees ? "it agrees" : "IT DOES NOT AGREE")
            );
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
