// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The segments of one recording that lie on a card, by number.</summary>
    internal sealed record StoredRecording(int Number, IReadOnlyList<StoredSegment> Segments)
    {
        public IReadOnlyList<StoredFrame> Frames { get; } = Segments.SelectMany(s => s.Frames).ToList();

        public long ZeroMs => Segments[0].ZeroMs;

        public int FirstLive => Segments[0].FirstLive;

        public IEnumerable<StoredFrame> Past => Segments.Where(s => s.Segment < s.FirstLive).SelectMany(s => s.Frames);

        public IEnumerable<StoredFrame> Present => Segments.Where(s => s.Segment >= s.FirstLive).SelectMany(s => s.Frames);

        public bool IsClosed => Segments.All(s => s.IsClosed);
    }
}
