// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>A segment on its way, under a temporary name: nothing of it counts before it is whole and verified.</summary>
    internal sealed class ArrivingSegment : IDisposable
    {
        /// <summary>The index block stands at the slot's end and has at most so many bytes (FORMAT.md 3.5).</summary>
        public const int MostIndexBytes = 16384;

        /// <summary>Bytes of a sector.</summary>
        public const int SectorBytes = 512;

        private readonly PartialFile _part;
        private bool _isWhole;

        /// <param name="store">Where it arrives.</param>
        /// <param name="entry">What the camera lists.</param>
        /// <param name="item">What the camera tells of it.</param>
        public ArrivingSegment(DeviceStore store, SlotEntry entry, ItemFacts item)
        {
            (Entry, Path) = (entry, store.ArrivingAs(entry));
            _part = new PartialFile(store.Disk, Path, item.Length, Mark(entry));
            long claimed = Math.Min(entry.Sectors * SectorBytes, item.Length),
                index = Math.Max(item.Length - MostIndexBytes, claimed);
            StaleBytes = (index - claimed) / SectorBytes * SectorBytes;
            if (StaleBytes > 0)
            {
                _part.Map.Set(claimed, StaleBytes);
            }

            Job = new BulkJob(item, _part.Map, _part);
        }

        /// <summary>What the camera lists.</summary>
        public SlotEntry Entry { get; }

        /// <summary>The temporary name.</summary>
        public string Path { get; }

        /// <summary>How it is fetched.</summary>
        public BulkJob Job { get; }

        /// <summary>Bytes between what the segment claims and its index: they belong to no segment and are not fetched.</summary>
        public long StaleBytes { get; }

        /// <summary>Whether part of it was there from before.</summary>
        public bool IsResumed => _part.IsResumed;

        /// <summary>Returns when all of it is on the disk.</summary>
        public void Finish()
        {
            _part.Note();
            _part.Sync();
            _part.Forget();
            _isWhole = true;
        }

        /// <summary>Closes the file. What came of a part is noted, and it is gone on with later.</summary>
        public void Dispose()
        {
            try
            {
                if (!_isWhole)
                {
                    _part.Note();
                }
            }
            finally
            {
                _part.Dispose();
            }
        }

        /// <summary>Tells this segment's part from that of another in the same slot.</summary>
        private static byte[] Mark(SlotEntry entry)
        {
            var mark = new byte[PartialFile.MarkBytes];
            entry.Digest.CopyTo(mark, 0);
            BinaryPrimitives.WriteInt64BigEndian(mark.AsSpan(8), entry.Recording);
            BinaryPrimitives.WriteInt64BigEndian(mark.AsSpan(16), entry.Segment);
            BinaryPrimitives.WriteInt64BigEndian(mark.AsSpan(24), entry.Sectors);
            return mark;
        }
    }
}
