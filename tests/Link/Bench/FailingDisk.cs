// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Intake;

namespace Lapel.Link.Tests
{
    /// <summary>A disk with room for so many bytes more, after which it is full as Linux says it.</summary>
    internal sealed class FailingDisk : IStoreDisk
    {
        private const int NoSpace = 28;

        private readonly FileDisk _disk = new();

        public long Room { get; set; } = long.MaxValue;

        public void MakeFolder(string path) => _disk.MakeFolder(path);

        public IDisposable Lock(string folder) => _disk.Lock(folder);

        public bool Exists(string path) => _disk.Exists(path);

        public long Length(string path) => _disk.Length(path);

        public byte[]? Read(string path, int most) => _disk.Read(path, most);

        public void Write(string path, byte[] content)
        {
            Take(content.Length);
            _disk.Write(path, content);
        }

        public IStoreFile Open(string path, long length) => new FailingFile(this, _disk.Open(path, length));

        public void Move(string from, string to) => _disk.Move(from, to);

        public void Delete(string path) => _disk.Delete(path);

        public void ForgetCached(string path) => _disk.ForgetCached(path);

        private void Take(int bytes)
        {
            if (bytes > Room)
            {
                throw new IOException("No space left on device", NoSpace);
            }

            Room -= bytes;
        }

        private sealed class FailingFile(FailingDisk disk, IStoreFile file) : IStoreFile
        {
            public void Write(long offset, ReadOnlySpan<byte> bytes)
            {
                disk.Take(bytes.Length);
                file.Write(offset, bytes);
            }

            public void Sync() => file.Sync();

            public void Dispose() => file.Dispose();
        }
    }
}
