using System;

namespace Lapel.Link
{
    /// <summary>Chooses how large frames are: as large as the rate allows on a clean line, smaller when many come damaged, since a flipped bit costs a whole one.</summary>
    public sealed class BlockSize
    {
        // A frame costs 24 bytes beside its payload. With so many frames in a hundred damaged, halving them wins more than their overhead costs; below the other figure doubling does.
        private const int HalveAbove = 12, DoubleBelow = 3;

        /// <summary>Frames that make a judgement.</summary>
        private const int Judged = 16;

        private readonly int _largest;
        private int _good, _bad;

        /// <param name="largest">What suits the rate, bytes.</param>
        public BlockSize(int largest) => _largest = Now = largest;

        /// <summary>Bytes of a frame's payload now.</summary>
        public int Now { get; private set; }

        /// <summary>Counts what came of a range.</summary>
        public void Count(int good, int bad)
        {
            _good += good;
            _bad += bad;
            int all = _good + _bad;
            if (all < Judged) return;
            if (_bad * 100 > all * HalveAbove) Now = Math.Max(Now / 2, BlockMap.UnitBytes);
            else if (_bad * 100 < all * DoubleBelow) Now = Math.Min(Now * 2, _largest);
            _good = _bad = 0;
        }
    }
}
