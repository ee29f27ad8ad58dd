// SPDX-License-Identifier: MIT

using System;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>Releases a segment on the camera, after the stored file was read back from the disk and verified again.</summary>
    internal sealed class SegmentRelease
    {
        private readonly CameraConnection _camera;
        private readonly DeviceStore _store;
        private readonly SegmentIntake _intake;
        private readonly IArchive _archive;
        private readonly Func<DateTime> _utcNow;

        public SegmentRelease(CameraConnection camera, DeviceStore store, SegmentIntake intake, IArchive archive, Func<DateTime> utcNow)
        {
            (_camera, _store, _intake, _archive, _utcNow) = (camera, store, intake, archive, utcNow);
        }

        /// <summary>Releases it. Returns null when the camera took the receipt, or why not.</summary>
        public string? Release(SlotEntry entry, SegmentRecord record)
        {
            string path = _store.Segment(entry.Recording, entry.Segment);
            _store.Disk.ForgetCached(path);
            if (SegmentIntake.Digest(path) != record.Sha256)
            {
                return "the stored file is not what was stored";
            }

            SegmentResult judged = _intake.Judge(path, entry);
            byte[] digest = judged.CloseDigest ?? [];
            if (SegmentIntake.Wrong(judged, entry) is string wrong)
            {
                return "the stored file no longer verifies: " + wrong;
            }

            DateTime utc = _utcNow();
            byte[] receipt = _archive.Receipt(
                judged.DeviceId!,
                judged.RecordingId!,
                (uint)entry.Recording,
                (uint)entry.Segment,
                digest,
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
