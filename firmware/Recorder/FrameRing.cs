using System;
using Lapel.Evidence;

namespace Lapel.Recorder
{
    /// <summary>
    /// The memory for frames: pages allocated once, filled by the camera, written to the card from where they lie. A frame
    /// occupies whole 512-byte blocks in a chain of pages; neighbours share a page, and a page is free again when the last frame in
    /// it is gone. A frame is either buffered (the ring may forget it, oldest first) or pinned (part of a recording, kept until
    /// released).
    /// </summary>
    public sealed class FrameRing : IFrames
    {
        /// <summary>Bytes of a page: 23 of them pack into one cluster of the heap (786,432 bytes).</summary>
        public const int PageBytes = 32768;

        /// <summary>Pages that one frame may take: a longer one is a sensor gone wrong, not a picture.</summary>
        public const int MaxFramePages = 8;

        /// <summary>Most bytes of one frame, padding of the sensor included.</summary>
        public const int MaxFrameBytes = MaxFramePages * PageBytes;

        private const int BlockBytes = 512;
        private const int ClusterBytes = 786432;
        private const int PagesPerCluster = 23;
        private const int NoPage = -1;

        private const byte Empty = 0;
        private const byte Buffered = 1;
        private const byte Pinned = 2;

        // Pages: the link to the page that goes on where this one ends, and how many frames (all, pinned ones) lie in each.
        private readonly byte[][] _pages;
        private readonly int[] _link;
        private readonly int[] _uses;
        private readonly int[] _pins;
        private readonly int[] _free;
        private int _freeCount;
        private int _pagesPinned;

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
        private int _forgotten;

        // The page that takes the next frame, and from where.
        private int _openPage = NoPage;
        private int _openOffset;

        // The frame under construction.
        private bool _building;
        private int _startPage;
        private int _startOffset;
        private int _writePage;
        private int _writeOffset;
        private int _written;
        private int _reserved;

        /// <summary>Allocates all memory.</summary>
        /// <param name="pages">Pages, from <see cref="PagesFor"/>.</param>
        /// <param name="maxFrames">Most frames between the oldest one held and the newest.</param>
        public FrameRing(int pages, int maxFrames)
        {
            if (pages < 1)
            {
                throw new ArgumentOutOfRangeException("pages");
            }

            if (maxFrames < 1)
            {
                throw new ArgumentOutOfRangeException("maxFrames");
            }

            _pages = new byte[pages][];
            for (int i = 0; i < pages; i++)
            {
                _pages[i] = new byte[PageBytes];
            }

            _link = new int[pages];
            _uses = new int[pages];
            _pins = new int[pages];
            _free = new int[pages];
            for (int i = 0; i < pages; i++)
            {
                _free[i] = pages - 1 - i;
            }

            _freeCount = pages;
            _maxFrames = maxFrames;
            _state = new byte[maxFrames];
            _gapBefore = new byte[maxFrames];
            _length = new int[maxFrames];
            _stored = new int[maxFrames];
            _timeMs = new long[maxFrames];
            _page = new int[maxFrames];
            _offset = new int[maxFrames];
            MayForget = true;
        }

        /// <summary>Pages to allocate so that at least a quarter of the heap stays free (the collector needs the room).</summary>
        /// <param name="freeHeapBytes">Bytes free after a compaction.</param>
        public static int PagesFor(long freeHeapBytes)
        {
            return freeHeapBytes <= 0 ? 0 : (int)(freeHeapBytes / 4 * 3 * PagesPerCluster / ClusterBytes);
        }

        /// <summary>Whether a committed frame is pinned at once: it belongs to the recording under way.</summary>
        public bool Recording { get; set; }

        /// <summary>Whether <see cref="Begin"/> may forget buffered frames to make room. True at first.</summary>
        public bool MayForget { get; set; }

        /// <summary>
        /// Pages that buffered frames leave free, so that the present has room while the past of a new recording still waits for
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
            get { return _pages.Length; }
        }

