// SPDX-License-Identifier: MIT

using System;
using System.Collections;

namespace Lapel.Link
{
    /// <summary>
    /// Which units of 512 bytes of an item are there. Frames of any size that is a multiple of that fit, so the block size may change on
    /// the way.
    /// </summary>
    public sealed class BlockMap
    {
        /// <summary>Bytes of a unit.</summary>
        public const int UnitBytes = 512;

        private readonly BitArray _bits;

        /// <param name="length">Bytes of the item.</param>
        public BlockMap(long length)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            Length = length;
            _bits = new BitArray(checked((int)((length + UnitBytes - 1) / UnitBytes)));
        }

        /// <summary>Bytes of the item.</summary>
        public long Length { get; }

        /// <summary>Units of the item; the last may be shorter.</summary>
        public int Units => _bits.Length;

        /// <summary>Units that are there.</summary>
        public int Count { get; private set; }

        /// <summary>Bytes that are there, the last unit counted as a whole one.</summary>
        public long Bytes => (long)Count * UnitBytes;

        /// <summary>Whether a unit is there.</summary>
        public bool this[int unit] => _bits[unit];

        /// <summary>Marks the units of a piece as there, or not.</summary>
        public void Set(long offset, long length, bool there = true)
        {
            int end = (int)((offset + length + UnitBytes - 1) / UnitBytes);
            for (int unit = (int)(offset / UnitBytes); unit < end; unit++)
            {
                if (_bits[unit] != there)
                {
                    Count += there ? 1 : -1;
                }

                _bits[unit] = there;
            }
        }

        /// <summary>Whether a piece can be a frame of this item: it begins with a unit, and ends with one or with the item.</summary>
        public bool Fits(long offset, int length) =>
            offset >= 0
            && length > 0
            && offset % UnitBytes == 0
            && offset <= Length - length
            && (length % UnitBytes == 0 || offset + length == Length);

        /// <summary>The map's bytes: bit i of byte j is unit 8 j + i.</summary>
        public byte[] ToArray()
        {
            var bytes = new byte[(_bits.Length + 7) / 8];
            _bits.CopyTo(bytes, 0);
            return bytes;
        }

        /// <summary>A map from its bytes; null when they are none for that length.</summary>
        public static BlockMap? Read(long length, byte[] bytes)
        {
            var map = new BlockMap(length);
            if (bytes.Length != (map.Units + 7) / 8)
            {
                return null;
            }

            var bits = new BitArray(bytes);
            for (int unit = 0; unit < bits.Length; unit++)
            {
                if (!bits[unit])
                {
                    continue;
                }

                if (unit >= map.Units)
                {
                    return null;
                }

                map._bits[unit] = true;
                map.Count++;
            }
            return map;
        }
    }
}
