// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>
    /// Releases a recording's segments on the camera, after the stored files were read back from the disk and verified again, each by
    /// itself and all together.
    /// </summary>
    internal sealed class SegmentRelease
    {
        private readonly CameraConnection _camera;
        private readonly DeviceStore _store;
        private readonly SegmentIntake _intake;
        private readonly IArchive _archive;
        private readonly Func<DateTime> _utcNow;
        private readonly CancellationToken _cancel;
        private readonly Stopwatch _sinceTalk = Stopwatch.StartNew();

        public SegmentRelease(
            CameraConnection camera,
            DeviceStore store,
            SegmentIntake intake,
            IArchive archive,
            Func<DateTime> utcNow,
            CancellationToken cancel
        )
        {
            (_camera, _store, _intake, _archive, _utcNow, _cancel) = (camera, store, intake, archive, utcNow, cancel);
        }

        /// <summary>Releases stored segments of one recording.</summary>
        /// <param name="stored">The segments, with their records.</param>
        /// <param name="done">Is told of each: null when the camera took the receipt, or why not.</param>
        public void Release(IReadOnlyList<(SlotEntry Entry, SegmentRecord Record)> stored, Action<SlotEntry, string?> done)
        {
            var judged = new Dictionary<SlotEntry, SegmentResult>();
            var refused = new Dictionary<SlotEntry, string>();
            foreach ((SlotEntry entry, SegmentRecord record) in stored)
            {
                _cancel.ThrowIfCancellationRequested();
                StayLoggedIn();
                if (ReadBack(entry, record, judged) is string why)
                {
                    refused[entry] = why;
                }
            }

            IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge([.. judged.Values, .. Others(stored)]);
            foreach ((SlotEntry entry, SegmentRecord record) in stored)
            {
                _cancel.ThrowIfCancellationRequested();
                done(entry, refused.GetValueOrDefault(entry) ?? Release(entry, record, judged[entry], recordings));
            }
        }

        // The role ends after 120 s without a request (PROTOCOL.md 5), and a long recording on a slow disk takes longer to read.
        private void StayLoggedIn()
        {
            if (_sinceTalk.Elapsed > TimeSpan.FromSeconds(15))
            {
                _camera.Evidence.Hello();
                _sinceTalk.Restart();
            }
        }

        /// <summary>Reads a stored segment from the disk, not from memory; null when it is what was stored.</summary>
        private string? ReadBack(SlotEntry entry, SegmentRecord record, Dictionary<SlotEntry, SegmentResult> judged)
        {
            string path = _store.Segment(entry.Recording, entry.Segment);
            _store.Disk.ForgetCached(path);
            bool isWhatWasStored = SegmentIntake.Digest(path) == record.Sha256;
            SegmentResult result = _intake.Judge(path, entry);
            judged[entry] = result;
            if (!isWhatWasStored)
            {
                return "the stored file is not what was stored";
            }

            return SegmentIntake.Wrong(result, entry) is string wrong ? "the stored file no longer verifies: " + wrong : null;
        }

        /// <summary>
        /// What else of the recording was stored before: the camera does not list it any more, and it must agree all the same.
        /// </summary>
        private IEnumerable<SegmentResult> Others(IReadOnlyList<(SlotEntry Entry, SegmentRecord Record)> stored)
        {
            HashSet<string> known = [.. stored.Select(s => _store.Segment(s.Entry.Recording, s.Entry.Segment))];
            string folder = Path.GetDirectoryName(known.First())!;
            return Directory.EnumerateFiles(folder, "*.mp4").Where(path => !known.Contains(path)).Order().Select(_intake.Judge);
        }

        private string? Release(
            SlotEntry entry,
            SegmentRecord record,
            SegmentResult segment,
            IReadOnlyList<RecordingResult> recordings
        )
        {
            if (ReceiptRule.Refusal(recordings.First(r => r.Segments.Contains(segment)), segment) is string why)
            {
                return why;
            }

            string path = _store.Segment(entry.Recording, entry.Segment);
            DateTime utc = _utcNow();
            byte[] receipt = _archive.Receipt(
                segment.DeviceId!,
                segment.RecordingId!,
                (uint)entry.Recording,
                (uint)entry.Segment,
                segment.CloseDigest!,
                utc
            );
            _store.Disk.Write(DeviceStore.ReceiptOf(path), receipt);
            TaskOutcome outcome = _camera.Evidence.Receipt(receipt);
            if (outcome.Result != TaskResult.Done)
            {
                return TaskFailures.Text(outcome);
            }

            _store.Disk.Write(DeviceStore.RecordOf(path), (record with { ReleasedUtc = utc }).Encode());
            return null;
        }
    }
}