        /// <summary>Pages without any frame.</summary>
        public int FreePages
        {
            get { return _freeCount; }
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

        /// <summary>Room for the next bytes: the page.</summary>
        public byte[] WritePage
        {
            get { return _pages[_writePage]; }
        }

        /// <summary>Room for the next bytes: where in the page.</summary>
        public int WriteOffset
        {
            get { return _writeOffset; }
        }

        /// <summary>Room for the next bytes: how many before the page, or what was reserved, ends.</summary>
        public int WriteRoom
        {
            get
            {
                int room = PageBytes - _writeOffset;
                int left = _reserved - _written;
                return left < room ? left : room;
            }
        }

        /// <summary>Frames forgotten for want of memory since this was last asked.</summary>
        public int TakeForgottenForMemory()
        {
            int count = _forgotten;
            _forgotten = 0;
            return count;
        }

        /// <summary>
        /// Reserves room for one frame and sets the write cursor. Forgets the oldest buffered frames, as few as do. False, with
        /// nothing forgotten, when pinned frames hold too much, or buffered ones may not be forgotten.
        /// </summary>
        /// <param name="bytes">Most bytes that the frame may have, 1 to <see cref="MaxFrameBytes"/>.</param>
        public bool Begin(int bytes)
        {
            if (_building)
            {
                throw new InvalidOperationException("the frame before was neither committed nor abandoned");
            }

            if (bytes < 1 || bytes > MaxFrameBytes)
            {
                throw new ArgumentOutOfRangeException("bytes");
            }

            int need = (bytes + BlockBytes - 1) & ~(BlockBytes - 1);
            int slot = _next % _maxFrames;
            if (!HasRoom(need, 0) || _state[slot] != Empty)
            {
                if (!MayForget || _state[slot] == Pinned || need > RoomWithoutBuffered())
                {
                    return false;
                }

                while (!HasRoom(need, 0) || _state[slot] != Empty)
                {
                    ForgetForMemory();
                }
            }

            if (!Recording && MayForget && _bufferedCount != 0)
            {
                int reserve = (_pages.Length - _pagesPinned) >> 1;
                if (ReservePages < reserve)
                {
                    reserve = ReservePages;
                }

                while (_bufferedCount != 0 && !HasRoom(need, reserve))
                {
                    ForgetForMemory();
                }
            }

            _building = true;
            _reserved = need;
            _written = 0;
            if (_openPage == NoPage)
            {
                _startPage = _free[--_freeCount];
                _startOffset = 0;
            }
            else
            {
                _startPage = _openPage;
                _startOffset = _openOffset;
            }

            _uses[_startPage]++;
            _writePage = _startPage;
            _writeOffset = _startOffset;
            return true;
        }

        /// <summary>Moves the write cursor over bytes that were put there.</summary>
        /// <param name="count">0 to <see cref="WriteRoom"/>.</param>
        public void Advance(int count)
        {
            if (!_building || count < 0 || count > WriteRoom)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            _written += count;
            _writeOffset += count;
            if (_writeOffset == PageBytes && _written != _reserved)
            {
                int page = _free[--_freeCount];
                _uses[page]++;
                _link[_writePage] = page;
                _writePage = page;
                _writeOffset = 0;
            }
        }

        /// <summary>A byte of the frame under construction.</summary>
        /// <param name="index">0 to what the cursor was advanced by, less 1.</param>
        public int ByteAt(int index)
        {
            if (!_building || index < 0 || index >= _written)
            {
                throw new ArgumentOutOfRangeException("index");
            }

            int page = _startPage;
            int at = _startOffset + index;
            while (at >= PageBytes)
            {
                page = _link[page];
                at -= PageBytes;
            }

            return _pages[page][at];
        }

        /// <summary>Whether the frame under construction has two bytes or more and begins with these.</summary>
        public bool StartsWith(byte first, byte second)
        {
            if (!_building || _written < 2)
            {
                return false;
            }

            // Frames begin at whole blocks: both bytes lie in one page.
            byte[] bytes = _pages[_startPage];
            return bytes[_startOffset] == first && bytes[_startOffset + 1] == second;
        }

        /// <summary>Index of the last place in the frame under construction where two bytes follow each other, or -1.</summary>
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
                int page = _startPage;
                int at = _startOffset + index;
                while (at >= PageBytes)
                {
                    page = _link[page];
                    at -= PageBytes;
                }

                byte[] bytes = _pages[page];
                int shift = index - at;
                int last = stop - shift;
                if (last < 0)
                {
                    last = 0;
                }

                while (at >= last && bytes[at] != high)
                {
                    at--;
                }

                index = at + shift;
                if (at >= last)
                {
                    if (ByteAt(index + 1) == low)
                    {
                        return index;
                    }

                    index--;
                }
            }

