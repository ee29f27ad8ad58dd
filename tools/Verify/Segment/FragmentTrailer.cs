// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>A fragment's trailer block (FORMAT.md 3.2).</summary>
    internal static class FragmentTrailer
    {
        private const int Box = 96,
            NumberAt = 24,
            ChainAt = 28,
            MacAt = 60;

        /// <summary>The chain value that it states.</summary>
        public static byte[] Stated(ReadOnlySpan<byte> block) => block.Slice(ChainAt, EvidenceHash.Size).ToArray();

        /// <summary>What is wrong with it as the trailer of this fragment; null when nothing is.</summary>
        public static string? Problem(ReadOnlySpan<byte> block, uint number)
        {
            Span<byte> expected = Repair(block, number, Stated(block));
            int same = block.CommonPrefixLength(expected);
            if (same == BoxBytes.Sector)
            {
                return null;
            }

            if (same is >= NumberAt and < ChainAt)
            {
                return "its trailer is that of fragment " + BoxBytes.U32(block, NumberAt);
            }

            return same < Box ? "its trailer box is damaged" : "the free box of its trailer block is not empty or damaged";
        }

        /// <summary>Whether it is laid out as a trailer, of whichever fragment.</summary>
        public static bool IsWhole(ReadOnlySpan<byte> block) => Problem(block, BoxBytes.U32(block, NumberAt)) == null;

        /// <summary>
        /// The block that the format fixes for this number and chain value, with the device MAC that stands in <paramref name="block"/>.
        /// </summary>
        public static byte[] Repair(ReadOnlySpan<byte> block, uint number, ReadOnlySpan<byte> chain)
        {
            var whole = new byte[BoxBytes.Sector];
            BoxBytes.Uuid(whole, 0, Box, 3);
            BoxBytes.Put32(whole, NumberAt, number);
            chain.CopyTo(whole.AsSpan(ChainAt));
            block.Slice(MacAt, EvidenceHash.Size).CopyTo(whole.AsSpan(MacAt));
            BoxBytes.Header(whole, Box, BoxBytes.Sector - Box, "free");
            return whole;
        }
    }
}
