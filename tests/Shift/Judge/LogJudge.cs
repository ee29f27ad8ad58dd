// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Compares the audit log with what was done: everything is in it, but for the last second before a cut, and nothing that was not done.
    /// </summary>
    internal sealed class LogJudge
    {
        // An entry is on the card within a second (FORMAT.md 9.1); the card's own time and a stall come on top.
        private const long WrittenMs = 1_600;

        // A card that was put back is opened, its log's end looked for, its slots recovered.
        private const long BackMs = 15_000;

        private readonly Truth _truth;
        private readonly AuditResult _log;
        private readonly RecordingJudge _recordings;
        private readonly Dictionary<long, List<AuditEntry>> _boots;

        public LogJudge(Truth truth, Evidence evidence, RecordingJudge recordings)
        {
            _truth = truth;
            _log = evidence.AuditLog;
            _recordings = recordings;
            _boots = _log.Entries.GroupBy(e => (long)e.Boot).ToDictionary(g => g.Key, g => g.ToList());
            foreach (Finding finding in _log.Findings.Where(f => f.Severity >= Severity.Missing))
            {
                Wrong.Add("audit log: " + finding);
            }

            if (_log.Unsigned > 0)
            {
                Wrong.Add($"audit log: no signature covers {_log.Unsigned} sectors");
            }

            if (_log.Overwritten > 0)
            {
                Wrong.Add("audit log: sectors were overwritten");
            }

            Boots();
            Presses();
            Markers();
            Recordings();
            Recoveries(evidence);
            Clocks();
            Port();
            Faults();
        }

        public List<string> Wrong { get; } = [];

        /// <summary>Things done that were found in the log.</summary>
        public int Found { get; private set; }

        /// <summary>Whether the log holds a setting of a boot's clock.</summary>
        public static bool IsTimeKnown(Truth truth, TrueBoot boot) =>
            truth.ClockSettings.Exists(c => c.Boot == boot && !MayBeLost(boot, c.AtMs));

        private List<AuditEntry> In(TrueBoot boot, AuditKind kind) =>
            _boots.TryGetValue(boot.Number, out List<AuditEntry>? all) ? all.FindAll(e => e.Kind == kind) : [];

        // Whether the entry of something may have gone with the power: it was not due on the card yet, or there was no card.
        private static bool MayBeLost(TrueBoot boot, long atMs)
        {
            if (boot.End != BootEnd.Cut)
            {
                return false;
            }

            if (boot.Number == 0 || boot.ReadyMs == long.MaxValue)
            {
                return true;
            }

            long due = Math.Max(atMs, boot.ReadyMs) + WrittenMs;
            foreach (Span span in boot.CardOut.Where(s => s.Meets(atMs - WrittenMs, due)))
            {
                due = span.ToMs + BackMs;
            }

            return boot.EndMs < due;
        }

        private void Need(bool there, TrueBoot boot, long atMs, string what)
        {
            if (there)
            {
                Found++;
            }
            else if (!MayBeLost(boot, atMs))
            {
                Wrong.Add($"audit log: {what} at {atMs} ms of boot {boot.Index} (number {boot.Number}) is not in it");
            }
        }

        private void Boots()
        {
            TrueBoot? before = null;
            bool between = false;
            foreach (TrueBoot boot in _truth.Boots)
            {
                if (boot.Number == 0)
                {
                    between = true;
                    continue;
                }

                List<AuditEntry> entries = In(boot, AuditKind.Boot);
                Need(entries.Count > 0, boot, boot.NumberedMs, "the boot");
                if (entries.Count > 1)
                {
                    Wrong.Add($"audit log: boot {boot.Number} is in it {entries.Count} times");
                }

                int ended =
                    before == null ? 0
                    : before.End == BootEnd.SwitchedOff ? 2
                    : before.End == BootEnd.Restarted ? 3
                    : 1;
                if (entries.Count > 0 && entries[0].Code != ended && !between)
                {
                    Wrong.Add($"audit log: boot {boot.Number} says that the one before ended in {entries[0].Code}, it was {ended}");
                }

                List<AuditEntry> ends = In(boot, AuditKind.Ended);
                int end =
                    boot.End == BootEnd.SwitchedOff ? 2
                    : boot.End == BootEnd.Restarted ? 3
                    : 0;
                if (ends.Count != (end == 0 ? 0 : 1) || ends.Any(e => e.Code != end))
                {
                    Wrong.Add($"audit log: boot {boot.Number} ended as {boot.End}, the log has {ends.Count} ends");
                }

                before = boot;
                between = false;
            }

            foreach (long number in _boots.Keys.Where(n => !_truth.Boots.Any(b => b.Number == n)))
            {
                Wrong.Add($"audit log: there was no boot {number}");
            }
        }

        private void Presses()
        {
            foreach (TrueBoot boot in _truth.Boots)
            {
                List<AuditEntry> left = In(boot, AuditKind.Press);
                foreach (TruePress press in _truth.Presses.Where(p => p.Boot == boot && p.DownMs < boot.EndMs).OrderBy(p => p.DownMs))
                {
                    int at = left.FindIndex(e => e.Code == (int)press.Button && Math.Abs(e.First - press.DownMs) <= RecordingJudge.EdgeMs);
                    Need(at >= 0, boot, press.DownMs + press.DurationMs + 600, "a press");
                    if (at < 0)
                    {
                        continue;
                    }

                    AuditEntry entry = left[at];
                    left.RemoveAt(at);
                    if (
                        Math.Abs(entry.Second - press.DurationMs) > RecordingJudge.EdgeMs
                        || entry.Data.Length != 1
                        || entry.Data[0] != (int)press.Kind
                    )
                    {
                        Wrong.Add(
                            $"audit log: the press at {press.DownMs} ms of boot {boot.Index}, {press.Kind} of {press.DurationMs} ms, "
                                + $"stands as {(entry.Data.Length == 1 ? entry.Data[0] : -1)} of {entry.Second} ms"
                        );
                    }
                }

                foreach (AuditEntry entry in left)
                {
                    Wrong.Add($"audit log: nobody pressed at {entry.First} ms of boot {boot.Index}");
                }
            }
        }

        private void Markers()
        {
            foreach (TrueBoot boot in _truth.Boots)
            {
                List<AuditEntry> left = In(boot, AuditKind.Marker);
                foreach (
                    (long at, Hal.Button button) in _truth
                        .Recordings.Where(r => r.Boot == boot)
                        .SelectMany(r => r.Markers)
                        .Where(m => m.AtMs < boot.EndMs)
                )
                {
                    int which = left.FindIndex(e => e.Code == (int)button && Math.Abs(e.First - at) <= RecordingJudge.EdgeMs);
                    Need(which >= 0, boot, at + RecordingJudge.EdgeMs, "a marker");
                    if (which >= 0)
                    {
                        left.RemoveAt(which);
                    }
                }

                foreach (AuditEntry entry in left)
                {
                    Wrong.Add($"audit log: nobody set the marker at {entry.First} ms of boot {boot.Index}");
                }
            }
        }

        private void Recordings()
        {
            foreach ((TrueRecording recording, RecordingResult result) in _recordings.Found)
            {
                AuditEntry? began = In(recording.Boot, AuditKind.RecordingBegan).Find(e => e.Code == result.RecordingNumber);
                Need(began != null, recording.Boot, recording.ToldMs, "a recording's beginning");
                if (began != null && (began.First != (long)result.ZeroMonotonic || !began.Data.AsSpan().SequenceEqual(result.RecordingId)))
                {
                    Wrong.Add($"audit log: {recording} began otherwise");
                }

                AuditEntry? closed = In(recording.Boot, AuditKind.RecordingClosed).Find(e => e.Code == result.RecordingNumber);
                if (result.LastClose != null && result.Recovery == null)
                {
                    Need(
                        closed != null,
                        recording.Boot,
                        Math.Max(recording.EndMs, (long)result.LastManifest!.SignedMonotonic) + RecordingJudge.EdgeMs,
                        "a recording's end"
                    );
                }

                if (closed != null && result.Recovery == null && !closed.Data.AsSpan().SequenceEqual(result.LastClose))
                {
                    Wrong.Add($"audit log: {recording} was closed with another digest");
                }
            }

            foreach (TrueBoot boot in _truth.Boots)
            {
                int told = _truth.Recordings.Count(r => r.Boot == boot),
                    unanswered = _truth.Unanswered.Count(u => u.Boot == boot),
                    began = In(boot, AuditKind.RecordingBegan).Count;
                if (began > told + unanswered)
                {
                    Wrong.Add($"audit log: {began} recordings began in boot {boot.Index}, {told} were begun");
                }
            }
        }

        private void Recoveries(Evidence evidence)
        {
            List<AuditEntry> entries = _log.Entries.FindAll(e => e.Kind == AuditKind.ClosedByRecovery);
            foreach (Kept segment in evidence.Segments)
            {
                bool there =
                    entries.RemoveAll(e =>
                        e.First == segment.Recording
                        && e.Second == segment.Segment
                        && e.Data.AsSpan().SequenceEqual(segment.Result.CloseDigest)
                    ) > 0;
                if (segment.Result.LastManifest?.Recovery is not RecoveryFacts facts)
                {
                    if (there)
                    {
                        Wrong.Add($"audit log: {segment.Result.Name} was not closed by recovery");
                    }

                    continue;
                }

                if (_truth.Boots.Find(b => b.Number == facts.Boot) is TrueBoot boot)
                {
                    Need(there, boot, (long)segment.Result.LastManifest.SignedMonotonic, $"the recovery of {segment.Result.Name}");
                }
                else
                {
                    Wrong.Add($"{segment.Result.Name} was recovered in boot {facts.Boot}, which there was not");
                }
            }

            foreach (AuditEntry entry in entries)
            {
                Wrong.Add($"audit log: segment {entry.First}/{entry.Second} was recovered and is not there");
            }
        }

        private void Clocks()
        {
            foreach ((TrueBoot boot, long at) in _truth.ClockSettings)
            {
                Need(In(boot, AuditKind.ClockSet).Exists(e => Math.Abs(e.Monotonic - at) <= 2_000), boot, at, "a setting of the clock");
            }

            foreach (TrueBoot boot in _truth.Boots)
            {
                foreach (AuditEntry entry in In(boot, AuditKind.ClockSet))
                {
                    double off = Math.Abs(
                        (DateTime.UnixEpoch.AddMilliseconds(entry.Second) - Truth.Utc(boot.Us(entry.Monotonic))).TotalMilliseconds
                    );
                    uint stated = entry.Data.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(entry.Data) : 0;
                    if (off > stated)
                    {
                        Wrong.Add($"audit log: the clock was set {off} ms off in boot {boot.Index}, uncertain by {stated}");
                    }
                }
            }
        }

        private void Port()
        {
            foreach (var logins in _truth.Logins.GroupBy(l => (l.Boot, l.Role)))
            {
                List<AuditEntry> entries = In(logins.Key.Boot, AuditKind.Login)
                    .FindAll(e => e.Code == logins.Key.Role && e.Data.AsSpan().SequenceEqual(logins.First().Fingerprint));
                int certain = logins.Count(l => !MayBeLost(l.Boot, l.AtMs));
                Found += Math.Min(entries.Count, certain);
                if (entries.Count < certain)
                {
                    Wrong.Add(
                        $"audit log: {certain} log-ins as {logins.Key.Role} in boot {logins.Key.Boot.Index}, {entries.Count} are in it"
                    );
                }
            }

            int tried = _log.Entries.Count(e => (e.Kind == AuditKind.Login && e.Code != 0) || e.Kind == AuditKind.LoginRefused);
            if (tried > _truth.Proofs)
            {
                Wrong.Add($"audit log: {tried} log-ins, {_truth.Proofs} proofs were given");
            }

            foreach ((TrueBoot boot, int serial) in _truth.Configurations)
            {
                Need(In(boot, AuditKind.Configuration).Exists(e => e.Code == serial), boot, 0, $"configuration {serial}");
            }

            foreach (AuditEntry entry in _log.Entries.Where(e => e.Kind == AuditKind.Released))
            {
                if (
                    !_truth.Receipts.Any(r =>
                        r.Recording == entry.First
                        && r.Segment == entry.Second
                        && r.Digest.AsSpan().StartsWith(entry.Data.AsSpan(0, Math.Min(32, entry.Data.Length)))
                    )
                )
                {
                    Wrong.Add($"audit log: {entry.First}/{entry.Second} was released without a receipt");
                }
            }
        }

        private void Faults()
        {
            foreach (TrueBoot boot in _truth.Boots)
            {
                foreach (Span span in boot.CardOut.Where(s => s.ToMs - s.FromMs > 3_000 && s.FromMs > boot.ReadyMs))
                {
                    Need(
                        In(boot, AuditKind.Faults).Exists(e => (e.Code & 2) != 0 && e.Monotonic >= span.FromMs && e.Monotonic <= span.ToMs),
                        boot,
                        span.FromMs,
                        "a card that was pulled"
                    );
                    Need(
                        In(boot, AuditKind.Card).Exists(e => e.Code == 0 && e.Monotonic >= span.ToMs && e.Monotonic <= span.ToMs + BackMs),
                        boot,
                        span.ToMs + BackMs,
                        "a card that was put in"
                    );
                }

                foreach (Span span in boot.SensorOut.Where(s => s.IsHard && s.ToMs - s.FromMs > 5_000))
                {
                    Need(
                        In(boot, AuditKind.Faults)
                            .Exists(e => (e.Code & 1) != 0 && e.Monotonic >= span.FromMs && e.Monotonic <= span.ToMs + 1_000),
                        boot,
                        span.FromMs + 5_000,
                        "a fault of the module"
                    );
                }
            }

            foreach ((TrueBoot boot, long at) in _truth.LowBatteries)
            {
                Need(
                    In(boot, AuditKind.Battery).Exists(e => e.Second is 1 && e.Monotonic >= at && e.Monotonic <= at + 30_000),
                    boot,
                    at + 25_000,
                    "a low battery"
                );
            }
        }
    }
}
