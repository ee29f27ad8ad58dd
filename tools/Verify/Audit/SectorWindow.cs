// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>A window of at most 80 KiB that moves over a file, so that a slot of any size is read in fixed memory.</summary>
    internal sealed class SectorWindow
    {
        /// <summary>Largest piece that <see cref="Get"/> hands out.</summary>
        public const int LargestPiece = 64 * 1024;

        // Small enough to stay in the processor's cache between being read and being hashed, and not to be a large object to the runtime.
        private const int WindowSize = 80 * 1024;
        private readonly IByteSource _source;
        private readonly byte[] _window;
        private long _start;
        private int _count;

        public SectorWindow(IByteSource source)
        {
            _source = source;
            _window = new byte[(int)Math.Min(WindowSize, source.Length)];
        }

        public long Length => _source.Length;

        public bool Has(long offset, long count) => offset >= 0 && count >= 0 && offset <= Length - count;

        /// <summary>The bytes at <paramref name="offset"/>; valid until the next call. The range must lie in the file.</summary>
        public ReadOnlySpan<byte> Get(long offset, int count)
        {
            if (count > LargestPiece || !Has(offset, count))
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            if (offset < _start || offset + count > _start + _count)
            {
                // What is there already is not read once more.
                long end = _start + _count;
                int kept = offset >= _start && offset < end ? (int)(end - offset) : 0;
                _window.AsSpan(_count - kept, kept).CopyTo(_window);
                _start = offset;
                int wanted = (int)Math.Min(_window.Length, Length - offset);
                _count = kept + _source.Read(offset + kept, _window.AsSpan(kept, wanted - kept));
                if (_count < count)
                {
                    throw new IOException("the file became shorter while it was read");
                }
            }
            return _window.AsSpan((int)(offset - _start), count);
        }
    }
}
