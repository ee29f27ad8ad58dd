// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Lapel.Verify
{
    /// <summary>A slot file on disk, opened for reading only.</summary>
    public sealed class FileSource : IByteSource
    {
        private readonly SafeFileHandle _handle;

        /// <summary>Opens the file; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
        /// <param name="path">Where it is.</param>
        /// <param name="whole">Whether it is read from end to end; else the system reads no more of it than it is asked for.</param>
        public FileSource(string path, bool whole = true)
        {
            // To open a pipe is to wait for ever.
            if (!RegularFile.Is(path))
            {
                throw new IOException(RegularFile.None);
            }

            FileOptions order = whole ? FileOptions.SequentialScan : FileOptions.RandomAccess;
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, order);
            Length = RandomAccess.GetLength(_handle);
        }

        public long Length { get; }

        public int Read(long offset, Span<byte> into)
        {
            int done = 0;
            while (done < into.Length)
            {
                int n = RandomAccess.Read(_handle, into[done..], offset + done);
                if (n <= 0)
                {
                    break;
                }

                done += n;
            }
            return done;
        }

        public void Dispose() => _handle.Dispose();
    }
}
