// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// A volume that is a folder of the host, so that its files can be looked at and played. Preallocated files are sparse.
    /// </summary>
    public sealed class FolderMedium : IMedium, IDisposable
    {
        private readonly string _root;
        private readonly Dictionary<string, SafeFileHandle> _handles = new();
        private readonly Queue<string> _order = new();

        /// <summary>A volume in a folder, which is created when missing.</summary>
        /// <exception cref="IOException">It cannot be created.</exception>
        /// <exception cref="UnauthorizedAccessException">No rights to create it.</exception>
        public FolderMedium(string root)
        {
            _root = Path.GetFullPath(root);
            Directory.CreateDirectory(_root);
        }

        /// <summary>The host folder.</summary>
        public string Root => _root;

        /// <inheritdoc/>
        public bool FileExists(string path) => File.Exists(Host(path));

        /// <inheritdoc/>
        public bool FolderExists(string path) => Directory.Exists(Host(path));

        /// <inheritdoc/>
        public void CreateFolder(string path)
        {
            string host = Host(path);
            if (!Directory.Exists(Path.GetDirectoryName(host)))
            {
                throw new DirectoryNotFoundException(path);
            }

            Directory.CreateDirectory(host);
        }

        /// <inheritdoc/>
        public void Create(string path)
        {
            Forget(path);
            using (File.Create(Host(path))) { }
        }

        /// <inheritdoc/>
        public void Delete(string path)
        {
            Forget(path);
            File.Delete(Host(path));
        }

        /// <inheritdoc/>
        public void Move(string from, string to)
        {
            Forget(from);
            File.Move(Host(from), Host(to));
        }

        /// <inheritdoc/>
        public long Length(string path) => new FileInfo(Host(path)).Length;

        /// <inheritdoc/>
        public void SetLength(string path, long length)
        {
            using var stream = new FileStream(Host(path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(length);
        }

        /// <inheritdoc/>
        public void Read(string path, long position, Span<byte> into)
        {
            using SafeFileHandle handle = File.OpenHandle(Host(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            while (into.Length > 0)
            {
                int got = RandomAccess.Read(handle, into, position);
                if (got == 0)
                {
                    throw new EndOfStreamException(path);
                }

                into = into[got..];
                position += got;
            }
        }

        /// <inheritdoc/>
        public void Write(string path, long position, ReadOnlySpan<byte> data) => RandomAccess.Write(Writable(path), data, position);

        /// <inheritdoc/>
        public long Used(int clusterBytes)
        {
            long used = 0;
            foreach (FileInfo file in new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                used += (file.Length + clusterBytes - 1) / clusterBytes * clusterBytes;
            }

            return used;
        }

        /// <summary>Closes the host files.</summary>
        public void Dispose()
        {
            foreach (SafeFileHandle handle in _handles.Values)
            {
                handle.Dispose();
            }

            _handles.Clear();
            _order.Clear();
        }

        // A device path must not lead out of the folder: FAT names have no "..", no drive, no separator of the host's.
        private string Host(string path)
        {
            string host = _root;
            if (path.Length == 0)
            {
                return host;
            }

            foreach (string part in path.Split('/'))
            {
                if (part.Length == 0 || part == "." || part == ".." || part.IndexOfAny(new[] { '\\', ':', '\0' }) >= 0)
                {
                    throw new ArgumentException("not a path on a card: " + path);
                }

                host = Path.Combine(host, part);
            }

            return host;
        }

        // The device has five files open at most; as many host handles are kept.
        private SafeFileHandle Writable(string path)
        {
            if (_handles.TryGetValue(path, out SafeFileHandle? handle))
            {
                return handle;
            }

            if (_handles.Count == VirtualVolume.MaxOpen)
            {
                Forget(_order.Dequeue());
            }

            handle = File.OpenHandle(Host(path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            _handles[path] = handle;
            _order.Enqueue(path);
            return handle;
        }

        private void Forget(string path)
        {
            if (_handles.Remove(path, out SafeFileHandle? handle))
            {
                handle.Dispose();
            }
        }
    }
}
