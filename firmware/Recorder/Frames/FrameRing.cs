// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Recorder
{
    /// <summary>
    /// The frames in memory, in order, in pages that they are written to the card from. A frame is either buffered (the ring may forget it,
    /// oldest first) or pinned (part of a recording, kept until released).
    /// </summary>
    public sealed partial class FrameRing : IFrames
    {
        /// <summary>Pages that one frame may take: a longer one is a sensor gone wrong, not a picture.</summary>
        public const int MaxFramePages = 8;

        /// <summary>Most bytes of one frame, padding of the sensor included.</summary>
        public const int MaxFrameBytes = MaxFramePages * FramePages.PageBytes;

        private const byte Empty = 0;
        private const byte Pinned = 1;

        // From here on the frame is buffered. A passer is taken out when the ring is thinned.
        private const byte Keeper = 2;
        private const byte Passer = 3;

        private readonly FramePages _pages;
        private readonly FrameAssembler _frame;

        // Frames, at index serial % _maxFrames.
        private readonly int _maxFrames;
        private readonly byte[] _state;
        private readonly byte[] _gapBefore;
        private readonly int[] _length;
        private readonly int[] _stored;
        private readonly long[] _timeMs;
        private readonly int[] _page;
        private readonly int[] _offset;
        private int _first;
        private int _next;
        private int _newestBuffered;
        private int _bufferedCount;
        private int _pinnedCount;
        private long _pinnedBytes;
        private ShortfallReason _gapBeforeNext = ShortfallReason.Started;
        private bool _recording;

        /// <summary>Allocates all memory.</summary>
        /// <param name="pages">Pages, from <see cref="FramePages.For"/>.</param>
        /// <param name="maxFrames">Most frames between the oldest one held and the newest.</param>
        public FrameRing(int pages, int maxFrames)
        {
            if (maxFrames < 1)
            {
                throw new ArgumentOutOfRangeException("maxFrames");
            }

            _pages = new FramePages(pages);
            _frame = new FrameAssembler(_pages);
            _maxFrames = maxFrames;
            _state = new byte[maxFrames];
            _gapBefore = new byte[maxFrames];
            _length = new int[maxFrames];
            _stored = new int[maxFrames];
            _timeMs = new long[maxFrames];
            _page = new int[maxFrames];
            _offset = new int[maxFrames];
        }

        /// <summary>Whether a committed frame is pinned at once: it belongs to the recording under way.</summary>
        public bool Recording
        {
            get { return _recording; }
            set { _recording = value; }
        }

        /// <summary>The frame under construction, between <see cref="Begin"/> and <see cref="Commit"/> or <see cref="Abandon"/>.</summary>
        public FrameAssembler Frame
        {
            get { return _frame; }
        }

        /// <summary>
        /// Pages that buffered frames leave free, so that live frames have room while the pre-event footage still waits for
        /// the card. Where pinned frames hold so much that it cannot be had, half of what they leave.
        /// </summary>
        public int ReservePages { get; set; }

        /// <summary>Oldest buffered serial; <see cref="Next"/> when none is buffered.</summary>
        public int First
        {
            get { return _first; }
        }

        /// <summary>The serial that the next commit gets.</summary>
        public int Next
        {
            get { return _next; }
        }

        /// <summary>All pages.</summary>
        public int Pages
        {
            get { return _pages.Count; }
        }

        /// <summary>Pages without any frame.</summary>
        public int FreePages
        {
            get { return _pages.Free; }
        }

        /// <summary>Frames that may be forgotten.</summary>
        public int BufferedFrames
        {
            get { return _bufferedCount; }
        }

        /// <summary>From the oldest buffered frame's time to the newest one's, milliseconds.</summary>
        public long BufferedMs
        {
            get { return _bufferedCount == 0 ? 0 : _timeMs[_newestBuffered % _maxFrames] - _timeMs[_first % _maxFrames]; }
        }

        /// <summary>Frames that wait for the card.</summary>
        public int PinnedFrames
        {
            get { return _pinnedCount; }
        }

        /// <summary>Bytes of the frames that wait for the card, in whole blocks.</summary>
        public long PinnedBytes
        {
            get { return _pinnedBytes; }
        }

        /// <summary>
        /// Reserves room for one frame and sets the write cursor. Thins the buffered frames, then forgets the oldest, as few as do. False,
        /// with nothing forgotten, when pinned frames hold too much.
        /// </summary>
        /// <param name="bytes">Most bytes that the frame may have, 1 to <see cref="MaxFrameBytes"/>.</param>
        public bool Begin(int bytes)
        {
            if (bytes < 1 || bytes > MaxFrameBytes)
            {
                throw new ArgumentOutOfRangeException("bytes");
            }

            int need = Sector.RoundUp(bytes);
            if (!_recording)
            {
                ChoosePage();
            }

            int slot = _next % _maxFrames;
            if (!_pages.HasRoom(need, 0) || _state[slot] != Empty)
            {
                if (_state[slot] == Pinned || need > _pages.RoomBesidePinned())
                {
                    return false;
                }

                while (!_pages.HasRoom(need, 0) || _state[slot] != Empty)
                {
                    MakeRoom();
                }
            }

            if (!_recording && _bufferedCount != 0)
            {
                int reserve = (_pages.Count - _pages.Pinned) >> 1;
                if (ReservePages < reserve)
                {
                    reserve = ReservePages;
                }

                while (_bufferedCount != 0 && !_pages.HasRoom(need, reserve))
                {
                    MakeRoom();
                }
            }

            _frame.Begin(need);
            return true;
        }

        /// <summary>
        /// Ends the frame under construction: the rest of its last block becomes zero, what was reserved beyond is given back.
        /// </summary>
        /// <param name="exactLength">Bytes of the JPEG, at most what the cursor was advanced by.</param>
        /// <param name="timeMs">When the capture was commanded; later than the frame before.</param>
        /// <returns>The frame's serial.</returns>
        public int Commit(int exactLength, long timeMs)
        {
            if (_next != 0 && timeMs <= _timeMs[(_next - 1) % _maxFrames])
            {
                throw new ArgumentException("frame times must rise");
            }

            int padded = _frame.End(exactLength);
            int serial = _next++;
            int slot = serial % _maxFrames;
            _length[slot] = exactLength;
            _stored[slot] = padded;
            _timeMs[slot] = timeMs;
            _page[slot] = _frame.StartPage;
            _offset[slot] = _frame.StartOffset;
            _gapBefore[slot] = (byte)_gapBeforeNext;
            if (_recording)
            {
                _gapBeforeNext = ShortfallReason.PreviousRecording;
                PinSlot(slot);
                if (_bufferedCount == 0)
                {
                    _first = _next;
                }
            }
            else
            {
                _gapBeforeNext = ShortfallReason.None;
                _state[slot] = NextKind();
                _newestBuffered = serial;
                if (_bufferedCount++ == 0)
                {
                    _first = serial;
                }
            }

            return serial;
        }

        /// <summary>Gives back all that was reserved for the frame under construction.</summary>
        public void Abandon()
        {
            _frame.Abandon();
        }

        /// <summary>Drops buffered frames that are older than a time.</summary>
        public void Forget(long olderThanMs)
        {
            while (_bufferedCount != 0 && _timeMs[_first % _maxFrames] < olderThanMs)
            {
                ForgetFirst();
            }
        }

        /// <summary>
        /// Makes buffered frames part of a recording. Buffered frames older than these are forgotten: no later recording can begin
        /// with them.
        /// </summary>
        /// <param name="fromSerial">First frame, at least <see cref="First"/>.</param>
        /// <param name="toSerialExclusive">One past the last frame, at most <see cref="Next"/>.</param>
        public void Pin(int fromSerial, int toSerialExclusive)
        {
            if (fromSerial < _first || fromSerial > toSerialExclusive || toSerialExclusive > _next)
            {
                throw new ArgumentOutOfRangeException("fromSerial");
            }

            while (_bufferedCount != 0 && _first < fromSerial)
            {
                ForgetFirst();
            }

            while (_bufferedCount != 0 && _first < toSerialExclusive)
            {
                _bufferedCount--;
                PinSlot(_first % _maxFrames);
                FindFirst();
            }

            NoteBefore(ShortfallReason.PreviousRecording);
        }

        /// <summary>States why pictures are missing between the frame committed last and the next one.</summary>
        public void NoteGap(ShortfallReason reason)
        {
            _gapBeforeNext = reason;
        }

        /// <summary>Why no buffered frame is as old as a time. None when one is, or when older ones were dropped for their age.</summary>
        /// <param name="sinceMs">Time that the frames should reach back to.</param>
        public ShortfallReason Shortfall(long sinceMs)
        {
            if (_bufferedCount == 0)
            {
                return _gapBeforeNext;
            }

            int slot = _first % _maxFrames;
            return _timeMs[slot] <= sinceMs ? ShortfallReason.None : (ShortfallReason)_gapBefore[slot];
        }

        /// <inheritdoc/>
        public void Release(int serial)
        {
            int slot = serial % _maxFrames;
            if (serial < 0 || serial >= _next || _next - serial > _maxFrames || _state[slot] != Pinned)
            {
                throw new ArgumentException("not a pinned frame");
            }

            int padded = _stored[slot];
            _pinnedCount--;
            _pinnedBytes -= padded;
            _state[slot] = Empty;
            _pages.Unpin(_page[slot], _offset[slot] + padded);
        }

        /// <summary>Lets go of every pinned frame: the recording they belong to was given up.</summary>
        public void ReleasePinned()
        {
            for (int serial = _next - 1; serial >= 0 && _next - serial <= _maxFrames && _pinnedCount > 0; serial--)
            {
                if (_state[serial % _maxFrames] == Pinned)
                {
                    Release(serial);
                }
            }
        }

        /// <inheritdoc/>
        public int Length(int serial)
        {
            return _length[serial % _maxFrames];
        }

        /// <inheritdoc/>
        public long TimeMs(int serial)
        {
            return _timeMs[serial % _maxFrames];
        }

        /// <inheritdoc/>
        public int Pieces(int serial)
        {
            int slot = serial % _maxFrames;
            return (_offset[slot] + _stored[slot] + FramePages.PageBytes - 1) / FramePages.PageBytes;
        }

        /// <inheritdoc/>
        public byte[] PiecePage(int serial, int piece)
        {
            int page = _page[serial % _maxFrames];
            return _pages.Bytes(piece == 0 ? page : _pages.Linked(page, piece));
        }

        /// <inheritdoc/>
        public int PieceOffset(int serial, int piece)
        {
            return piece == 0 ? _offset[serial % _maxFrames] : 0;
        }

        /// <inheritdoc/>
        public int PieceLength(int serial, int piece)
        {
            int slot = serial % _maxFrames;
            int stored = _stored[slot];
            if (piece == 0)
            {
                int room = FramePages.PageBytes - _offset[slot];
                return stored < room ? stored : room;
            }

            int left = _offset[slot] + stored - piece * FramePages.PageBytes;
            return left < FramePages.PageBytes ? left : FramePages.PageBytes;
        }

        private void ForgetFirst()
        {
            int slot = _first % _maxFrames;
            _state[slot] = Empty;
            _bufferedCount--;
            _pages.Unuse(_page[slot], _offset[slot] + _stored[slot]);
            FindFirst();
        }

        private void FindFirst()
        {
            if (_bufferedCount == 0)
            {
                _first = _next;
                return;
            }

            do
            {
                _first++;
            } while (_state[_first % _maxFrames] < Keeper);
        }

        private void NoteBefore(ShortfallReason reason)
        {
            if (_bufferedCount == 0)
            {
                _gapBeforeNext = reason;
            }
            else
            {
                _gapBefore[_first % _maxFrames] = (byte)reason;
            }
        }

        private void PinSlot(int slot)
        {
            int padded = _stored[slot];
            _state[slot] = Pinned;
            _pinnedCount++;
            _pinnedBytes += padded;
            _pages.Pin(_page[slot], _offset[slot] + padded);
        }
    }
}
