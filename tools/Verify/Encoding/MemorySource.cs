// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>A slot held in memory.</summary>
    public sealed class MemorySource : IByteSource
    {
        private readonly byte[] _bytes;

        public MemorySource(byte[] bytes) => _bytes = bytes;

        public long Length => _bytes.Length;

        public int Read(long offset, Span<byte> into)
        {
            if (offset >= _bytes.Length)
            {
                return 0;
            }

            int n = (int)Math.Min(into.Length, _bytes.Length - offset);
            _bytes.AsSpan((int)offset, n).CopyTo(into);
            return n;
        }

        public void Dispose() { }
    }
}
