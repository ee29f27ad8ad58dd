// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>Brings everything wanted over one connection, as long as that lasts.</summary>
    internal sealed class SyncSession
    {
        private readonly SyncOptions _options;
        private readonly ISyncWatch _watch;
        private readonly SyncReport _report;
        private readonly CancellationToken _cancel;

        public SyncSession(SyncOptions options, ISyncWatch watch, SyncReport report, CancellationToken cancel)
        {
            (_options, _watch, _report, _cancel) = (options, watch, report, cancel);
        }

        /// <summary>Counts up with whatever came: whether waiting is worth while shows in it.</summary>
        public long Advances { get; private set; }

        /// <summary>Runs to the end, or throws what ended the connection.</summary>
        public void Run(CameraConnection camera)
        {
            var store = new DeviceStore(
                _options.Folder,
                camera.Hello,
                DeviceStore.IsRotated(camera.Hello) ? camera.Evidence.Rotations() : [],
                _options.Disk
            );
            _options.Disk.MakeFolder(store.Folder);
            using IDisposable held = _options.Disk.Lock(store.Folder);
            store.Prepare();
            _report.Device = store.DeviceId;
            List<SlotEntry> wanted =
            [
                .. camera.Evidence.List().Where(_options.Query.Wants).OrderBy(e => e.Recording).ThenBy(e => e.Segment),
            ];
            _report.Open = wanted.Count(e => e.State == 1);
            wanted.RemoveAll(e => !e.IsClosed);
            long done = 0,
                total = 0;
            using var intake = new SegmentIntake(camera, store, _options.UtcNow, _cancel)
            {
                Progress = bytes => Advance(done + bytes, total),
            };
            List<SlotEntry> missing = [.. wanted.Where(e => store.Stored(e) == null && !intake.Adopt(e))];
            _report.Already = wanted.Count - missing.Count - _report.Brought;
            total = missing.Sum(SegmentIntake.Wanted);
            _watch.Begin(camera.Hello, missing.Count, total, wanted.Count - missing.Count);
            for (int i = 0; i < missing.Count; i++)
            {
                SlotEntry entry = missing[i];
                if (intake.Bring(entry, i + 1 < missing.Count ? missing[i + 1] : null) is string why)
                {
                    _report.Refused++;
                    _watch.Refused(entry, why, store.RefusedAs(entry));
                }
                else
                {
                    _report.Brought++;
                    _report.Bytes += SegmentIntake.Wanted(entry);
                    _watch.Stored(entry, store.Segment(entry.Recording, entry.Segment));
                }
                done += SegmentIntake.Wanted(entry);
            }
            _report.LogProblem = new AuditLogIntake(camera, store, _cancel).Bring();
            if (_options.Archive != null)
            {
                Release(camera, store, wanted);
            }
        }

        private void Advance(long done, long total)
        {
            Advances++;
            _watch.Bytes(done, total);
        }

        private void Release(CameraConnection camera, DeviceStore store, List<SlotEntry> wanted)
        {
            var release = new SegmentRelease(camera, store, _options.Archive!, _options.UtcNow, _cancel);
            foreach (IGrouping<long, SlotEntry> recording in wanted.GroupBy(entry => entry.Recording))
            {
                List<(SlotEntry, SegmentRecord)> stored =
                [
                    .. recording
                        .Select(entry => (Entry: entry, Record: store.Stored(entry)))
                        .Where(found => found.Record != null)
                        .Select(found => (found.Entry, found.Record!)),
                ];
                if (stored.Count > 0)
                {
                    release.Release(stored, (entry, why) => Told(entry, why, store));
                }
            }
        }

        private void Told(SlotEntry entry, string? why, DeviceStore store)
        {
            if (why != null)
            {
                _report.NotReleased++;
                _watch.Refused(entry, "not released: " + why, store.Segment(entry.Recording, entry.Segment));
                return;
            }

            _report.Released++;
            Advances++;
            _watch.Released(entry);
        }
    }
}
