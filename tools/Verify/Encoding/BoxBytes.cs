// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>Reading and laying out the few box shapes of the format.</summary>
    internal static class BoxBytes
    {
        public const int Sector = 512;

        /// <summary>Size, type and extended type of a `uuid` box.</summary>
        public const int UuidHeader = 24;

        private static ReadOnlySpan<byte> UserType =>
            [0x8f, 0x3a, 0x6d, 0x1e, 0x5b, 0x7c, 0x4e, 0x21, 0x9a, 0x40, 0x6c, 0x61, 0x70, 0x65, 0x6c, 0x00];

        public static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

        public static ushort U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

        public static ulong U64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64BigEndian(bytes[offset..]);

        public static void Put32(Span<byte> bytes, int offset, long value) =>
            BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], unchecked((uint)value));

        public static void Put16(Span<byte> bytes, int offset, int value) =>
            BinaryPrimitives.WriteUInt16BigEndian(bytes[offset..], unchecked((ushort)value));

        public static void Header(Span<byte> bytes, int offset, long size, string type)
        {
            Put32(bytes, offset, size);
            Encoding.ASCII.GetBytes(type, bytes[(offset + 4)..]);
        }

        public static void Uuid(Span<byte> bytes, int offset, long size, byte kind)
        {
            Header(bytes, offset, size, "uuid");
            UserType.CopyTo(bytes[(offset + 8)..]);
            bytes[offset + 23] = kind;
        }

        /// <summary>Whether a box of this type begins here; its size is not looked at.</summary>
        public static bool IsType(ReadOnlySpan<byte> bytes, int offset, string type) =>
            bytes.Length >= offset + 8
            && bytes[offset + 4] == type[0]
            && bytes[offset + 5] == type[1]
            && bytes[offset + 6] == type[2]
            && bytes[offset + 7] == type[3];

        /// <summary>
        /// The kind (last byte of the extended type) of the `uuid` box of ours at the start of these bytes, -1 when there is none. With
        /// <paramref name="damaged"/> two of its nineteen fixed bytes may differ.
        /// </summary>
        public static int OurKind(ReadOnlySpan<byte> bytes, out bool damaged)
        {
            damaged = false;
            if (bytes.Length < UuidHeader)
            {
                return -1;
            }

            int wrong = 0;
            for (int i = 0; i < 4; i++)
            {
                if (bytes[4 + i] != "uuid"[i])
                {
                    wrong++;
                }
            }

            for (int i = 0; i < 15; i++)
            {
                if (bytes[8 + i] != UserType[i])
                {
                    wrong++;
                }
            }

            damaged = wrong > 0;
            return wrong <= 2 ? bytes[23] : -1;
        }

        public static bool AllZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;

        public static long RoundUp(long bytes) => (bytes + Sector - 1) / Sector * Sector;
    }
}
