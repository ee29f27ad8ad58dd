// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>
    /// Chooses how large frames are: large on a clean line, smaller when many come damaged, since a flipped bit costs a whole one.
    /// </summary>
    public sealed class BlockSize
    {
        // A frame costs 24 bytes beside its payload. With so many frames in a hundred damaged, smaller ones win more than their overhead
        // costs; below the other figure larger ones do.
        private const int SmallerAbove = 12,
            LargerBelow = 2;

        /// <summary>Frames that make a judgement.</summary>
        private const int Judged = 16;

        private readonly int _largest;
        private int _good,
            _bad;

        /// <summary>Sizes that a camera takes (PROTOCOL.md).</summary>
        private static readonly int[] Sizes = [512, 1024, 2048, 4096, 8192, 16384];

        /// <param name="suggested">What suits the rate, bytes. Up to four times as much is tried: on a clean line it costs less, and a
        /// frame still takes 0.4 s at most.</param>
        public BlockSize(int suggested)
        {
            Now = suggested;
            int at = Array.IndexOf(Sizes, suggested);
            _largest = at < 0 ? suggested : Sizes[Math.Min(at + 2, Sizes.Length - 1)];
        }

        /// <summary>Bytes of a frame's payload now.</summary>
        public int Now { get; private set; }

        /// <summary>Counts what came of a range.</summary>
        public void Count(int good, int bad)
        {
            _good += good;
            _bad += bad;
            int all = _good + _bad;
            if (all < Judged)
            {
                return;
            }

            int at = Array.IndexOf(Sizes, Now);
            if (_bad * 100 > all * SmallerAbove && at > 0)
            {
                Now = Sizes[at - 1];
            }
            else if (_bad * 100 < all * LargerBelow && Now < _largest && at + 1 < Sizes.Length)
            {
                Now = Sizes[at + 1];
            }

            _good = _bad = 0;
        }
    }
}
