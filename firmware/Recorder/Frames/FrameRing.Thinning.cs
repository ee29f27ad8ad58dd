// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Recorder
{
    /// <content>
    /// Thinning: of the buffered frames that are older than a time only each n-th stays, so that memory reaches further back. What a
    /// frame is to be, keeper or passer, is known before it is read: each kind lies in pages of its own, and passers that go leave
    /// whole pages. Serials stay contiguous: when a passer goes, the frames before it take serials that are one higher.
    /// </content>
    public sealed partial class FrameRing
    {
        /// <summary>
        /// Of the newest frames none is taken out for so long, milliseconds, however short memory is: then the oldest are forgotten.
        /// </summary>
        public const int LeastWholeMs = 5000;

        // Frames that one step looks at: at the highest rate a quarter of a second has 8.
        private const int MostLooked = 16;

        private int _keepEach = 1;
        private int _passersInARow;

        // Serial behind the newest frame that was looked at, and behind the newest that was taken out.
        private int _looked;
        private int _thinned;

        /// <summary>Of the frames to come each n-th is a keeper, 1 and more; at 1 none is ever taken out.</summary>
        public int KeepEach
        {
            get { return _keepEach; }
            set { _keepEach = value; }
        }

        /// <summary>Most frames between the oldest one held and the newest.</summary>
        public int MostFrames
        {
            get { return _maxFrames; }
        }

        /// <summary>Serial of the oldest buffered frame from which on none was taken out.</summary>
        public int FirstUnthinned
        {
            get { return _thinned > _first ? _thinned : _first; }
        }

        /// <summary>
        /// Takes out passers that are older than a time, oldest first: a few at a call. The serials of the frames before them rise, so not
        /// while anybody holds one. Nothing is done while frames of a recording lie between the buffered ones.
        /// </summary>
        /// <param name="olderThanMs">Monotonic milliseconds; the newest frame of all stays.</param>
        /// <returns>Whether it came further; false when there is nothing older left to look at.</returns>
        public bool Thin(long olderThanMs)
        {
            if (_bufferedCount != _next - _first)
            {
                return false;
            }

            int from = _looked < _first ? _first : _looked;
            int end = from;
            while (end < _next - 1 && end - from < MostLooked && _timeMs[end % _maxFrames] < olderThanMs)
            {
                end++;
            }

            if (end == from)
            {
                return false;
            }

            _looked = end;
            TakeOut(from, end);
            return true;
        }

        private byte NextKind()
        {
            if (_passersInARow + 1 < _keepEach)
            {
                _passersInARow++;
                return Passer;
            }

            _passersInARow = 0;
            return Keeper;
        }

        private void ChoosePage()
        {
            bool isPasser = _passersInARow + 1 < _keepEach;
            if (isPasser != _pages.IsForPassers && !_frame.IsBuilding)
            {
                _pages.Turn();
            }
        }

        private void MakeRoom()
        {
            if (Thin(_timeMs[(_next - 1) % _maxFrames] - LeastWholeMs))
            {
                return;
            }

            ForgetFirst();
            NoteBefore(ShortfallReason.Memory);
        }

        // Keepers close up towards the newer ones, then all that is older follows in one piece.
        private void TakeOut(int from, int end)
        {
            int to = end;
            for (int serial = end - 1; serial >= from; serial--)
            {
                int slot = serial % _maxFrames;
                if (_state[slot] != Passer)
                {
                    to--;
                    if (to != serial)
                    {
                        MoveUp(serial, serial + 1, to - serial);
                    }

                    continue;
                }

                if (to == serial + 1)
                {
                    _thinned = to;
                }

                // Why pictures are missing before this one holds for the next newer one, too.
                int newer = to % _maxFrames;
                if (_gapBefore[newer] == (byte)ShortfallReason.None)
                {
                    _gapBefore[newer] = _gapBefore[slot];
                }

                _pages.Unuse(_page[slot], _offset[slot] + _stored[slot]);
            }

            int gone = to - from;
            if (gone == 0)
            {
                return;
            }

            MoveUp(_first, from, gone);
            _bufferedCount -= gone;
            for (; gone > 0; gone--)
            {
                _state[_first++ % _maxFrames] = Empty;
            }
        }

        // The newest first, in pieces where the ring goes round.
        private void MoveUp(int first, int end, int by)
        {
            while (end > first)
            {
                int source = (end - 1) % _maxFrames + 1;
                int target = (end - 1 + by) % _maxFrames + 1;
                int count = end - first;
                if (count > source)
                {
                    count = source;
                }

                if (count > target)
                {
                    count = target;
                }

                end -= count;
                source -= count;
                target -= count;
                Array.Copy(_state, source, _state, target, count);
                Array.Copy(_gapBefore, source, _gapBefore, target, count);
                Array.Copy(_length, source, _length, target, count);
                Array.Copy(_stored, source, _stored, target, count);
                Array.Copy(_timeMs, source, _timeMs, target, count);
                Array.Copy(_page, source, _page, target, count);
                Array.Copy(_offset, source, _offset, target, count);
            }
        }
    }
}
