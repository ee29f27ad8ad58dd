// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>What lies on a card, read without the firmware.</summary>
    internal sealed class StoredCard
    {
        private readonly IMedium _medium;

        public StoredCard(IMedium medium)
        {
            _medium = medium;
            var segments = new List<StoredSegment>();
            for (int slot = 0; medium.FileExists(Path(slot)); slot++)
            {
                Slots++;
                var first = new byte[512];
                medium.Read(Path(slot), 0, first);
                if (SegmentReader.IsSegment(first))
                {
                    segments.Add(SegmentReader.Read(Bytes(slot), slot));
                }
            }

            Segments = segments;
            Recordings = segments
                .GroupBy(s => s.Recording)
                .OrderBy(g => g.Key)
                .Select(g => new StoredRecording(g.Key, g.OrderBy(s => s.Segment).ToList()))
                .ToList();
        }

        /// <summary>Slot files.</summary>
        public int Slots { get; }

        /// <summary>Every slot that holds a segment, closed or not.</summary>
        public IReadOnlyList<StoredSegment> Segments { get; }

        /// <summary>Their recordings, by number.</summary>
        public IReadOnlyList<StoredRecording> Recordings { get; }

        /// <summary>The file of a slot, by FORMAT.md 2.</summary>
        public static string Path(int slot) => $"LAPEL/S{slot / 100:D3}/{slot:D8}.MP4";

        /// <summary>All bytes of a slot.</summary>
        public byte[] Bytes(int slot) => Bytes(Path(slot));

        /// <summary>All bytes of a file.</summary>
        public byte[] Bytes(string path)
        {
            var bytes = new byte[_medium.Length(path)];
            _medium.Read(path, 0, bytes);
            return bytes;
        }
    }
}
