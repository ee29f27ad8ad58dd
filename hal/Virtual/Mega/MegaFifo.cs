// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>The chip's picture memory: a read pointer that outlives chip select, and one dummy byte before the first burst.</summary>
    internal sealed class MegaFifo
    {
        private byte[] _data = Array.Empty<byte>();
        private int _pointer;
        private bool _dummyDue;

        /// <summary>Bytes the size registers give; not what is there after a bad capture.</summary>
        public int ReportedLength { get; set; }

        /// <summary>A new picture lies in it.</summary>
        public void Load(byte[] data, int reportedLength)
        {
            _data = data;
            ReportedLength = reportedLength;
            _pointer = 0;
            _dummyDue = true;
        }

        /// <summary>The read pointer goes back to the start.</summary>
        public void Rewind() => _pointer = 0;

        /// <summary>Next byte of a single read.</summary>
        public byte Next() => _pointer < _data.Length ? _data[_pointer++] : (byte)0;

        /// <summary>Next bytes of a burst; the very first one after a capture is a dummy.</summary>
        public void Burst(Span<byte> into)
        {
            if (into.Length == 0)
            {
                return;
            }

            if (_dummyDue)
            {
                _dummyDue = false;
                into[0] = 0;
                into = into[1..];
            }

            int count = Math.Min(into.Length, _data.Length - _pointer);
            _data.AsSpan(_pointer, count).CopyTo(into);
            into[count..].Clear();
            _pointer += count;
        }
    }
}
