// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>The index block at the end of a slot (FORMAT.md 3.5).</summary>
    internal static class IndexBlock
    {
        /// <summary>Largest block, bytes.</summary>
        public const int Largest = 16384;

        /// <summary>Most fragments in a segment.</summary>
        public const int MostFragments = 1400;

        private const int EntrySize = 11;

        /// <summary>Compares the block with what the fragments that were read require; null when it is exactly that.</summary>
        public static (FindingCode Code, string Text)? Compare(ReadOnlySpan<byte> block, IReadOnlyList<(uint Time, uint Offset)> fragments)
        {
            int n = fragments.Count;
            int size = 8 + 24 + EntrySize * n + 16;
            int free = block.Length - size;
            if (free < 0 || free is > 0 and < 8)
            {
                return (FindingCode.IndexMismatch, "the index block has no room for " + N(n) + " fragments");
            }

            Span<byte> expected = new byte[block.Length];
            if (free > 0)
            {
                BoxBytes.Header(expected, 0, free, "free");
            }

            BoxBytes.Header(expected, free, size, "mfra");
            BoxBytes.Header(expected, free + 8, size - 24, "tfra");
            BoxBytes.Put32(expected, free + 20, 1);
            BoxBytes.Put32(expected, free + 28, n);
            int at = free + 32;
            for (int i = 0; i < n; i++, at += EntrySize)
            {
                BoxBytes.Put32(expected, at, fragments[i].Time);
                BoxBytes.Put32(expected, at + 4, fragments[i].Offset);
                expected.Slice(at + 8, 3).Fill(1);
            }
            BoxBytes.Header(expected, at, 16, "mfro");
            BoxBytes.Put32(expected, at + 12, size);
            int same = block.CommonPrefixLength(expected);
            if (same == block.Length)
            {
                return null;
            }

            if (same < free)
            {
                return (FindingCode.Malformed, "the free box before the index is not what the format fixes");
            }

            if (same < free + 32 || same >= at)
            {
                return (FindingCode.IndexMismatch, "the index is not that of " + N(n) + " fragments");
            }

            int entry = (same - free - 32) / EntrySize;
            return (FindingCode.IndexMismatch, "entry " + N(entry) + " of the index is not the time and place of fragment " + N(entry));
        }

        private static string N(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
