// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>Brings one segment: fetched under a temporary name, verified, synced to disk, renamed, and its record written.</summary>
    /// <remarks>
    /// The first ranges of the next segment are asked for before the last of this one have come. It counts for nothing until its own turn.
    /// </remarks>
    internal sealed class SegmentIntake : IDisposable
    {
        private readonly CameraConnection _camera;
        private readonly DeviceStore _store;
        private readonly Func<DateTime> _utcNow;
        private readonly BulkTransfer _transfer;
        private ArrivingSegment? _current,
            _ahead;

        public SegmentIntake(CameraConnection camera, DeviceStore store, Func<DateTime> utcNow, CancellationToken cancel)
        {
            (_camera, _store, _utcNow) = (camera, store, utcNow);
            _transfer = new BulkTransfer(camera.Smp, cancel) { Progress = bytes => Progress?.Invoke(bytes - (_current?.StaleBytes ?? 0)) };
        }

        /// <summary>Called while bytes come, with those of this segment that are there.</summary>
        public Action<long>? Progress { get; init; }

        /// <summary>
        /// Bytes that the line carries for a segment: what it claims, and the place of the index. What lies between is stale and stays on
        /// the card.
        /// </summary>
        public static long Wanted(SlotEntry entry) => entry.Sectors * ArrivingSegment.SectorBytes + ArrivingSegment.MostIndexBytes;

        /// <summary>Brings the segment. Returns null when it is stored, or why it was refused; then the copy is kept apart.</summary>
        /// <param name="entry">The segment.</param>
        /// <param name="next">What is brought after it; null when it is the last.</param>
        public string? Bring(SlotEntry entry, SlotEntry? next)
        {
            ArrivingSegment? ahead = _ahead?.Entry == entry ? _ahead : null;
            ArrivingSegment arriving = ahead ?? Begin(entry);
            _ahead = ahead == null ? _ahead : null;
            string path = arriving.Path;
            ItemFacts item = Fetch(arriving, next);
            SegmentResult judged = Judge(path, entry);
            string? wrong = Wrong(judged, entry, item);
            if (wrong != null && arriving.IsResumed)
            {
                // The part from before may have been torn with this machine's power: once more from the beginning.
                _store.Disk.Delete(path);
                item = Fetch(new ArrivingSegment(_store, entry, item), next);
                judged = Judge(path, entry);
                wrong = Wrong(judged, entry, item);
            }
            if (wrong == null)
            {
                Keep(path, entry, judged, item.Length);
            }
            else
            {
                Refuse(path, entry);
            }

            return wrong;
        }

        /// <summary>
        /// Takes in a segment that lies under its name without a record: the machine stopped between the two. False when it is not the one.
        /// </summary>
        public bool Adopt(SlotEntry entry)
        {
            string path = _store.Segment(entry.Recording, entry.Segment);
            if (!_store.Disk.Exists(path))
            {
                return false;
            }

            SegmentResult judged = Judge(path, entry);
            if (Wrong(judged, entry) != null)
            {
                return false;
            }

            Record(path, entry, judged, new FileInfo(path).Length);
            return true;
        }

        /// <summary>Judges a file against what the camera lists; null when all agrees.</summary>
        public static string? Wrong(SegmentResult judged, SlotEntry entry)
        {
            Finding? error = judged.Findings.FirstOrDefault(f => f.Severity == Severity.Error);
            if (error != null)
            {
                return error.Text;
            }

            if (judged.State != SegmentState.Closed || judged.CloseDigest == null)
            {
                return "it has no signed close";
            }

            if (!judged.CloseDigest.AsSpan(0, entry.Digest.Length).SequenceEqual(entry.Digest))
            {
                return "its close is not the one that the camera names";
            }

            if (judged.Header!.RecordingNumber != entry.Recording || judged.Segment != entry.Segment)
            {
                return "it is not the segment that the camera lists";
            }

            return null;
        }

        // Also against the digest that the camera read from its card just before: the list has 8 bytes of it.
        private static string? Wrong(SegmentResult judged, SlotEntry entry, ItemFacts item)
        {
            if (Wrong(judged, entry) is string wrong)
            {
                return wrong;
            }

            return item.CloseDigest == null || item.CloseDigest.AsSpan().SequenceEqual(judged.CloseDigest)
                ? null
                : "its close digest is not the one that the camera told";
        }

        /// <summary>Reads and judges a segment's file with the camera's key.</summary>
        public SegmentResult Judge(string path, SlotEntry entry) =>
            SegmentVerifier.Verify(
                path,
                $"{entry.Recording:000000}/{entry.Segment:0000}.mp4",
                null,
                new KeyChoice(_store.Key, KeySupplier.Card) { Rotations = _store.Rotations }
            );

        /// <summary>Closes what was begun and not brought; it is gone on with another time.</summary>
        public void Dispose()
        {
            _ahead?.Dispose();
            _ahead = null;
        }

        private ArrivingSegment Begin(SlotEntry entry) => new(_store, entry, _camera.Evidence.Item(entry.Slot));

        private ItemFacts Fetch(ArrivingSegment arriving, SlotEntry? next)
        {
            using (arriving)
            {
                _current = arriving;
                _transfer.Fetch(arriving.Job, next == null ? null : new FollowingItem(next.Slot, facts => Ahead(next, facts)));
                arriving.Finish();
                return arriving.Job.Item;
            }
        }

        private BulkJob Ahead(SlotEntry entry, ItemFacts facts)
        {
            _ahead = new ArrivingSegment(_store, entry, facts);
            return _ahead.Job;
        }

        private void Keep(string path, SlotEntry entry, SegmentResult judged, long length)
        {
            string final = _store.Segment(entry.Recording, entry.Segment);
            _store.Disk.MakeFolder(Path.GetDirectoryName(final)!);
            if (_store.Disk.Exists(final))
            {
                throw new StoreException(
                    $"{final} is there already and is another segment",
                    "nothing is overwritten: move it away, or give another folder"
                );
            }

            _store.Disk.Move(path, final);
            Record(final, entry, judged, length);
        }

        private void Refuse(string path, SlotEntry entry)
        {
            string apart = _store.RefusedAs(entry);
            _store.Disk.MakeFolder(Path.GetDirectoryName(apart)!);
            _store.Disk.Delete(apart);
            _store.Disk.Move(path, apart);
        }

        private void Record(string path, SlotEntry entry, SegmentResult judged, long length)
        {
            _store.Disk.Write(
                DeviceStore.RecordOf(path),
                new SegmentRecord
                {
                    Device = _store.DeviceId,
                    Recording = entry.Recording,
                    RecordingId = Convert.ToHexStringLower(judged.RecordingId!),
                    Segment = entry.Segment,
                    Slot = entry.Slot,
                    CloseDigest = Convert.ToHexStringLower(judged.CloseDigest!),
                    Bytes = length,
                    Sha256 = Digest(path),
                    StoredUtc = _utcNow(),
                }.Encode()
            );
        }

        internal static string Digest(string path)
        {
            using FileStream from = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(from));
        }
    }
}
