// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A segment as it lies in a slot, read by FORMAT.md; signatures and chain are the verifier's business.</summary>
    internal sealed class StoredSegment
    {
        public required int Slot { get; init; }
        public required int Recording { get; init; }
        public required string RecordingId { get; init; }
        public required int Segment { get; init; }
        public required int FirstLive { get; init; }
        public required long ZeroMs { get; init; }
        public required long ZeroUtcMs { get; init; }
        public required uint UncertaintyMs { get; init; }
        public required int ClockSource { get; init; }
        public required string Unit { get; init; }
        public required int Boot { get; init; }
        public required int FirstFrame { get; init; }
        public List<StoredFragment> Fragments { get; } = [];
        public int Checkpoints { get; set; }
        public bool IsClosed { get; set; }

        /// <summary>Bytes up to the end of the last unit, or of the close block's last sector.</summary>
        public long Claimed { get; set; }

        public IEnumerable<StoredFrame> Frames => Fragments.SelectMany(f => f.Frames);
    }
}
