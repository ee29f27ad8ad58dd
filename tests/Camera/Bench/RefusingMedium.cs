// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A card folder without the rights that the camera needs, as long as it is told so.</summary>
    internal sealed class RefusingMedium(IMedium inner) : IMedium
    {
        public bool RefusesReading { get; set; }

        public bool RefusesWriting { get; set; }

        public bool FileExists(string path) => Reading(() => inner.FileExists(path));

        public bool FolderExists(string path) => Reading(() => inner.FolderExists(path));

        public void CreateFolder(string path) => Writing(() => inner.CreateFolder(path));

        public void Create(string path) => Writing(() => inner.Create(path));

        public void Delete(string path) => Writing(() => inner.Delete(path));

        public void Move(string from, string to) => Writing(() => inner.Move(from, to));

        public long Length(string path) => Reading(() => inner.Length(path));

        public void SetLength(string path, long length) => Writing(() => inner.SetLength(path, length));

        public void Read(string path, long position, Span<byte> into)
        {
            Reading(() => 0);
            inner.Read(path, position, into);
        }

        public void Write(string path, long position, ReadOnlySpan<byte> data)
        {
            Writing(() => { });
            inner.Write(path, position, data);
        }

        public long Used(int clusterBytes) => Reading(() => inner.Used(clusterBytes));

        private T Reading<T>(Func<T> action) => RefusesReading ? throw new UnauthorizedAccessException("no rights to read") : action();

        private void Writing(Action action)
        {
            if (RefusesWriting)
            {
                throw new UnauthorizedAccessException("no rights to write");
            }

            action();
        }
    }
}
