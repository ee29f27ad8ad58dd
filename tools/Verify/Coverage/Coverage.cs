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
        /// <summary>Clocks are set to whole seconds, and what is asked takes a second to come.</summary>
        private const double ClockTolerance = 2000;

        private static readonly TimeSpan CutBound = TimeSpan.FromMilliseconds(BootCoverage.CutBoundMs);

        // From the first moment that is bound to UTC to the last, one span after another.
        private readonly List<CoverageSpan> _all = [];
        private readonly List<CoverageSpan> _spans = [];
        private string _first = "";

        private Coverage() { }

        /// <summary>The spans of the period in order of time.</summary>
        public IReadOnlyList<CoverageSpan> Spans => _spans;

        /// <summary>
        /// Spans of boots that nothing binds to UTC, in the order of the boots. They lie in spans of the period that are unknown, and so
        /// count in no total.
        /// </summary>
        public List<CoverageSpan> Unbound { get; } = [];

        /// <summary>
        /// Spans, or parts of such, whose UTC was stated already, because the clock was set back. They count in no total.
        /// </summary>
        public List<CoverageSpan> Overlapping { get; } = [];

        /// <summary>Milliseconds of the period: what the totals of all states add up to.</summary>
        public double Period => _spans.Count == 0 ? 0 : (_spans[^1].ToUtc!.Value - _spans[0].FromUtc!.Value).TotalMilliseconds;

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
            BootCoverage? before = null;
            BootCoverage? previous = null;
            var hidden = new HiddenBoots();
            foreach (BootCoverage boot in boots)
            {
                hidden.Between(previous, boot);
                previous = boot;
                bool begun = false;
                foreach ((long start, long end, CoverageState state, string detail, bool isSigned) in boot.Spans)
                {
                    AuditClock clock = isSigned ? signed : any;
                    if (clock.At(boot.Boot, start) is not BoundTime at || (DateTime.MaxValue - at.Utc).TotalMilliseconds < end - start)
                    {
                        coverage.Unbound.Add(new CoverageSpan(null, null, boot.Boot, start, end, state, detail, isSigned));
                        hidden.Add(boot);
                        continue;
                    }

                    if (before != null && !begun)
                    {
                        coverage.Between(before, at.Utc, hidden, isSigned);
                    }
                    else if (before == null && !begun)
                    {
                        coverage._first = hidden.ToString();
                    }

                    begun = true;
                    hidden.Clear();
                    DateTime until = Until(at, end - start, clock.At(boot.Boot, end));
                    coverage.Add(new CoverageSpan(at.Utc, until, boot.Boot, start, end, state, detail, isSigned));
                }

                before = begun ? boot : before;
            }

            coverage.Clip(from, to, before, hidden);
            return coverage;
        }

        // A span is as long as the camera's own clock says. Where a clock was set at its end that agrees with the one before, as far as the
        // two can be known, no hole of some milliseconds is made of that.
        private static DateTime Until(BoundTime from, long ms, BoundTime? set)
        {
            DateTime until = from.Utc.AddMilliseconds(ms);
            double known = ClockTolerance + (from.UncertaintyMs ?? 0) + (set?.UncertaintyMs ?? 0);
            return set != null && Math.Abs((set.Utc - until).TotalMilliseconds) <= known && set.Utc > from.Utc ? set.Utc : until;
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

        /// <summary>From the last entry of a boot to the next one that is bound to UTC.</summary>
        private void Between(BootCoverage boot, DateTime next, HiddenBoots hidden, bool signed)
        {
            signed &= boot.IsSigned;
            DateTime last = _all.Count == 0 ? next : _all[^1].ToUtc!.Value;
            if (!boot.Ended && last < next)
            {
                DateTime bound = next - last < CutBound ? next : last + CutBound;
                Add(
                    Span(
                        last,
                        bound,
                        CoverageState.Unknown,
                        "the power went in here, at most 61 s after the last entry; it was " + Wording.Of(boot.Last),
                        signed
                    )
                );
                last = bound;
            }

            if (last < next)
            {
                string how = boot.Ended ? boot.How : "after a power cut";
                Add(
                    !hidden.Any
                        ? Span(last, next, CoverageState.Off, how, signed)
                        : Span(last, next, CoverageState.Unknown, how + hidden, signed)
                );
            }
        }

        // Clocks that were set back make time lines overlap: what was stated first stands.
        private void Add(CoverageSpan span)
        {
            DateTime at = _all.Count == 0 ? span.FromUtc!.Value : _all[^1].ToUtc!.Value;
            if (span.FromUtc > at)
            {
                _all.Add(Span(at, span.FromUtc.Value, CoverageState.Unknown, "the clock was set between", span.Signed));
            }
            else if (span.FromUtc < at)
            {
                DateTime stated = span.ToUtc < at ? span.ToUtc.Value : at;
                long ms = (long)(stated - span.FromUtc!.Value).TotalMilliseconds;
                Overlapping.Add(span with { ToUtc = stated, ToMs = span.FromMs + ms });
                span = span with { FromUtc = stated, FromMs = span.FromMs + ms };
            }

            if (span.ToUtc <= span.FromUtc)
            {
                return;
            }

            if (_all.Count > 0 && GoesOn(_all[^1], span))
            {
                _all[^1] = _all[^1] with { ToUtc = span.ToUtc, ToMs = span.ToMs };
            }
            else
            {
                _all.Add(span);
            }
        }

        private static bool GoesOn(CoverageSpan before, CoverageSpan span) =>
            span.Boot != 0
            && (before.Boot, before.State, before.Detail, before.Signed) == (span.Boot, span.State, span.Detail, span.Signed);

        private static CoverageSpan Span(DateTime from, DateTime to, CoverageState state, string detail, bool signed = true) =>
            new(from, to, 0, 0, 0, state, detail, signed);

        private void Clip(DateTime? from, DateTime? to, BootCoverage? last, HiddenBoots hidden)
        {
            DateTime begin = from ?? _all.FirstOrDefault()?.FromUtc ?? to ?? DateTime.UnixEpoch;
            DateTime end = to ?? _all.LastOrDefault()?.ToUtc ?? begin;
            DateTime at = begin;
            foreach (CoverageSpan span in _all.Where(s => s.ToUtc > begin && s.FromUtc < end))
            {
                if (span.FromUtc > at)
                {
                    _spans.Add(Span(at, span.FromUtc.Value, CoverageState.Unknown, "before the log begins" + _first));
                }

                DateTime start = span.FromUtc < begin ? begin : span.FromUtc!.Value;
                DateTime stop = span.ToUtc > end ? end : span.ToUtc!.Value;
                _spans.Add(span with { FromUtc = start, ToUtc = stop });
                at = stop;
            }

            if (at >= end)
            {
                return;
            }

            bool behind = _all.Count == 0 || at >= _all[^1].ToUtc;
            _spans.Add(
                _all.Count == 0 ? Span(at, end, CoverageState.Unknown, "nothing in the log is bound to UTC" + hidden)
                : !behind ? Span(at, end, CoverageState.Unknown, "before the log begins" + _first)
                : last is { Ended: true } && !hidden.Any
                    ? Span(at, end, CoverageState.Off, last.How + "; the log says nothing later", last.IsSigned)
                : Span(at, end, CoverageState.Unknown, "the log ends before" + hidden)
            );
        }
    }
}
