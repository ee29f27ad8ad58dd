// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;

namespace Lapel.Link.Tests
{
    /// <summary>A change of a medium that is about to be made.</summary>
    /// <param name="Medium">The medium.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Position">Where it is written to; -1 when it is made, renamed, deleted or gets another length.</param>
    /// <param name="Data">What is written.</param>
    internal sealed record MediumChange(IMedium Medium, string Path, long Position, byte[] Data);

    /// <summary>A medium of whose changes somebody is told before they are made.</summary>
    internal sealed class WatchedMedium(MemoryMedium inner, Action<MediumChange> before) : IMedium
    {
        public bool FileExists(string path) => inner.FileExists(path);

        public bool FolderExists(string path) => inner.FolderExists(path);

        public void CreateFolder(string path)
        {
            Tell(path);
            inner.CreateFolder(path);
        }

        public void Create(string path)
        {
            Tell(path);
            inner.Create(path);
        }

        public void Delete(string path)
        {
            Tell(path);
            inner.Delete(path);
        }

        public void Move(string from, string to)
        {
            Tell(from);
            inner.Move(from, to);
        }

        public long Length(string path) => inner.Length(path);

        public void SetLength(string path, long length)
        {
            Tell(path);
            inner.SetLength(path, length);
        }

        public void Read(string path, long position, Span<byte> into) => inner.Read(path, position, into);

        public void Write(string path, long position, ReadOnlySpan<byte> data)
        {
            before(new MediumChange(inner, path, position, data.ToArray()));
            inner.Write(path, position, data);
        }

        public long Used(int clusterBytes) => inner.Used(clusterBytes);

        private void Tell(string path) => before(new MediumChange(inner, path, -1, []));
    }
}
