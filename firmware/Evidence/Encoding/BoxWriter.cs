// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Boxes of ISO/IEC 14496-12 written field by field into a buffer.</summary>
    /// <remarks>For what is written once a recording; fragments are patched templates.</remarks>
    public sealed class BoxWriter
    {
        private readonly byte[] _buffer;
        private int _at;

        /// <summary>Writes into this buffer from its start; the buffer is expected to be zero.</summary>
        public BoxWriter(byte[] buffer)
        {
            _buffer = buffer;
        }

        /// <summary>Bytes written.</summary>
        public int Position
        {
            get { return _at; }
        }

        /// <summary>Begins a box; returns its start, for <see cref="End"/>.</summary>
        public int Begin(string type)
        {
            int start = _at;

            // Room for the size, which is known at the end.
            _at += 4;
            Text(type);
            return start;
        }

        /// <summary>Begins a box with version and flags.</summary>
        public int BeginFull(string type, int versionAndFlags)
        {
            int start = Begin(type);
            U32(versionAndFlags);
            return start;
        }

        /// <summary>Ends a box: its size is what was written since its start.</summary>
        public void End(int start)
        {
            BigEndian.Put32(_buffer, start, _at - start);
        }

        /// <summary>Four bytes.</summary>
        public void U32(int value)
        {
            BigEndian.Put32(_buffer, _at, value);
            _at += 4;
        }

        /// <summary>Two bytes.</summary>
        public void U16(int value)
        {
            BigEndian.Put16(_buffer, _at, value);
            _at += 2;
        }

        /// <summary>One byte.</summary>
        public void U8(int value)
        {
            _buffer[_at++] = (byte)value;
        }

        /// <summary>Zero bytes.</summary>
        public void Skip(int count)
        {
            _at += count;
        }

        /// <summary>ASCII characters without a terminator.</summary>
        public void Text(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                _buffer[_at++] = (byte)text[i];
            }
        }

        /// <summary>The unity matrix, moved by (0, ty) pixels (ISO/IEC 14496-12, 8.2.2).</summary>
        public void Matrix(int ty)
        {
            U32(0x00010000);
            Skip(12);
            U32(0x00010000);
            Skip(8);
            U32(ty << 16);
            U32(0x40000000);
        }
    }
}
