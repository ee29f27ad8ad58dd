// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>The index at the end of a slot: `free`, `mfra` with `tfra` and `mfro` (FORMAT.md 3.5).</summary>
    public sealed class IndexBlock
    {
        private const int EntryBytes = 11;
        private const int FixedBytes = 8 + 24 + 16;

        private readonly int[] _timeMs = new int[SegmentBudget.MaxFragments];
        private readonly int[] _moofAt = new int[SegmentBudget.MaxFragments];
        private int _count;

        /// <summary>Bytes of the block.</summary>
        /// <param name="fragments">Fragments in the segment, 0 to 1,400.</param>
        /// <returns>A multiple of 512, at most 16,384.</returns>
        public static int SizeFor(int fragments)
        {
            return Sector.RoundUpForFreeBox(FixedBytes + EntryBytes * fragments);
        }

        /// <summary>Entries so far.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Forgets all entries.</summary>
        public void Clear()
        {
            _count = 0;
        }

        /// <summary>Adds a fragment; at most <see cref="SegmentBudget.MaxFragments"/>.</summary>
        /// <param name="timeMs">Its time, milliseconds since recording zero.</param>
        /// <param name="moofAt">Byte position of its `moof` in the file.</param>
        public void Add(int timeMs, int moofAt)
        {
            _timeMs[_count] = timeMs;
            _moofAt[_count++] = moofAt;
        }

        /// <summary>The block's bytes, a multiple of 512: they end where the slot ends.</summary>
        public byte[] Build()
        {
            int mfraSize = FixedBytes + EntryBytes * _count;
            var block = new byte[SizeFor(_count)];
            int at = block.Length - mfraSize;
            if (at > 0)
            {
                FreeBox.PutHeader(block, 0, at);
            }

            PutHeader(block, at, mfraSize, "mfra");
            PutHeader(block, at + 8, 24 + EntryBytes * _count, "tfra");
            BigEndian.Put32(block, at + 20, 1);
            BigEndian.Put32(block, at + 28, _count);
            int entry = at + 32;
            for (int i = 0; i < _count; i++)
            {
                BigEndian.Put32(block, entry, _timeMs[i]);
                BigEndian.Put32(block, entry + 4, _moofAt[i]);
                block[entry + 8] = 1;
                block[entry + 9] = 1;
                block[entry + 10] = 1;
                entry += EntryBytes;
            }

            PutHeader(block, entry, 16, "mfro");
            BigEndian.Put32(block, entry + 12, mfraSize);
            return block;
        }

        private static void PutHeader(byte[] block, int at, int size, string type)
        {
            BigEndian.Put32(block, at, size);
            for (int i = 0; i < 4; i++)
            {
                block[at + 4 + i] = (byte)type[i];
            }
        }
    }
}
