// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Recorder
{
    /// <summary>
    /// The frame under construction: the sensor's bytes are put where the write cursor is, and looked at until their exact length is known.
    /// </summary>
    public sealed class FrameAssembler
    {
        // Boxed once: Array.IndexOf takes an object, and a box a call would be garbage.
        private static readonly object s_markerByte = (byte)0xFF;

        private readonly FramePages _pages;
        private bool _building;
        private int _startPage;
        private int _startOffset;
        private int _writePage;
        private int _writeOffset;
        private int _written;
        private int _reserved;

        /// <summary>Writes into these pages.</summary>
        public FrameAssembler(FramePages pages)
        {
            _pages = pages;
        }

        /// <summary>Whether a frame is under construction.</summary>
        public bool IsBuilding
        {
            get { return _building; }
        }

        /// <summary>Room for the next bytes: the page.</summary>
        public byte[] Page
        {
            get { return _pages.Bytes(_writePage); }
        }

        /// <summary>Room for the next bytes: where in the page.</summary>
        public int Offset
        {
            get { return _writeOffset; }
        }

        /// <summary>Room for the next bytes: how many before the page, or what was reserved, ends.</summary>
        public int Room
        {
            get
            {
                int room = FramePages.PageBytes - _writeOffset;
                int left = _reserved - _written;
                return left < room ? left : room;
            }
        }

        /// <summary>The page in which the frame begins.</summary>
        internal int StartPage
        {
            get { return _startPage; }
        }

        /// <summary>Where in it.</summary>
        internal int StartOffset
        {
            get { return _startOffset; }
        }

        /// <summary>Begins a frame of at most so many bytes, for which there is room.</summary>
        /// <param name="reserved">Bytes, whole blocks.</param>
        internal void Begin(int reserved)
        {
            if (_building)
            {
                throw new InvalidOperationException("the frame before was neither committed nor abandoned");
            }

            _building = true;
            _reserved = reserved;
            _written = 0;
            _pages.Begin();
            _writePage = _startPage = _pages.OpenPage;
            _writeOffset = _startOffset = _pages.OpenOffset;
        }

        /// <summary>Moves the write cursor over bytes that were put there.</summary>
        /// <param name="count">0 to <see cref="Room"/>.</param>
        public void Advance(int count)
        {
            int written = _written + count;
            int offset = _writeOffset + count;
            if (!_building || count < 0 || written > _reserved || offset > FramePages.PageBytes)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            _written = written;
            _writeOffset = offset;
            if (offset == FramePages.PageBytes && written != _reserved)
            {
                _writePage = _pages.Extend(_writePage);
                _writeOffset = 0;
            }
        }

        /// <summary>A byte of the frame.</summary>
        /// <param name="index">0 to what the cursor was advanced by, less 1.</param>
        public int ByteAt(int index)
        {
            if (!_building || index < 0 || index >= _written)
            {
                throw new ArgumentOutOfRangeException("index");
            }

            int at = _startOffset + index;
            return _pages.Bytes(_pages.Linked(_startPage, at / FramePages.PageBytes))[at % FramePages.PageBytes];
        }

        /// <summary>Whether the frame begins as a JPEG does: FF D8 and the FF of the next marker (ITU-T T.81, B.1.1.2).</summary>
        public bool StartsAsJpeg()
        {
            if (!_building || _written < 3)
            {
                return false;
            }

            // Frames begin at whole blocks: the three bytes lie in one page.
            byte[] bytes = _pages.Bytes(_startPage);
            return bytes[_startOffset] == 0xFF && bytes[_startOffset + 1] == 0xD8 && bytes[_startOffset + 2] == 0xFF;
        }

        /// <summary>
        /// Index of a JPEG marker in a part of the frame, or -1. A native search finds each FF, so that a part of any length costs one call
        /// for each FF in it, about 1 in 256 of a picture's bytes.
        /// </summary>
        /// <param name="low">The marker's second byte; the first is FF.</param>
        /// <param name="from">Index of the first byte that the marker may have.</param>
        /// <param name="end">The marker lies wholly before this index.</param>
        /// <param name="last">Whether the last one of several is meant, not the first.</param>
        public int FindMarker(byte low, int from, int end, bool last)
        {
            if (!_building || from < 0 || end > _written)
            {
                throw new ArgumentOutOfRangeException("end");
            }

            int found = -1;
            int index = from;
            while (index < end - 1)
            {
                int at = _startOffset + index;
                byte[] bytes = _pages.Bytes(_pages.Linked(_startPage, at / FramePages.PageBytes));
                int inPage = at % FramePages.PageBytes;
                int count = FramePages.PageBytes - inPage;
                if (count > end - 1 - index)
                {
                    count = end - 1 - index;
                }

                int hit = Array.IndexOf(bytes, s_markerByte, inPage, count);
                if (hit < 0)
                {
                    index += count;
                    continue;
                }

                index += hit - inPage;
                if (ByteAt(index + 1) == low)
                {
                    found = index;
                    if (!last)
                    {
                        return found;
                    }
                }

                index++;
            }

            return found;
        }

        /// <summary>Takes bytes off the frame's beginning; what is left moves there, so that the frame begins at a whole block.</summary>
        /// <param name="count">Bytes, 1 to a sector's 512.</param>
        public void DropHead(int count)
        {
            if (!_building || count < 1 || count > Sector.Size || count >= _written)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            int left = _written - count;
            int to = 0;
            while (to < left)
            {
                int target = _startOffset + to;
                int source = target + count;
                byte[] targetPage = _pages.Bytes(_pages.Linked(_startPage, target / FramePages.PageBytes));
                byte[] sourcePage = _pages.Bytes(_pages.Linked(_startPage, source / FramePages.PageBytes));
                int targetAt = target % FramePages.PageBytes;
                int sourceAt = source % FramePages.PageBytes;
                int run = FramePages.PageBytes - (targetAt > sourceAt ? targetAt : sourceAt);
                if (run > left - to)
                {
                    run = left - to;
                }

                Array.Copy(sourcePage, sourceAt, targetPage, targetAt, run);
                to += run;
            }
        }

        /// <summary>Index of the last place in the frame where two bytes follow each other, or -1.</summary>
        /// <param name="high">The first of the two.</param>
        /// <param name="low">The second of the two.</param>
        /// <param name="end">Both lie before this index.</param>
        /// <param name="within">Both lie in this many bytes before the end.</param>
        public int LastPair(byte high, byte low, int end, int within)
        {
            if (!_building || end < 0 || end > _written)
            {
                throw new ArgumentOutOfRangeException("end");
            }

            int stop = end > within ? end - within : 0;
            int index = end - 2;
            while (index >= stop)
            {
                int at = _startOffset + index;
                byte[] bytes = _pages.Bytes(_pages.Linked(_startPage, at / FramePages.PageBytes));
                at %= FramePages.PageBytes;
                int shift = index - at;
                int last = stop - shift;
                if (last < 0)
                {
                    last = 0;
                }

                // Two a time while there are two.
                while (at > last && bytes[at] != high && bytes[at - 1] != high)
                {
                    at -= 2;
                }

                while (at >= last && bytes[at] != high)
                {
                    at--;
                }

                index = at + shift;
                if (at >= last)
                {
                    if ((at + 1 < FramePages.PageBytes ? bytes[at + 1] : ByteAt(index + 1)) == low)
                    {
                        return index;
                    }

                    index--;
                }
            }

            return -1;
        }

        /// <summary>Ends the frame: the rest of its last block becomes zero, what was reserved beyond is given back.</summary>
        /// <param name="exactLength">Bytes of the JPEG, at most what the cursor was advanced by.</param>
        /// <returns>Bytes that it takes, whole blocks.</returns>
        internal int End(int exactLength)
        {
            if (!_building || exactLength < 1 || exactLength > _written)
            {
                throw new ArgumentOutOfRangeException("exactLength");
            }

            int padded = Sector.RoundUp(exactLength);
            int page = _startPage;
            int end = _startOffset + padded;
            if (end > FramePages.PageBytes)
            {
                // A frame that fills its last page to the end does not begin another.
                int links = (end - 1) / FramePages.PageBytes;
                page = _pages.Linked(page, links);
                end -= links * FramePages.PageBytes;
            }

            if (padded != exactLength)
            {
                Array.Clear(_pages.Bytes(page), end - (padded - exactLength), padded - exactLength);
            }

            _building = false;
            _pages.End(page, end, _writePage);
            return padded;
        }

        /// <summary>Gives back all that was reserved.</summary>
        internal void Abandon()
        {
            if (!_building)
            {
                throw new InvalidOperationException("no frame is under construction");
            }

            _building = false;
            _pages.Abandon(_startPage, _writePage);
        }
    }
}
