// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Service
{
    /// <summary>Cuts what comes in, in one fixed buffer, into lines of SMP and runs of text, and so tells the lanes apart.</summary>
    /// <remarks>
    /// A line ends at LF or CR; a CR LF is one end. Searching is done by natives: no managed loop goes over the bytes of a line. Text is
    /// handed on as it comes, since whoever types wants to see it; its lines are the editor's. A line of SMP may be of any length: a long
    /// one is handed on in parts, as if it had been sent in lines of the usual length.
    /// </remarks>
    public sealed class LineSplitter
    {
        /// <summary>Longest line of text, bytes without its end.</summary>
        public const int LongestLine = 512;

        /// <summary>Bytes of the buffer: eight lines of SMP, or the commands that somebody pastes.</summary>
        public const int Capacity = 1024;

        /// <summary>Longest run of text that is handed on at once: each byte of it is looked at, so a step has few.</summary>
        public const int LongestRun = 64;

        // Boxed once: the native search takes objects.
        private static readonly object LineFeed = (byte)10;
        private static readonly object CarriageReturn = (byte)13;
        private static readonly object FirstMark = SmpLine.First0;
        private static readonly object NextMark = SmpLine.Next0;
        private static readonly object ControlC = (byte)0x03;

        // A part of a line of SMP: as long as a whole one is by the book.
        private const int LongestPart = SmpLine.MaxBytes - 1;

        private readonly byte[] _buffer = new byte[Capacity];
        private int _begin;
        private int _searched;
        private int _end;
        private bool _isCut;
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

        /// <summary>Where what <see cref="Next"/> found begins: for SMP at its mark.</summary>
        public int LineBegin { get; private set; }

        /// <summary>Its bytes: of SMP without the line's end, of text with it.</summary>
        public int LineCount { get; private set; }

        /// <summary>Whether the line of SMP that was found has ended: it is not a part of a longer one.</summary>
        public bool IsLineEnd { get; private set; }

        /// <summary>Whether anything is there that <see cref="Next"/> has not handed on.</summary>
        public bool HasPending
        {
            get { return _begin < _end; }
        }

        /// <summary>Whether text comes next.</summary>
        public bool IsTextNext()
        {
            Mend();
            SkipSecondHalf();
            return _begin < _end && !MayBeMark();
        }

        /// <summary>Whether a line of SMP stands behind text that nobody has taken yet.</summary>
        public bool HasMarkBehind
        {
            get
            {
                return FindPair(FirstMark, SmpLine.First1, _begin, _end - _begin) >= 0
                    || FindPair(NextMark, SmpLine.Next1, _begin, _end - _begin) >= 0;
            }
        }

        /// <summary>Bytes were read into the buffer.</summary>
        /// <returns>Whether there was more than the second half of a line end.</returns>
        public bool Added(int count)
        {
            if (_isCut)
            {
                Mend();
            }

            _end += count;
            if (!_afterReturn)
            {
                return count > 0;
            }

            bool wasSecondHalf = count == 1 && _end - _begin == 1 && _buffer[_begin] == 10;
            SkipSecondHalf();
            return count > 0 && !wasSecondHalf;
        }

        /// <summary>Gives bytes of the run that was found last back: they come again.</summary>
        public void GiveBack(int count)
        {
            if (count == 0)
            {
                return;
            }

            _begin -= count;
            _afterReturn = false;
        }

        /// <summary>Forgets a line of SMP that has begun and does not go on.</summary>
        public void ForgetPart()
        {
            Mend();
            if (_begin < _end && MayBeMark())
            {
                _begin = _end;
            }

            MakeRoom();
        }

        /// <summary>Takes a Ctrl-C out of the text that waits, and with it the text before it.</summary>
        /// <returns>Whether there was one.</returns>
        public bool TakeControlC()
        {
            int at = _begin < _end ? Array.IndexOf(_buffer, ControlC, _begin, _end - _begin) : -1;
            if (at < 0)
            {
                return false;
            }

            // Requests before it were somebody else's: they stay, and so does the text around them.
            int from = HasMarkBehind ? at : _begin;
            Array.Copy(_buffer, at + 1, _buffer, from, _end - at - 1);
            _end -= at + 1 - from;
            _searched = _begin;
            return true;
        }

        /// <summary>Finds the next line of SMP or run of text.</summary>
        /// <remarks>After None the buffer has room again; what was found is valid until then.</remarks>
        public LineEnd Next()
        {
            if (_isCut)
            {
                Mend();
            }

            if (_afterReturn)
            {
                SkipSecondHalf();
            }

            if (_begin == _end)
            {
                _begin = 0;
                _end = 0;
                _searched = 0;
                return LineEnd.None;
            }

            int first = _buffer[_begin];
            if (first != SmpLine.First0 && first != SmpLine.Next0)
            {
                return Run(FindRun());
            }

            // Half a mark that nothing follows yet waits; one that something else follows is a key of somebody's.
            if (_end - _begin == 1)
            {
                MakeRoom();
                return LineEnd.None;
            }

            bool isMark = _buffer[_begin + 1] == (first == SmpLine.First0 ? SmpLine.First1 : SmpLine.Next1);
            return isMark ? NextSmp() : Run(1);
        }

        /// <summary>Moves what waits to the front of the buffer, so that more can be read.</summary>
        public void MakeRoom()
        {
            Mend();
            int pending = _end - _begin;

            // Moved to the front only when no whole line is left: once a batch, not once a line.
            if (pending > 0 && _begin > 0)
            {
                Array.Copy(_buffer, _begin, _buffer, 0, pending);
            }

            _searched = _searched > _begin ? _searched - _begin : 0;
            _begin = 0;
            _end = pending;
        }

        private LineEnd NextSmp()
        {
            int at = FindEnd();
            int count = (at < 0 ? _end : at) - _begin;
            if (count > LongestPart)
            {
                return Part();
            }

            if (at < 0)
            {
                MakeRoom();
                return LineEnd.None;
            }

            LineBegin = _begin;
            LineCount = count;
            IsLineEnd = true;
            _afterReturn = _buffer[at] == 13;
            _begin = at + 1;
            return LineEnd.Smp;
        }

        // Part of a long line. What half a line that somebody left without an end stands before is not lost: the last mark counts.
        private LineEnd Part()
        {
            int last = SmpLine.LastMark(_buffer, _begin + SmpLine.MarkBytes, _begin + LongestPart + 1);
            if (last >= 0)
            {
                _begin = last;
                _searched = 0;
                return NextSmp();
            }

            LineBegin = _begin;
            LineCount = LongestPart;
            IsLineEnd = false;
            _begin += LongestPart - SmpLine.MarkBytes;
            _isCut = true;
            return LineEnd.Smp;
        }

        // What is left of a line that was handed on in part gets a mark of its own, in the place of what was handed on.
        private void Mend()
        {
            if (!_isCut)
            {
                return;
            }

            _isCut = false;
            _buffer[_begin] = SmpLine.Next0;
            _buffer[_begin + 1] = SmpLine.Next1;
        }

        private LineEnd Run(int count)
        {
            LineBegin = _begin;
            LineCount = count;
            _begin += count;
            _afterReturn = _buffer[_begin - 1] == 13;
            return LineEnd.Text;
        }

        // Up to a line's end, which belongs to it, or to what may be a mark.
        private int FindRun()
        {
            int count = _end - _begin < LongestRun ? _end - _begin : LongestRun;
            int feed = Array.IndexOf(_buffer, LineFeed, _begin, count);
            count = feed < 0 ? count : feed - _begin + 1;
            int carriage = Array.IndexOf(_buffer, CarriageReturn, _begin, count);
            count = carriage < 0 ? count : carriage - _begin + 1;
            int first = Array.IndexOf(_buffer, FirstMark, _begin, count);
            count = first < 0 ? count : first - _begin;
            int next = Array.IndexOf(_buffer, NextMark, _begin, count);
            return next < 0 ? count : next - _begin;
        }

        // A mark, or its first half, behind which nothing has come yet.
        private bool MayBeMark()
        {
            int first = _buffer[_begin];
            if (first != SmpLine.First0 && first != SmpLine.Next0)
            {
                return false;
            }

            return _end - _begin == 1 || _buffer[_begin + 1] == (first == SmpLine.First0 ? SmpLine.First1 : SmpLine.Next1);
        }

        // The LF of a CR LF belongs to the line before.
        private void SkipSecondHalf()
        {
            if (!_afterReturn || _begin == _end)
            {
                return;
            }

            _afterReturn = false;
            if (_buffer[_begin] == 10)
            {
                _begin++;
            }
        }

        private int FindEnd()
        {
            int from = _searched > _begin ? _searched : _begin;
            int count = _end - from;
            if (count == 0)
            {
                return -1;
            }

            int feed = Array.IndexOf(_buffer, LineFeed, from, count);

            // Up to the first LF only: an earlier CR is the end, a later one belongs to another line.
            int carriage = Array.IndexOf(_buffer, CarriageReturn, from, feed < 0 ? count : feed - from);

            // Of a line that has not ended every byte is searched once, however many reads it comes in.
            int at = carriage >= 0 ? carriage : feed;
            _searched = at < 0 ? _end : at;
            return at;
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
