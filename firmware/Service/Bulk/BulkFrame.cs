// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>One frame of the bulk lane (PROTOCOL.md section 6): 20 bytes of header, payload, CRC-32.</summary>
    /// <remarks>The payload is read from the card into its place; the CRCs are native: nothing here loops over bytes.</remarks>
    public sealed class BulkFrame
    {
        /// <summary>Most payload bytes.</summary>
        public const int MaxPayload = 16384;

        /// <summary>Where the payload begins.</summary>
        public const int PayloadAt = 20;

        /// <summary>Bytes of a frame besides its payload.</summary>
        public const int OverheadBytes = 24;

        /// <summary>Type of a frame that carries part of an item.</summary>
        public const byte Data = 1;

        /// <summary>The frame that is filled after this one; they go round.</summary>
        public BulkFrame Next;

        // F5 is no first byte of UTF-8 text and no SMP mark; then "BW" and the version.
        private static readonly byte[] Mark = { 0xF5, 0x42, 0x57, 0x01 };

        private const int TypeAt = 4;
        private const int SequenceAt = 5;
        private const int CountAt = 6;
        private const int OffsetAt = 12;
        private const int HeaderCrcAt = 16;

        private readonly INatives _natives;
        private readonly byte[] _buffer = new byte[MaxPayload + OverheadBytes];
        private int _count;

        /// <summary>A frame with its buffer.</summary>
        public BulkFrame(INatives natives)
        {
            _natives = natives;
            for (int i = 0; i < Mark.Length; i++)
            {
                _buffer[i] = Mark[i];
            }

            _buffer[TypeAt] = Data;
        }

        /// <summary>The frame's bytes; the payload goes to <see cref="PayloadAt"/>.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Payload bytes.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Completes a frame whose payload is in place.</summary>
        /// <param name="sequence">Sequence number of the request.</param>
        /// <param name="offset">Place of the payload in the item, below 4 GiB as every item is: the upper half of the field stays
        /// 0.</param>
        /// <param name="count">Bytes of the payload, 1 to <see cref="MaxPayload"/>.</param>
        public void Complete(int sequence, long offset, int count)
        {
            byte[] buffer = _buffer;
            _count = count;
            buffer[SequenceAt] = (byte)sequence;
            BigEndian.Put16(buffer, CountAt, count);
            BigEndian.Put32(buffer, OffsetAt, (int)offset);

            // The header has a CRC of its own: a receiver that looks for the next mark after damage must not trust a length that is noise.
            PutCrc(buffer, HeaderCrcAt, _natives.Crc32(buffer, 0, HeaderCrcAt));
            PutCrc(buffer, PayloadAt + count, _natives.Crc32(buffer, PayloadAt, count));
        }

        // Little-endian, as CRC-32 is transmitted in ZIP and Ethernet: the CRC over data and CRC is a constant.
        private static void PutCrc(byte[] buffer, int at, uint crc)
        {
            buffer[at] = (byte)crc;
            buffer[at + 1] = (byte)(crc >> 8);
            buffer[at + 2] = (byte)(crc >> 16);
            buffer[at + 3] = (byte)(crc >> 24);
        }
    }
}
