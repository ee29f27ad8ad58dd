// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// The shift coverage statement: every moment of a period with what the camera was doing, without holes and overlaps. What the log does
    /// not say is called unknown, with its bounds. Signed entries alone make it; those that nothing signs and that come behind the last
    /// signed one are added as claims and change nothing of what stands before them.
    /// </summary>
    public sealed class Coverage
    {
        private readonly List<CoverageSpan> _spans = [];

        private Coverage() { }

        /// <summary>The spans of the period in order of time.</summary>
        public IReadOnlyList<CoverageSpan> Spans => _spans;

        /// <summary>Spans of boots that nothing binds to UTC, in the order of the boots.</summary>
        public List<CoverageSpan> Unbound { get; } = [];

        /// <summary>Milliseconds of the period in a state.</summary>
        public double Total(CoverageState state) =>
            _spans.Where(s => s.State == state).Sum(s => (s.ToUtc!.Value - s.FromUtc!.Value).TotalMilliseconds);

        /// <summary>Makes the statement.</summary>
        /// <param name="log">The log.</param>
        /// <param name="from">Beginning of the period; null: of the log.</param>
        /// <param name="to">Its end; null: of the log.</param>
        public static Coverage Of(AuditResult log, DateTime? from, DateTime? to)
        {
            var coverage = new Coverage();
            List<AuditEntry> entries = Counted(log);
            var signed = new AuditClock(entries, true);
            var any = new AuditClock(entries, false);
            var unlinked = Unlinked(log);
            List<BootCoverage> boots =
            [
                .. entries.GroupBy(e => e.Boot).Select(g => new BootCoverage([.. g], unlinked)).OrderBy(b => b.Boot),
            ];
            var all = new List<CoverageSpan>();
            BootCoverage? before = null;
            foreach (BootCoverage boot in boots)
            {
                bool begun = false;
                foreach ((long start, long end, CoverageState state, string detail, bool isSigned) in boot.Spans)
                {
                    AuditClock clock = isSigned ? signed : any;
                    if (clock.At(boot.Boot, start) is not BoundTime at || clock.At(boot.Boot, end) is not BoundTime until)
                    {
                        coverage.Unbound.Add(new CoverageSpan(null, null, boot.Boot, start, end, state, detail, isSigned));
                        continue;
                    }

                    if (before != null && !begun)
                    {
                        Between(
                            all,
                            before,
                            at.Utc,
                            coverage.Unbound.Select(s => s.Boot).Distinct().Count(b => b > before.Boot && b < boot.Boot),
                            isSigned
                        );
                    }

                    begun = true;
                    Add(all, at.Utc, until.Utc, boot.Boot, start, end, state, detail, isSigned);
                }

                before = begun ? boot : before;
            }
            coverage.Clip(all, from, to, before);
            return coverage;
        }

        // Of what nothing signs only what comes behind the last signed entry, in its boot or in later ones.
        private static List<AuditEntry> Counted(AuditResult log)
        {
            int last = log.Entries.FindLastIndex(e => e.Signed);
            uint boot = last < 0 ? 0 : log.Entries[last].Boot;
            return [.. log.Entries.Where((e, i) => e.Signed || (i > last && e.Boot >= boot))];
        }

        private static HashSet<long> Unlinked(AuditResult log)
        {
            var unlinked = new HashSet<long>();
            for (int i = 1; i < log.Sectors.Count; i++)
            {
                if (log.Sectors[i].Parent != log.Sectors[i - 1])
                {
                    unlinked.Add(log.Sectors[i].Sequence);
                }
            }

            return unlinked;
        }

        /// <summary>From the last entry of a boot to the next one.</summary>
        private static void Between(List<CoverageSpan> all, BootCoverage boot, DateTime next, int unbound, bool signed)
        {
            DateTime last = all.Count == 0 ? next : all[^1].ToUtc!.Value;
            string more =
                unbound == 0
                    ? ""
                    : "; "
                        + unbound.ToString(CultureInfo.InvariantCulture)
                        + (unbound == 1 ? " boot" : " boots")
                        + " without a clock in here";
            if (!boot.Ended)
            {
                DateTime bound = last.AddMilliseconds(BootCoverage.CutBoundMs);
                if (bound > next)
                {
                    bound = next;
                }

                Add(
                    all,
                    last,
                    bound,
                    0,
                    0,
                    0,
                    CoverageState.Unknown,
                    "the power went in here, at most 61 s after the last entry; it was " + Wording.Of(boot.Last),
                    signed && boot.IsSigned
                );
                last = bound;
            }
            Add(
                all,
                last,
                next,
                0,
                0,
                0,
                CoverageState.Off,
                (boot.Ended ? "ended properly" : "after a power cut") + more,
                signed && boot.IsSigned
            );
        }

        // Clocks that were set back make time lines overlap: what was stated first stands.
        private static void Add(
            List<CoverageSpan> all,
            DateTime from,
            DateTime to,
            uint boot,
            long fromMs,
            long toMs,
            CoverageState state,
            string detail,
            bool signed
        )
        {
            if (all.Count > 0 && from < all[^1].ToUtc)
            {
                from = all[^1].ToUtc!.Value;
            }

            if (all.Count > 0 && from > all[^1].ToUtc)
            {
                all.Add(new CoverageSpan(all[^1].ToUtc, from, 0, 0, 0, CoverageState.Unknown, "the clock was set between", signed));
            }

            if (to > from)
            {
                all.Add(new CoverageSpan(from, to, boot, fromMs, toMs, state, detail, signed));
            }
        }

        private void Clip(List<CoverageSpan> all, DateTime? from, DateTime? to, BootCoverage? last)
        {
            DateTime begin = from ?? all.FirstOrDefault()?.FromUtc ?? to ?? DateTime.UnixEpoch;
            DateTime end = to ?? all.LastOrDefault()?.ToUtc ?? begin;
            DateTime at = begin;
            foreach (CoverageSpan span in all.Where(s => s.ToUtc > begin && s.FromUtc < end))
            {
                if (span.FromUtc > at)
                {
                    _spans.Add(new CoverageSpan(at, span.FromUtc, 0, 0, 0, CoverageState.Unknown, "before the log begins"));
                }

                DateTime start = span.FromUtc < begin ? begin : span.FromUtc!.Value;
                DateTime stop = span.ToUtc > end ? end : span.ToUtc!.Value;
                _spans.Add(span with { FromUtc = start, ToUtc = stop });
                at = stop;
            }
            if (at < end)
            {
                _spans.Add(
                    new CoverageSpan(
                        at,
                        end,
                        0,
                        0,
                        0,
                        last is { Ended: true } && all.Count > 0 && at >= all[^1].ToUtc ? CoverageState.Off : CoverageState.Unknown,
                        last is { Ended: true } ? "ended properly; the log says nothing later" : "the log ends before"
                    )
                );
            }
        }
    }
}