            return -1;
        }

        /// <summary>
        /// Ends the frame under construction: the rest of its last block becomes zero, what was reserved beyond is given back.
        /// </summary>
        /// <param name="exactLength">Bytes of the JPEG, at most what the cursor was advanced by.</param>
        /// <param name="timeMs">When the capture was commanded; later than the frame before.</param>
        /// <returns>The frame's serial.</returns>
        public int Commit(int exactLength, long timeMs)
        {
            if (!_building || exactLength < 1 || exactLength > _written)
            {
                throw new ArgumentOutOfRangeException("exactLength");
            }

            if (_next != 0 && timeMs <= _timeMs[(_next - 1) % _maxFrames])
            {
                throw new ArgumentException("frame times must rise");
            }

            int padded = (exactLength + BlockBytes - 1) & ~(BlockBytes - 1);
            int page = _startPage;
            int end = _startOffset + padded;
            while (end > PageBytes)
            {
                page = _link[page];
                end -= PageBytes;
            }

            if (padded != exactLength)
            {
                Array.Clear(_pages[page], end - (padded - exactLength), padded - exactLength);
            }

            int spare = page;
            while (spare != _writePage)
            {
                spare = _link[spare];
                Unuse(spare);
            }

            _building = false;
            _openPage = end == PageBytes ? NoPage : page;
            _openOffset = end;

            int serial = _next++;
            int slot = serial % _maxFrames;
            _length[slot] = exactLength;
            _stored[slot] = padded;
            _timeMs[slot] = timeMs;
            _page[slot] = _startPage;
            _offset[slot] = _startOffset;
            _gapBefore[slot] = (byte)_gapBeforeNext;
            if (Recording)
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
                _state[slot] = Buffered;
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
            if (!_building)
            {
                throw new InvalidOperationException("no frame is under construction");
            }

            _building = false;
            int page = _startPage;
            while (page != _writePage)
            {
                int next = _link[page];
                Unuse(page);
                page = next;
            }

            Unuse(page);
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
            int page = _page[slot];
            int end = _offset[slot] + padded;
            while (true)
            {
                int next = _link[page];
                if (--_pins[page] == 0)
                {
                    _pagesPinned--;
                }

                Unuse(page);
                if (end <= PageBytes)
                {
                    return;
                }

                end -= PageBytes;
                page = next;
            }
        }

        /// <summary>Lets go of every pinned frame: the recording they belong to was given up.</summary>
        public void ReleasePinned()
        {
            for (int serial = _next - 1; serial >= 0 && _next - serial <= _maxFrames && _pinnedCount > 0; serial--)
            {
                if (_state[serial % _maxFrames] == Pinned) Release(serial);
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
            return (_offset[slot] + _stored[slot] + PageBytes - 1) / PageBytes;
        }

        /// <inheritdoc/>
        public byte[] PiecePage(int serial, int piece)
        {
            int page = _page[serial % _maxFrames];
            for (int i = 0; i < piece; i++)
            {
                page = _link[page];
            }

            return _pages[page];
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
            int from = _offset[slot];
            int end = from + _stored[slot] - piece * PageBytes;
            if (piece != 0)
            {
                from = 0;
            }

            return (end < PageBytes ? end : PageBytes) - from;
        }

        private bool HasRoom(int bytes, int pagesToSpare)
        {
            int open = _openPage == NoPage ? 0 : PageBytes - _openOffset;
            return bytes <= open + (_freeCount - pagesToSpare) * PageBytes;
        }

        // What there would be if every buffered frame were forgotten.
        private int RoomWithoutBuffered()
        {
            int room = (_pages.Length - _pagesPinned) * PageBytes;
            return _openPage != NoPage && _pins[_openPage] != 0 ? room + PageBytes - _openOffset : room;
        }

        private void ForgetForMemory()
        {
            ForgetFirst();
            NoteBefore(ShortfallReason.Memory);
            _forgotten++;
        }

        private void ForgetFirst()
        {
            int slot = _first % _maxFrames;
            _state[slot] = Empty;
            _bufferedCount--;
            int page = _page[slot];
            int end = _offset[slot] + _stored[slot];
            while (true)
            {
                int next = _link[page];
                Unuse(page);
                if (end <= PageBytes)
                {
                    break;
                }

                end -= PageBytes;
                page = next;
            }

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
            }
            while (_state[_first % _maxFrames] != Buffered);
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
            int page = _page[slot];
            int end = _offset[slot] + padded;
            while (true)
            {
                if (_pins[page]++ == 0)
                {
                    _pagesPinned++;
                }

                if (end <= PageBytes)
                {
                    return;
                }

                end -= PageBytes;
                page = _link[page];
            }
        }

        private void Unuse(int page)
        {
            if (--_uses[page] == 0)
            {
                _free[_freeCount++] = page;
                if (page == _openPage)
                {
                    _openPage = NoPage;
                }
            }
        }
    }
}
