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
        private readonly IArchive _archive;
        private readonly Func<DateTime> _utcNow;
        private readonly CancellationToken _cancel;
        private readonly Stopwatch _sinceTalk = Stopwatch.StartNew();

        public SegmentRelease(
            CameraConnection camera,
            DeviceStore store,
            IArchive archive,
            Func<DateTime> utcNow,
            CancellationToken cancel
        )
        {
            (_camera, _store, _archive, _utcNow, _cancel) = (camera, store, archive, utcNow, cancel);
        }

        /// <summary>Releases stored segments of one recording.</summary>
        /// <param name="stored">The segments, with their records.</param>
        /// <param name="done">Is told of each: null when the camera took the receipt, or why not.</param>
        public void Release(IReadOnlyList<(SlotEntry Entry, SegmentRecord Record)> stored, Action<SlotEntry, string?> done)
        {
            var refused = new Dictionary<SlotEntry, string>();
            foreach ((SlotEntry entry, SegmentRecord record) in stored)
            {
                _cancel.ThrowIfCancellationRequested();
                StayLoggedIn();
                if (!IsWhatWasStored(entry, record))
                {
                    refused[entry] = "the stored file is not what was stored";
                }
            }

            IReadOnlyList<RecordingResult> recordings = Verified(stored[0].Entry);
            StayLoggedIn();
            foreach ((SlotEntry entry, SegmentRecord record) in stored)
            {
                _cancel.ThrowIfCancellationRequested();
                done(entry, refused.GetValueOrDefault(entry) ?? Release(entry, record, recordings));
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

        /// <summary>Reads a stored segment from the disk, not from memory.</summary>
        private bool IsWhatWasStored(SlotEntry entry, SegmentRecord record)
        {
            string path = _store.Segment(entry.Recording, entry.Segment);
            _store.Disk.ForgetCached(path);
            return SegmentIntake.Digest(path) == record.Sha256;
        }

        /// <summary>
        /// All that is stored of a recording, also what the camera does not list any more, judged as lapel receipt judges it.
        /// </summary>
        private IReadOnlyList<RecordingResult> Verified(SlotEntry entry)
        {
            try
            {
                return CardVerifier.Verify(Path.GetDirectoryName(_store.Segment(entry.Recording, entry.Segment))!, null).Recordings;
            }
            catch (CardException error)
            {
                throw new StoreException(error.Message, error.Hint, error);
            }
        }

        private string? Release(SlotEntry entry, SegmentRecord record, IReadOnlyList<RecordingResult> recordings)
        {
            (RecordingResult? recording, SegmentResult? segment) = recordings
                .SelectMany(r => r.Segments.Select(s => (Recording: r, Segment: s)))
                .FirstOrDefault(found => found.Segment.Segment == entry.Segment);
            if (recording == null || segment == null)
            {
                return "the stored file cannot be read as a segment";
            }

            if ((ReceiptRule.Refusal(recording, segment) ?? SegmentIntake.Wrong(segment, entry)) is string why)
            {
                return "the stored file no longer verifies: " + why;
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
