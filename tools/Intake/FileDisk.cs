// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Locks;
using Microsoft.Win32.SafeHandles;

namespace Lapel.Intake
{
    /// <summary>This machine's file system.</summary>
    public sealed class FileDisk : IStoreDisk
    {
        /// <inheritdoc/>
        public void MakeFolder(string path) => Directory.CreateDirectory(path);

        /// <inheritdoc/>
        public IDisposable Lock(string folder)
        {
            try
            {
                return FolderLock.Take(folder);
            }
            catch (FolderLockedException error)
            {
                throw new StoreException(
                    error.Message,
                    "wait until the other sync or dock of this camera is done, then run it again",
                    error
                );
            }
        }

        /// <inheritdoc/>
        public bool Exists(string path) => File.Exists(path);

        /// <inheritdoc/>
        public long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

        /// <inheritdoc/>
        public byte[]? Read(string path, int most) =>
            new FileInfo(path) is { Exists: true } file && file.Length <= most ? File.ReadAllBytes(path) : null;

        /// <inheritdoc/>
        public void Write(string path, byte[] content)
        {
            string unfinished = path + ".part";
            using (SafeFileHandle handle = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }
            File.Move(unfinished, path, overwrite: true);
            Posix.SyncFolder(Path.GetDirectoryName(path)!);
        }

        /// <inheritdoc/>
        public IStoreFile Open(string path, long length) => new StoreFile(path, length);

        /// <inheritdoc/>
        public void Move(string from, string to)
        {
            File.Move(from, to, overwrite: false);
            Posix.SyncFolder(Path.GetDirectoryName(to)!);
        }

        /// <inheritdoc/>
        public void Delete(string path) => File.Delete(path);

        /// <inheritdoc/>
        public void ForgetCached(string path)
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            Posix.Forget(handle);
        }

        private sealed class StoreFile : IStoreFile
        {
            private readonly SafeFileHandle _handle;

            public StoreFile(string path, long length)
            {
                _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                if (RandomAccess.GetLength(_handle) != length)
                {
                    RandomAccess.SetLength(_handle, length);
                }
            }

            public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, offset);

            public void Sync() => RandomAccess.FlushToDisk(_handle);

            public void Dispose() => _handle.Dispose();
        }
    }
}
