// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;

namespace Lapel.Link
{
    /// <summary>An SMP message: a header of 8 bytes and a CBOR map (PROTOCOL.md).</summary>
    /// <param name="Op">What it does.</param>
    /// <param name="Version">0 or 1; 1 is "version 2", with structured errors.</param>
    /// <param name="Group">Group of commands.</param>
    /// <param name="Command">Command in the group.</param>
    /// <param name="Sequence">Chosen by the host; the answer repeats it.</param>
    /// <param name="Data">The encoded map; may be empty.</param>
    public sealed record SmpMessage(SmpOp Op, int Version, int Group, int Command, byte Sequence, ReadOnlyMemory<byte> Data)
    {
        /// <summary>Bytes of the header.</summary>
        public const int HeaderSize = 8;

        /// <summary>The message's bytes.</summary>
        public byte[] Encode()
        {
            var bytes = new byte[HeaderSize + Data.Length];
            bytes[0] = (byte)((Version << 3) | (int)Op);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), checked((ushort)Data.Length));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), checked((ushort)Group));
            bytes[6] = Sequence;
            bytes[7] = checked((byte)Command);
            Data.CopyTo(bytes.AsMemory(HeaderSize));
            return bytes;
        }

        /// <summary>
        /// The message of these bytes; null when they are none: too short, reserved bits set, or another length than the header says.
        /// </summary>
        public static SmpMessage? Decode(ReadOnlyMemory<byte> bytes)
        {
            ReadOnlySpan<byte> b = bytes.Span;
            if (b.Length < HeaderSize || (b[0] & 0xE4) != 0 || BinaryPrimitives.ReadUInt16BigEndian(b[2..]) != b.Length - HeaderSize)
            {
                return null;
            }

            return new SmpMessage(
                (SmpOp)(b[0] & 3),
                (b[0] >> 3) & 3,
                BinaryPrimitives.ReadUInt16BigEndian(b[4..]),
                b[7],
                b[6],
                bytes[HeaderSize..]
            );
        }
    }
}
