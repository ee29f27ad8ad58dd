// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Lapel.Link
{
    /// <summary>SMP console framing: a message as lines of base64.</summary>
    public static class SmpLines
    {
        /// <summary>Marks of the first line of a message.</summary>
        public const byte First0 = 0x06,
            First1 = 0x09;

        /// <summary>Marks of the following lines.</summary>
        public const byte Next0 = 0x04,
            Next1 = 0x14;

        /// <summary>Base64 characters in a line of 127 bytes, mark and LF counted.</summary>
        private const int LineCharacters = 124;

        /// <summary>Length and checksum beside the message.</summary>
        private const int LengthSize = 2,
            CheckSize = 2;

        /// <summary>The lines of a message, each with its mark and LF.</summary>
        public static byte[] Encode(ReadOnlySpan<byte> message)
        {
            var packet = new byte[LengthSize + message.Length + CheckSize];
            BinaryPrimitives.WriteUInt16BigEndian(packet, checked((ushort)(message.Length + CheckSize)));
            message.CopyTo(packet.AsSpan(LengthSize));
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - CheckSize), Crc16.Of(message));
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(packet));
            var lines = new MemoryStream();
            for (int at = 0; at < text.Length; at += LineCharacters)
            {
                lines.WriteByte(at == 0 ? First0 : Next0);
                lines.WriteByte(at == 0 ? First1 : Next1);
                lines.Write(text, at, Math.Min(LineCharacters, text.Length - at));
                lines.WriteByte((byte)'\n');
            }
            return lines.ToArray();
        }
    }
}
