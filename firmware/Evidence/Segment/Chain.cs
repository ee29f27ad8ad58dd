// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>The hash chain over a segment's units (FORMAT.md 3.3).</summary>
    public sealed class Chain
    {
        /// <summary>Most blocks in one unit: 64 digests of 32 bytes make the list, the first is the chain's own.</summary>
        public const int MaxBlocks = 63;

        private const int ListSize = 2048;

        private readonly Digests _digests;
        private readonly byte[] _list = new byte[ListSize];
        private byte[] _value;
        private int _used;

        /// <summary>A chain without a beginning; call <see cref="Start"/>.</summary>
        /// <param name="digests">H and B of FORMAT.md section 1.</param>
        public Chain(Digests digests)
        {
            _digests = digests;
        }

        /// <summary>The chain value after the last finished unit, 32 bytes; not to be changed.</summary>
        public byte[] Value
        {
            get { return _value; }
        }

        /// <summary>Begins with the segment's init: c(init) = B(init).</summary>
        /// <param name="init">Begins with the init; what follows it does not count.</param>
        /// <param name="count">Bytes of the init, 512 to 16,384.</param>
        public void Start(byte[] init, int count)
        {
            _value = _digests.Block(init, 0, count);
            Restart();
        }

        /// <summary>
        /// Adds one block's digest to the unit. A unit has at most <see cref="MaxBlocks"/>; the fragment gatherer sees to that.
        /// </summary>
        /// <param name="digest">B of the block, 32 bytes.</param>
        public void Add(byte[] digest)
        {
            Array.Copy(digest, 0, _list, _used, Digests.Size);
            _used += Digests.Size;
        }

        /// <summary>Ends the unit: c' = H(L), where L is c and the digests added since, with zero bytes up to 2,048.</summary>
        public void FinishUnit()
        {
            Array.Clear(_list, _used, ListSize - _used);
            _value = _digests.Hash(_list);
            Restart();
        }

        /// <summary>
        /// Goes back to a value that the chain had between two units: recovery tried a unit that does not count. Digests added since are
        /// forgotten.
        /// </summary>
        /// <param name="value">That value, 32 bytes; kept, not copied.</param>
        public void Return(byte[] value)
        {
            _value = value;
            Restart();
        }

        private void Restart()
        {
            Array.Copy(_value, 0, _list, 0, Digests.Size);
            _used = Digests.Size;
        }
    }
}
