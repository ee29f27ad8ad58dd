// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>Deterministically encoded CBOR (RFC 8949 section 4.2.1) into one buffer.</summary>
    /// <remarks>
    /// The caller gives map keys in ascending order and counts that are true; a full buffer is a programming error and throws.
    /// </remarks>
    public sealed class CborWriter
    {
        private readonly byte[] _buffer;
        private int _used;

        /// <summary>A writer with room for this many bytes.</summary>
        public CborWriter(int capacity)
        {
            _buffer = new byte[capacity];
        }

        /// <summary>Bytes written.</summary>
        public int Length
        {
            get { return _used; }
        }

        /// <summary>Forgets what was written.</summary>
        public void Reset()
        {
            _used = 0;
        }

        /// <summary>What was written, as an array of its own.</summary>
        public byte[] ToArray()
        {
            var result = new byte[_used];
            Array.Copy(_buffer, 0, result, 0, _used);
            return result;
        }

        /// <summary>Begins a map of this many pairs.</summary>
        public void BeginMap(int pairs)
        {
            Head(CborMajor.Map, pairs);
        }

        /// <summary>Begins an array of this many items.</summary>
        public void BeginArray(int items)
        {
            Head(CborMajor.Array, items);
        }

        /// <summary>An integer.</summary>
        public void Int(long value)
        {
            if (value >= 0)
            {
                Head(CborMajor.Unsigned, value);
            }
            else
            {
                Head(CborMajor.Negative, -1 - value);
            }
        }

        /// <summary>A byte string.</summary>
        public void Bytes(byte[] value)
        {
            Head(CborMajor.Bytes, value.Length);
            Array.Copy(value, 0, _buffer, _used, value.Length);
            _used += value.Length;
        }

        /// <summary>A byte string, or null.</summary>
        public void BytesOrNull(byte[] value)
        {
            if (value == null)
            {
                Null();
            }
            else
            {
                Bytes(value);
            }
        }

        /// <summary>A text string of ASCII characters.</summary>
        public void Text(string value)
        {
            Head(CborMajor.Text, value.Length);
            for (int i = 0; i < value.Length; i++)
            {
                _buffer[_used++] = (byte)value[i];
            }
        }

        /// <summary>An item that is encoded already.</summary>
        public void Encoded(byte[] item)
        {
            Array.Copy(item, 0, _buffer, _used, item.Length);
            _used += item.Length;
        }

        /// <summary>Null.</summary>
        public void Null()
        {
            _buffer[_used++] = 0xF6;
        }

        /// <summary>A tag before the next item.</summary>
        public void Tag(int tag)
        {
            Head(CborMajor.Tag, tag);
        }

        private void Head(CborMajor major, long value)
        {
            int lead = (int)major << 5;
            if (value < 24)
            {
                _buffer[_used++] = (byte)(lead | (int)value);
                return;
            }

            // The shortest head that holds the value (4.2.1): the same content must always have the same digest.
            int bytes =
                value <= 0xFF ? 1
                : value <= 0xFFFF ? 2
                : value <= 0xFFFFFFFFL ? 4
                : 8;
            _buffer[_used++] = (byte)(
                lead
                | (
                    bytes == 1 ? 24
                    : bytes == 2 ? 25
                    : bytes == 4 ? 26
                    : 27
                )
            );
            for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            {
                _buffer[_used++] = (byte)(value >> shift);
            }
        }
    }
}
