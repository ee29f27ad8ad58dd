// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Recorder
{
    /// <summary>
    /// The memory for frames: pages allocated once. A frame occupies whole 512-byte blocks in a chain of pages; neighbours of one
    /// kind share a page, and a page is free again when the last frame in it is gone.
    /// </summary>
    public sealed class FramePages
    {
        /// <summary>Bytes of a page: 23 of them pack into one cluster of the heap (786,432 bytes).</summary>
        public const int PageBytes = 32768;

        /// <summary>No page.</summary>
        internal const int NoPage = -1;

        /// <summary>The page that takes the next frame of the kind under way, or <see cref="NoPage"/>.</summary>
        internal int OpenPage = NoPage;

        /// <summary>Where in it the next frame begins.</summary>
        internal int OpenOffset;

        // As the two above, of the frames of the other kind.
        private int _otherPage = NoPage;
        private int _otherOffset;

        private const int ClusterBytes = 786432;
        private const int PagesPerCluster = 23;

        // The link to the page that goes on where this one ends, and how many frames (all, pinned ones) lie in each.
        private readonly byte[][] _bytes;
        private readonly int[] _link;
        private readonly int[] _uses;
        private readonly int[] _pins;
        private readonly int[] _free;
        private int _freeCount;
        private int _pinned;

        /// <summary>Allocates all memory.</summary>
        /// <param name="pages">Pages, from <see cref="For"/>.</param>
        public FramePages(int pages)
        {
            if (pages < 1)
            {
                throw new ArgumentOutOfRangeException("pages");
            }

            _bytes = new byte[pages][];
            for (int i = 0; i < pages; i++)
            {
                _bytes[i] = new byte[PageBytes];
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
        }

        /// <summary>All pages.</summary>
        public int Count
        {
            get { return _bytes.Length; }
        }

        /// <summary>Pages without any frame.</summary>
        public int Free
        {
            get { return _freeCount; }
        }

        /// <summary>Pages in which a pinned frame lies.</summary>
        public int Pinned
        {
            get { return _pinned; }
        }

        /// <summary>Pages to allocate so that at least a quarter of the heap stays free (the collector needs the room).</summary>
        /// <param name="freeHeapBytes">Bytes free after a compaction.</param>
        public static int For(long freeHeapBytes)
        {
            return freeHeapBytes <= 0 ? 0 : (int)(freeHeapBytes / 4 * 3 * PagesPerCluster / ClusterBytes);
        }

        /// <summary>Whether the page for passers is the open one, not that for all others.</summary>
        internal bool IsForPassers { get; private set; }

        /// <summary>
        /// Frames of the other kind follow: they have pages of their own, so that pages become free when the frames of one kind go. Not
        /// while a frame is under construction.
        /// </summary>
        internal void Turn()
        {
            int page = OpenPage;
            int offset = OpenOffset;
            OpenPage = _otherPage;
            OpenOffset = _otherOffset;
            _otherPage = page;
            _otherOffset = offset;
            IsForPassers = !IsForPassers;
        }

        /// <summary>A page's memory.</summary>
        internal byte[] Bytes(int page)
        {
            return _bytes[page];
        }

        /// <summary>The page so many links behind one.</summary>
        internal int Linked(int page, int links)
        {
            for (int i = 0; i < links; i++)
            {
                page = _link[page];
            }

            return page;
        }

        /// <summary>Whether so many bytes fit behind the newest frame and into free pages.</summary>
        internal bool HasRoom(int bytes, int pagesToSpare)
        {
            int open = OpenPage == NoPage ? 0 : PageBytes - OpenOffset;
            return bytes <= open + (_freeCount - pagesToSpare) * PageBytes;
        }

        /// <summary>Bytes of room if every frame that is not pinned were gone.</summary>
        internal int RoomBesidePinned()
        {
            int room = (_bytes.Length - _pinned) * PageBytes;
            return OpenPage != NoPage && _pins[OpenPage] != 0 ? room + PageBytes - OpenOffset : room;
        }

        /// <summary>Begins a frame in the open page, or in a free one.</summary>
        internal void Begin()
        {
            if (OpenPage == NoPage)
            {
                OpenPage = _free[--_freeCount];
                OpenOffset = 0;
            }

            _uses[OpenPage]++;
        }

        /// <summary>Goes on with a frame in a free page; returns it.</summary>
        internal int Extend(int page)
        {
            int next = _free[--_freeCount];
            _uses[next]++;
            _link[page] = next;
            return next;
        }

        /// <summary>Ends a frame: the pages reserved behind its end are given back, and the next one begins there.</summary>
        /// <param name="page">The page in which it ends.</param>
        /// <param name="end">Where in it.</param>
        /// <param name="last">The last page that was reserved.</param>
        internal void End(int page, int end, int last)
        {
            int spare = page;
            while (spare != last)
            {
                spare = _link[spare];
                Unuse(spare);
            }

            OpenPage = end == PageBytes ? NoPage : page;
            OpenOffset = end;
        }

        /// <summary>Gives back the pages from one to another that is linked to it.</summary>
        internal void Abandon(int page, int last)
        {
            while (page != last)
            {
                int next = _link[page];
                Unuse(page);
                page = next;
            }

            Unuse(page);
        }

        /// <summary>A frame is gone.</summary>
        /// <param name="page">The page in which it begins.</param>
        /// <param name="end">Where it ends, counted from the start of that page.</param>
        internal void Unuse(int page, int end)
        {
            while (true)
            {
                int next = _link[page];
                Unuse(page);
                if (end <= PageBytes)
                {
                    return;
                }

                end -= PageBytes;
                page = next;
            }
        }

        /// <summary>A frame waits for the card.</summary>
        /// <param name="page">The page in which it begins.</param>
        /// <param name="end">Where it ends, counted from the start of that page.</param>
        internal void Pin(int page, int end)
        {
            while (true)
            {
                if (_pins[page]++ == 0)
                {
                    _pinned++;
                }

                if (end <= PageBytes)
                {
                    return;
                }

                end -= PageBytes;
                page = _link[page];
            }
        }

        /// <summary>A frame that waited for the card is gone.</summary>
        /// <param name="page">The page in which it begins.</param>
        /// <param name="end">Where it ends, counted from the start of that page.</param>
        internal void Unpin(int page, int end)
        {
            while (true)
            {
                int next = _link[page];
                if (--_pins[page] == 0)
                {
                    _pinned--;
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

        private void Unuse(int page)
        {
            if (--_uses[page] == 0)
            {
                _free[_freeCount++] = page;
                if (page == OpenPage)
                {
                    OpenPage = NoPage;
                }
                else if (page == _otherPage)
                {
                    _otherPage = NoPage;
                }
            }
        }
    }
}
