// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Text;

namespace Lapel.Image.Tests
{
    /// <summary>An assembly made by hand: the header, a table of strings, a table of code. Its CRC is computed bit by bit.</summary>
    internal static class PeForge
    {
        private const int Header = 124;
        private const int Reference = 12;

        public static byte[] Make(string name, string content, string? refersTo = null)
        {
            byte[] strings = [.. Encoding.ASCII.GetBytes(name + "\0" + content + "\0" + refersTo + "\0"), .. new byte[3]];
            int begin = refersTo == null ? Header : Header + Reference;
            int end = begin + strings.Length / 4 * 4;
            var bytes = new byte[end + 8];
            "NFMRK1\0\0"u8.CopyTo(bytes);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(28), 1);
            for (int table = 0; table < 16; table++)
            {
                int at =
                    table == 0 ? Header
                    : table <= 11 ? begin
                    : table <= 13 ? end
                    : bytes.Length;
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40 + 4 * table), at);
            }

            if (refersTo != null)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Header), (ushort)(name.Length + content.Length + 2));
            }

            strings.AsSpan(0, end - begin).CopyTo(bytes.AsSpan(begin));
            return Sealed(bytes);
        }

        /// <summary>With CRCs that hold.</summary>
        public static byte[] Sealed(byte[] bytes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Crc(bytes.AsSpan(Header)));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 0);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc(bytes.AsSpan(0, Header)));
            return bytes;
        }

        public static uint Crc(ReadOnlySpan<byte> bytes)
        {
            uint crc = 0;
            foreach (byte value in bytes)
            {
                for (int bit = 7; bit >= 0; bit--)
                {
                    bool top = (crc >> 31 & 1) != (uint)(value >> bit & 1);
                    crc = top ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
                }
            }

            return crc;
        }
    }
}
