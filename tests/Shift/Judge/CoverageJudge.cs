// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Compares the coverage statement with the shift, second by second: each has a state, and the state is the true one; what is not known
    /// is next to a cut and says so.
    /// </summary>
    internal sealed class CoverageJudge
    {
        // Clock settings are exact to about a second, entries and pictures of a state's change come within another.
        private const double EdgeSeconds = 2.5;

        // A cut is dated to within this by the last entry before it (FORMAT.md 9.1).
        private const double CutSeconds = 61;

        // A dock that has gone is found to be gone after 30 s (FORMAT.md 9.1, kind 21).
        private const double DockSeconds = 30 + EdgeSeconds;

        // The module is found to be gone after five tries of 400 ms, and begun again every 2 s; a card is looked for at each quarter of a
        // second and takes its time to open.
        private const double FaultSeconds = 15;

        private readonly Truth _truth;

        public CoverageJudge(Truth truth, AuditResult log)
        {
            _truth = truth;
            Coverage coverage = Coverage.Of(log, Truth.Utc(truth.FromUs), Truth.Utc(truth.ToUs));
            DateTime at = Truth.Utc(truth.FromUs);
            foreach (CoverageSpan span in coverage.Spans)
            {
                if (span.FromUtc != at)
                {
                    Wrong.Add($"coverage: {at:O} is followed by {span.FromUtc:O}");
                }

                at = span.ToUtc!.Value;
            }

            if (at != Truth.Utc(truth.ToUs))
            {
                Wrong.Add($"coverage: it ends at {at:O}");
            }

            int index = 0;
            for (long us = truth.FromUs + 500_000; us < truth.ToUs; us += 1_000_000)
            {
                DateTime utc = Truth.Utc(us);
                while (index < coverage.Spans.Count - 1 && coverage.Spans[index].ToUtc <= utc)
                {
                    index++;
                }

                Seconds++;
                string? wrong = Second(us, coverage.Spans[index]);
                if (wrong == null)
                {
                    continue;
                }

                WrongSeconds++;
                if (WrongSeconds <= 20)
                {
                    Wrong.Add(
                        $"coverage: {utc:O} ({us / 1e6:0} s) is {coverage.Spans[index].State} \"{coverage.Spans[index].Detail}\", {wrong}"
                    );
                }
            }
        }

        public List<string> Wrong { get; } = [];

        public int Seconds { get; private set; }

        public int WrongSeconds { get; private set; }

        /// <summary>Seconds that are stated as docked.</summary>
        public int Docked { get; private set; }

        private string? Second(long us, CoverageSpan span)
        {
            TrueBoot? boot = _truth.Boots.Find(b => b.FromUs <= us && us < b.ToUs);
            if (Near(us))
            {
                return null;
            }

            if (span.State == CoverageState.Unknown)
            {
                return NextCut(us) < CutSeconds || SinceCut(us) < CutSeconds || IsBesideOneWithoutTime(us) ? null : "and no cut is near";
            }

            if (boot == null)
            {
                return span.State == CoverageState.Off ? null : "the power was off";
            }

            if (span.State == CoverageState.Off)
            {
                return "it was on";
            }

            long ms = boot.Ms(us);
            bool fault = boot
                .CardOut.Concat(boot.SensorOut)
                .Concat(boot.Unreadable)
                .Any(s => s.Meets(ms - (long)(FaultSeconds * 1000), ms + 1000));
            if (span.State == CoverageState.Fault)
            {
                return fault ? null : "nothing was wrong with it";
            }

            bool recording = _truth.Recordings.Exists(r => r.Boot == boot && r.ToldMs <= ms && ms < r.EndMs);
            if (recording && span.State is not (CoverageState.Recording or CoverageState.Muted))
            {
                return fault ? null : "it recorded";
            }

            if (!recording && span.State is CoverageState.Recording or CoverageState.Muted)
            {
                return "it did not record";
            }

            if (span.State == CoverageState.Docked)
            {
                return InDock(us);
            }

            bool served = _truth.Served.Exists(s => s.Boot == boot && s.FromMs + EdgeSeconds * 1000 < ms && ms < s.ToMs);
            return served && span.State == CoverageState.Buffering ? "a dock brought segments" : null;
        }

        // Whether a boot of which the log does not tell the time, or tells nothing, lies between the two whose time it tells.
        private bool IsBesideOneWithoutTime(long us)
        {
            List<TrueBoot> boots = [.. _truth.Boots.OrderBy(b => b.FromUs)];
            int before = boots.FindLastIndex(b => b.FromUs <= us && LogJudge.IsTimeKnown(_truth, b)),
                next = boots.FindIndex(b => b.FromUs > us && LogJudge.IsTimeKnown(_truth, b));
            return (next < 0 ? boots.Count : next) > before + 1 && (before < 0 || us >= boots[before].ToUs - CutSeconds * 1e6);
        }

        private string? InDock(long us)
        {
            Docked++;
            return _truth.Docked.Exists(d => d.FromUs <= us && us <= d.ToUs + DockSeconds * 1e6) ? null : "it was in no dock";
        }

        // Whether something begins or ends just then.
        private bool Near(long us)
        {
            foreach (TrueBoot boot in _truth.Boots)
            {
                if (IsNear(us, boot.FromUs) || IsNear(us, boot.ToUs))
                {
                    return true;
                }
            }

            foreach (TrueRecording recording in _truth.Recordings)
            {
                if (IsNear(us, recording.Boot.Us(recording.ToldMs)) || IsNear(us, recording.Boot.Us(Math.Min(recording.EndMs, 1L << 40))))
                {
                    return true;
                }
            }

            foreach ((TrueBoot boot, long at) in _truth.Unanswered)
            {
                if (IsNear(us, boot.Us(at)))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsNear(long us, long edgeUs) => Math.Abs((us - edgeUs) / 1e6) <= EdgeSeconds;

        private double NextCut(long us) =>
            _truth
                .Boots.Where(b => b.End == BootEnd.Cut && b.ToUs >= us)
                .Select(b => (b.ToUs - us) / 1e6)
                .DefaultIfEmpty(double.MaxValue)
                .Min();

        private double SinceCut(long us) =>
            _truth
                .Boots.Where(b => b.End == BootEnd.Cut && b.ToUs <= us)
                .Select(b => (us - b.ToUs) / 1e6)
                .DefaultIfEmpty(double.MaxValue)
                .Min();
    }
}
