// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>A range that was asked for and is not answered yet.</summary>
    internal sealed class AskedRange(BulkJob job, long offset, int length, int block)
    {
        /// <summary>What it is part of.</summary>
        public BulkJob Job { get; } = job;

        /// <summary>First byte.</summary>
        public long Offset { get; } = offset;

        /// <summary>Bytes.</summary>
        public int Length { get; } = length;

        /// <summary>Payload bytes of a frame.</summary>
        public int Block { get; } = block;

        /// <summary>Sequence number of the request.</summary>
        public byte Sequence { get; set; }

        /// <summary>Frames that came whole.</summary>
        public int Frames { get; set; }

        /// <summary>Frames that it has.</summary>
        public int Expected => (Length + Block - 1) / Block;
    }
}
