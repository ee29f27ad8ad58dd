// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>
    /// One unit's step of the chain (FORMAT.md 3.3): its block hashes are gathered once and can be tried after several values.
    /// </summary>
    internal sealed class ChainStep
    {
        /// <summary>Most blocks in one unit: the list is 2,048 bytes, the value before the unit takes the first 32.</summary>
        public const int MostBlocks = 63;

        private readonly byte[] _list = new byte[2048];
        private int _blocks;

        public void Begin()
        {
            Array.Clear(_list);
            _blocks = 0;
        }

        public void Add(ReadOnlySpan<byte> block)
        {
            EvidenceHash.B(block, _list.AsSpan(EvidenceHash.Size * (1 + _blocks), EvidenceHash.Size));
            _blocks++;
        }

        /// <summary>The chain value after this unit when it was <paramref name="before"/> before it.</summary>
        public byte[] After(ReadOnlySpan<byte> before)
        {
            before.CopyTo(_list);
            var after = new byte[EvidenceHash.Size];
            EvidenceHash.H(_list, after);
            return after;
        }

        /// <summary>The step of a unit that is one block.</summary>
        public byte[] Single(ReadOnlySpan<byte> before, ReadOnlySpan<byte> block)
        {
            Begin();
            Add(block);
            return After(before);
        }
    }
}
