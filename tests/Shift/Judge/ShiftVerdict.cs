// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Shift.Tests
{
    /// <summary>All that is wrong with what is left of a shift.</summary>
    internal sealed class ShiftVerdict
    {
        // What differs from one look to the next: an answer at the port, a challenge.
        private const long MemoryBytes = 4096;

        private readonly ShiftRun _run;

        public ShiftVerdict(ShiftRun run)
        {
            _run = run;
            Evidence = new Evidence(Directory.GetDirectories(run.Folder).Single(), run.Day.Card, run.Dock.DeviceKey);
            Recordings = new RecordingJudge(run.Truth, Evidence);
            Log = new LogJudge(run.Truth, Evidence, Recordings);
            Store = new StoreJudge(run.Truth, Evidence, run.Dock.ArchiveKey);
            Coverage = new CoverageJudge(run.Truth, Evidence.AuditLog);
            Wrong =
            [
                .. Evidence.Wrong,
                .. Recordings.Wrong,
                .. Store.Wrong,
                .. Log.Wrong,
                .. ReleaseJudge.Wrong(run.Day.Watch, Evidence),
                .. Coverage.Wrong,
                .. Memory(),
                .. Lights(),
            ];
        }

        public Evidence Evidence { get; }

        public RecordingJudge Recordings { get; }

        public LogJudge Log { get; }

        public StoreJudge Store { get; }

        public CoverageJudge Coverage { get; }

        public IReadOnlyList<string> Wrong { get; }

        public string Line(TimeSpan took)
        {
            int lost = _run.Truth.Recordings.Count(r => !Recordings.Found.ContainsKey(r));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"shift: {_run.Size.Hours:0.#} h, {_run.Truth.Recordings.Count} recordings, {_run.Truth.Cuts} cuts, "
                    + $"{_run.Truth.OtherFaults} other faults, {_run.Truth.Visits} dock visits, "
                    + $"{_run.Dock.BytesStored / 1e6:0} MB, {lost} lost, in {took.TotalSeconds:0} s"
            );
        }

        /// <summary>What stands behind the line.</summary>
        public string Details()
        {
            double on = _run.Truth.Boots.Sum(b =>
                Math.Max(0, (Math.Min(b.ToUs, _run.Truth.ToUs) - Math.Max(b.FromUs, _run.Truth.FromUs)) / 3600e6)
            );
            double recording = _run.Truth.Recordings.Sum(r => (r.EndMs - r.PressMs) / 3600e3);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{recording:0.0} h of {on:0.0} h recorded, the rest buffering; {_run.Truth.Boots.Count} boots, "
                    + $"{_run.Truth.Presses.Count} presses; {Recordings.Frames} frames compared with their "
                    + $"pictures, a cut took {Recordings.MostLostMs} ms at most; {Recordings.BoundLater} recordings dated later; "
                    + $"{Store.Receipts} releases with receipts, {_run.Day.Watch.ReusedSlots} slots used again; {Log.Found} things found "
                    + $"in the log; {Coverage.Seconds} s covered, {Coverage.Docked} of them in a dock; {_run.Dock.Retries} retries at "
                    + $"the dock; last sector of the log {Convert.ToHexStringLower(Evidence.AuditLog.Sectors[^1].Digest)[..16]}"
            );
        }

        private IEnumerable<string> Lights() =>
            _run
                .Truth.Boots.Where(b => b.IsCovert ? b.Lights > 0 : b.Lights == 0 && b.ReadyMs < long.MaxValue)
                .Select(b => $"lights and tones came on {b.Lights} times in boot {b.Index}, which was {(b.IsCovert ? "" : "not ")}covert");

        private IEnumerable<string> Memory() =>
            _run
                .Memory.Looks.GroupBy(l => l.Boot)
                .Where(g => g.Max(l => l.Bytes) - g.First().Bytes > MemoryBytes)
                .Select(g => $"the firmware's memory grows in boot {g.Key.Index}: {string.Join(", ", g.Select(l => l.Bytes))} bytes");
    }
}
