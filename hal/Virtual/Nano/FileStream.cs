// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Code = Lapel.Hal.Virtual.Nano.IOException.IOExceptionErrorCode;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's FileStream: no buffer of its own, every call goes to the volume.</summary>
    public class FileStream : IDisposable
    {
        private readonly VirtualFile _file;

        /// <summary>Opens or creates a file.</summary>
        public FileStream(string path, FileMode mode, FileAccess access)
        {
            VirtualVolume volume = Drives.Find(path, out string inside);
            if (mode is not (FileMode.Open or FileMode.Create or FileMode.CreateNew))
            {
                throw new NotSupportedException("file mode " + mode);
            }

            if (mode != FileMode.Open && (access & FileAccess.Write) == 0)
            {
                throw new ArgumentException("a new file must be writable");
            }

            _file = volume.Open(inside, mode, (access & FileAccess.Write) != 0);
        }

        /// <summary>Bytes.</summary>
        public long Length => _file.Length;

        /// <summary>Position.</summary>
        public long Position { get; private set; }

        /// <summary>Moves the position.</summary>
        public long Seek(long offset, SeekOrigin origin)
        {
            long position = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => Position + offset,
                _ => Length + offset,
            };
            if (position < 0)
            {
                throw new IOException("seek before the beginning", Code.Others);
            }

            Position = position;
            return position;
        }

        /// <summary>Grows or shrinks the file; on a full card it fails, and the file stays shorter than asked for.</summary>
        public void SetLength(long value) => _file.SetLength(value);

        /// <summary>Reads; fewer bytes at the end of the file.</summary>
        public int Read(byte[] buffer, int offset, int count)
        {
            int got = _file.Read(Position, buffer.AsSpan(offset, count));
            Position += got;
            return got;
        }

        /// <summary>Writes.</summary>
        public void Write(byte[] buffer, int offset, int count)
        {
            _file.Write(Position, buffer.AsSpan(offset, count));
            Position += count;
        }

        /// <summary>Reaches the card only under one of the two native drivers: the drivers here do not rely on it.</summary>
        public void Flush() { }

        /// <summary>Closes the file.</summary>
        public void Close() => _file.Close();

        /// <inheritdoc/>
        public void Dispose() => Close();
    }
}
