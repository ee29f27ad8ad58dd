// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>An item that is fetched: what of it is there, where its bytes go, and what of it is asked for next.</summary>
    public sealed class BulkJob
    {
        private readonly BlockSize _block;
        private int _cursor;

        /// <param name="item">The item.</param>
        /// <param name="have">What is there; grows. What is not wanted is marked as there by the caller.</param>
        /// <param name="sink">Takes the bytes.</param>
        public BulkJob(ItemFacts item, BlockMap have, IBulkSink sink)
        {
            (Item, Have, Sink, _block) = (item, have, sink, new BlockSize(item.BlockBytes));
        }

        /// <summary>The item; of one that was begun ahead its digest comes while it is fetched.</summary>
        public ItemFacts Item { get; internal set; }

        /// <summary>What is there.</summary>
        public BlockMap Have { get; }

        /// <summary>Takes the bytes.</summary>
        public IBulkSink Sink { get; }

        /// <summary>Takes a frame's payload, which must fit.</summary>
        internal void Take(in BulkFrame frame)
        {
            Sink.Write(frame.Offset, frame.Payload.Span);
            Have.Set(frame.Offset, frame.Payload.Length);
        }

        /// <summary>Counts what came of a range that was answered.</summary>
        internal void Count(AskedRange range) => _block.Count(range.Frames, range.Expected - range.Frames);

        /// <summary>The next piece that is neither there nor asked for, from where the last one ended; null when there is none.</summary>
        internal AskedRange? NextGap(IReadOnlyList<AskedRange> asked)
        {
            for (int i = 0; i < Have.Units; i++)
            {
                int first = _cursor + i;
                if (first >= Have.Units)
                {
                    first -= Have.Units;
                }

                if (!IsMissing(first, asked))
                {
                    continue;
                }

                int end = first + 1;
                while (
                    end < Have.Units && (end - first) * BlockMap.UnitBytes < EvidenceGroup.LargestRange && IsMissing(end, asked)
                )
                {
                    end++;
                }

                _cursor = end == Have.Units ? 0 : end;
                long offset = (long)first * BlockMap.UnitBytes;
                int length = (int)Math.Min((long)(end - first) * BlockMap.UnitBytes, Have.Length - offset);
                return new AskedRange(this, offset, length, _block.Now);
            }
            return null;
        }

        private bool IsMissing(int unit, IReadOnlyList<AskedRange> asked)
        {
            long offset = (long)unit * BlockMap.UnitBytes;
            return !Have[unit] && !asked.Any(r => r.Job == this && offset >= r.Offset && offset < r.Offset + r.Length);
        }
    }
}
