// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>A file that was given a length and is not closed: what its close will bring to the medium.</summary>
    internal sealed class UnclosedFile
    {
        private readonly List<(long Position, byte[] Data)> _writes = [];

        public long Length { get; set; }

        public void Write(long position, ReadOnlySpan<byte> data)
        {
            _writes.Add((position, data.ToArray()));
            Length = Math.Max(Length, position + data.Length);
        }

        public void Commit(IMedium medium, string path)
        {
            medium.SetLength(path, Length);
            foreach ((long position, byte[] data) in _writes)
            {
                medium.Write(path, position, data);
            }
        }
    }
}
