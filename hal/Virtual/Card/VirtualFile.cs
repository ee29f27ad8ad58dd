// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>One open file of a volume.</summary>
    internal sealed class VirtualFile
    {
        private readonly VirtualVolume _volume;
        private readonly string _path;
        private readonly bool _writable;
        private readonly int _generation;
        private bool _changed;
        private bool _closed;

        public VirtualFile(VirtualVolume volume, string path, bool writable, bool created, int generation)
        {
            _volume = volume;
            _path = path;
            _writable = writable;
            _changed = created;
            _generation = generation;
        }

        public long Length
        {
            get
            {
                CheckOpen();
                return _volume.Length(_path);
            }
        }

        public void SetLength(long length)
        {
            CheckOpen();
            if (!_writable)
            {
                throw new NotSupportedException("opened for reading");
            }

            _volume.SetLength(_path, length);
            _changed = true;
        }

        public int Read(long position, Span<byte> into)
        {
            CheckOpen();
            return _volume.Read(_path, position, into);
        }

        public void Write(long position, ReadOnlySpan<byte> data)
        {
            CheckOpen();
            if (!_writable)
            {
                throw new NotSupportedException("opened for reading");
            }

            _volume.Write(_path, position, data);
        }

        public void Close()
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _volume.Close(_path, _changed, _generation);
        }

        private void CheckOpen()
        {
            if (_closed)
            {
                throw new ObjectDisposedException(_path);
            }

            _volume.CheckHandle(_generation);
        }
    }
}
