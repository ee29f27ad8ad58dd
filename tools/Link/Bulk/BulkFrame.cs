// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Lapel.Link
{
    /// <summary>A frame of the bulk lane, device to host (PROTOCOL.md): 24 bytes beside its payload.</summary>
    /// <param name="Type">What the payload is; 1 bytes of an item.</param>
    /// <param name="Sequence">SMP sequence number of the range that it answers.</param>
    /// <param name="Offset">Where the payload begins in the item.</param>
    /// <param name="Payload">The bytes; valid until the next are taken from the line.</param>
    public readonly record struct BulkFrame(byte Type, byte Sequence, long Offset, ReadOnlyMemory<byte> Payload)
    {
        /// <summary>Bytes of an item.</summary>
        public const byte ItemBytes = 1;

        /// <summary>Largest payload, bytes.</summary>
        public const int LargestPayload = 16384;

        /// <summary>Bytes before the payload, its checksum counted.</summary>
        public const int HeaderSize = 20;

        /// <summary>Bytes of the checksum after the payload.</summary>
        public const int CheckSize = 4;

        /// <summary>The mark that begins a frame. 0xF5 is in no UTF-8 text and in no base64.</summary>
        public static ReadOnlySpan<byte> Mark => [0xF5, 0x42, 0x57, 0x01];

        /// <summary>Length of the payload that a header announces; -1 when it is no header.</summary>
        public static int PayloadOf(ReadOnlySpan<byte> header)
        {
            if (!header.StartsWith(Mark) || Crc32.HashToUInt32(header[..16]) != BinaryPrimitives.ReadUInt32LittleEndian(header[16..]))
            {
                return -1;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
            return length is > 0 and <= LargestPayload && BinaryPrimitives.ReadUInt64BigEndian(header[8..]) < long.MaxValue ? length : -1;
        }

        /// <summary>The frame in these bytes, of which <see cref="PayloadOf"/> took the header; null when its payload is damaged.</summary>
        public static BulkFrame? Read(ReadOnlyMemory<byte> frame)
        {
            ReadOnlySpan<byte> b = frame.Span;
            if (Crc32.HashToUInt32(b[HeaderSize..^CheckSize]) != BinaryPrimitives.ReadUInt32LittleEndian(b[^CheckSize..]))
            {
                return null;
            }

            return new BulkFrame(b[4], b[5], (long)BinaryPrimitives.ReadUInt64BigEndian(b[8..]), frame[HeaderSize..^CheckSize]);
        }

        /// <summary>The bytes of a frame.</summary>
        public static byte[] Encode(byte type, byte sequence, long offset, ReadOnlySpan<byte> payload)
        {
            var frame = new byte[HeaderSize + payload.Length + CheckSize];
            Mark.CopyTo(frame);
            frame[4] = type;
            frame[5] = sequence;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), (ushort)payload.Length);
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(8), offset);
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(16), Crc32.HashToUInt32(frame.AsSpan(0, 16)));
            payload.CopyTo(frame.AsSpan(HeaderSize));
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(frame.Length - CheckSize), Crc32.HashToUInt32(payload));
            return frame;
        }
    }
}
