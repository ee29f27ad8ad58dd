// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What one segment's manifests say beside what is true of the whole recording.</summary>
    public sealed class SegmentFacts
    {
        /// <summary>Segment number.</summary>
        public int Segment;

        /// <summary>Fragments written.</summary>
        public int Fragments;

        /// <summary>Chain value after the last unit, 32 bytes (key 9).</summary>
        public byte[] Chain;

        /// <summary>Sector at which the manifest's block begins.</summary>
        public int Sector;

        /// <summary>Close digest of the segment before, 32 bytes; null in segments 0 and k (key 11).</summary>
        public byte[] PreviousClose;

        /// <summary>Frame index of the first frame.</summary>
        public int FirstFrame;

        /// <summary>Frames written.</summary>
        public int Frames;

        /// <summary>Milliseconds since recording zero of the first frame.</summary>
        public int FirstFrameMs;

        /// <summary>Milliseconds since recording zero at which the last frame ends.</summary>
        public int EndMs;

        /// <summary>Markers and presses; null in a pre-event segment.</summary>
        public SegmentLedger Ledger;

        /// <summary>Sector at which the index block begins. This and the next two hold from the writing of the index on.</summary>
        public int IndexSector;

        /// <summary>Sectors of the index block.</summary>
        public int IndexSectors;

        /// <summary>B of the index block, 32 bytes (FORMAT.md section 1).</summary>
        public byte[] IndexDigest;

        /// <summary>The index block as the manifest of a close states it (key 28).</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="block">The block.</param>
        /// <param name="slotBytes">Bytes of the slot, at the end of which the block stands.</param>
        public void SetIndex(Digests digests, byte[] block, int slotBytes)
        {
            IndexSector = (slotBytes - block.Length) / Evidence.Sector.Size;
            IndexSectors = block.Length / Evidence.Sector.Size;
            IndexDigest = digests.Block(block, 0, block.Length);
        }
    }
}
