// SPDX-License-Identifier: MIT

namespace Lapel.Evidence.Tests
{
    /// <summary>Frames of given sizes and times, each in pieces of at most 32 KiB, with a recognisable content.</summary>
    public sealed class ListFrames : IFrames
    {
        private const int PageBytes = 32768;

        private readonly byte[][] _frames = new byte[4096][];
        private readonly int[] _lengths = new int[4096];
        private readonly long[] _times = new long[4096];
        private readonly bool[] _released = new bool[4096];

        public int Count;

        /// <summary>Adds a JPEG-like frame: SOI, filler, EOI.</summary>
        public void Add(int length, long ms)
        {
            var frame = new byte[Sector.RoundUp(length)];
            for (int i = 2; i < length - 2; i++)
            {
                frame[i] = (byte)(Count * 31 + i * 7);
            }

            frame[0] = 0xFF;
            frame[1] = 0xD8;
            frame[length - 2] = 0xFF;
            frame[length - 1] = 0xD9;
            _frames[Count] = frame;
            _lengths[Count] = length;
            _times[Count++] = ms;
        }

        public bool IsReleased(int serial)
        {
            return _released[serial];
        }

        public int Length(int serial)
        {
            return _lengths[serial];
        }

        public long TimeMs(int serial)
        {
            return _times[serial];
        }

        public int Pieces(int serial)
        {
            return (_frames[serial].Length + PageBytes - 1) / PageBytes;
        }

        public byte[] PiecePage(int serial, int piece)
        {
            return _frames[serial];
        }

        public int PieceOffset(int serial, int piece)
        {
            return piece * PageBytes;
        }

        public int PieceLength(int serial, int piece)
        {
            int left = _frames[serial].Length - piece * PageBytes;
            return left < PageBytes ? left : PageBytes;
        }

        public void Release(int serial)
        {
            if (_released[serial])
            {
                throw new System.ArgumentException("released twice");
            }

            _released[serial] = true;
        }
    }
}
