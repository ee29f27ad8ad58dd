// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Service
{
    /// <summary>Cuts what comes in into lines, in one fixed buffer, and tells the lanes apart.</summary>
    /// <remarks>
    /// A line ends at LF or CR; a CR LF is one end. Searching is done by natives: no managed loop goes over the bytes of a line.
    /// </remarks>
    public sealed class LineSplitter
    {
        /// <summary>Longest line, bytes without its end.</summary>
        public const int LongestLine = 512;

        /// <summary>Bytes of the buffer: a longest line and what comes in with its end.</summary>
        public const int Capacity = 1024;

        // Boxed once: the native search takes objects.
        private static readonly object LineFeed = (byte)10;
        private static readonly object CarriageReturn = (byte)13;
        private static readonly object FirstMark = (byte)0x06;
        private static readonly object NextMark = (byte)0x04;
        private const byte FirstMark2 = 0x09;
        private const byte NextMark2 = 0x14;

        private readonly byte[] _buffer = new byte[Capacity];
        private int _begin;
        private int _searched;
        private int _end;
        private bool _skipping;
        private bool _afterReturn;

        /// <summary>
        /// The buffer: read into it from <see cref="End"/> on, at most <see cref="Room"/>, then call <see cref="Added"/>.
        /// </summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Where the next bytes go.</summary>
        public int End
        {
            get { return _end; }
        }

        /// <summary>How many of them there may be.</summary>
        public int Room
        {
            get { return Capacity - _end; }
        }

        /// <summary>Where the line that <see cref="Next"/> found begins: for SMP at its mark.</summary>
        public int LineBegin { get; private set; }

        /// <summary>Its bytes, without its end.</summary>
        public int LineCount { get; private set; }

        /// <summary>Where the line that has not ended yet begins.</summary>
        public int PendingBegin
        {
            get { return _begin; }
        }

        /// <summary>Whether the line that has not ended yet is being dropped for its length.</summary>
        public bool IsSkipping
        {
            get { return _skipping; }
        }

        /// <summary>Bytes were read into the buffer.</summary>
        public void Added(int count)
        {
            _end += count;
        }

        /// <summary>Takes back what an editor removed from the end of the buffer.</summary>
        /// <param name="end">Where the buffer ends now, not before <see cref="PendingBegin"/>.</param>
        public void Cut(int end)
        {
            _end = end;
            if (_searched > end)
            {
                _searched = end;
            }
        }

        /// <summary>Finds the next line.</summary>
        /// <remarks>After None the buffer has room again; line and buffer are valid until then.</remarks>
        public LineEnd Next()
        {
            SkipSecondHalf();
            int at = FindEnd();
            if (at < 0)
            {
                MakeRoom();
                return LineEnd.None;
            }

            _afterReturn = _buffer[at] == 13;
            int begin = _begin;
            int count = at - begin;
            _begin = at + 1;
            _searched = _begin;

            // The end of a line that was too long ends its dropping, and is reported once.
            bool tooLong = _skipping || count > LongestLine;
            _skipping = false;
            if (tooLong)
            {
                return LineEnd.TooLong;
            }

            // Noise before a mark does not cost the packet: what stands before it in the line is dropped.
            int mark = FindMark(begin, count);
            if (mark >= 0)
            {
                begin = mark;
            }

            LineBegin = begin;
            LineCount = at - begin;
            return mark < 0 ? LineEnd.Text : LineEnd.Smp;
        }

        /// <summary>Whether bytes carry the beginning of a mark: what follows is not a person's.</summary>
        public bool HasMarkByte(int from, int count)
        {
            return count > 0 && (Array.IndexOf(_buffer, FirstMark, from, count) >= 0 || Array.IndexOf(_buffer, NextMark, from, count) >= 0);
        }

        // The LF of a CR LF belongs to the line before.
        private void SkipSecondHalf()
        {
            if (!_afterReturn || _begin == _end)
            {
                return;
            }

            _afterReturn = false;
            if (_buffer[_begin] != 10)
            {
                return;
            }

            _begin++;
            if (_searched < _begin)
            {
                _searched = _begin;
            }
        }

        private int FindEnd()
        {
            int count = _end - _searched;
            if (count == 0)
            {
                return -1;
            }

            int feed = Array.IndexOf(_buffer, LineFeed, _searched, count);

            // Up to the first LF only: an earlier CR is the end, a later one belongs to another line.
            int carriage = Array.IndexOf(_buffer, CarriageReturn, _searched, feed < 0 ? count : feed - _searched);

            // Every byte is searched once, however many reads a line comes in.
            _searched = _end;
            return carriage >= 0 ? carriage : feed;
        }

        private void MakeRoom()
        {
            int pending = _end - _begin;
            if (pending > LongestLine)
            {
                // What is there is forgotten at once: a line without an end takes no memory, and the next line feed brings the port back.
                _skipping = true;
                pending = 0;
            }

            // Moved to the front only when no whole line is left: once a batch, not once a line.
            if (pending > 0 && _begin > 0)
            {
                Array.Copy(_buffer, _begin, _buffer, 0, pending);
            }

            _begin = 0;
            _end = pending;
            _searched = pending;
        }

        // Nearly always at the beginning of a line or nowhere in it.
        private int FindMark(int from, int count)
        {
            int start = count > 1 ? (_buffer[from] << 8) | _buffer[from + 1] : 0;
            if (start == SmpLine.Next || start == SmpLine.First)
            {
                return from;
            }

            int first = FindPair(FirstMark, FirstMark2, from, count);
            int next = FindPair(NextMark, NextMark2, from, count);
            if (first < 0)
            {
                return next;
            }

            return next < 0 || first < next ? first : next;
        }

        private int FindPair(object first, byte second, int from, int count)
        {
            int end = from + count;
            while (from < end)
            {
                int at = Array.IndexOf(_buffer, first, from, end - from);
                if (at < 0 || at + 1 >= end)
                {
                    return -1;
                }

                if (_buffer[at + 1] == second)
                {
                    return at;
                }

                from = at + 1;
            }

            return -1;
        }
    }
}
