// SPDX-License-Identifier: MIT

using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Lapel.Link
{
    /// <summary>
    /// Puts messages together from SMP lines. What is damaged is dropped without a word, as every SMP receiver does: the one who asked asks
    /// again.
    /// </summary>
    public sealed class SmpAssembler
    {
        /// <summary>Longest message taken, bytes; more than any answer of a camera has.</summary>
        public const int LongestMessage = 16384;

        private readonly byte[] _packet = new byte[LongestMessage + 4];
        private int _count = -1;

        /// <summary>Takes a line, from its mark on, without its end. Returns the message that it completes, or null.</summary>
        public SmpMessage? Line(ReadOnlySpan<byte> line)
        {
            if (line.Length < 2)
            {
                return null;
            }

            if (line[0] == SmpLines.First0 && line[1] == SmpLines.First1)
            {
                _count = 0;
            }
            else if (_count < 0 || line[0] != SmpLines.Next0 || line[1] != SmpLines.Next1)
            {
                return null;
            }

            ReadOnlySpan<byte> text = line[2..];
            if (text.Length % 4 != 0 || Base64.DecodeFromUtf8(text, _packet.AsSpan(_count), out _, out int written) != OperationStatus.Done)
            {
                _count = -1;
                return null;
            }
            _count += written;
            if (_count < 4)
            {
                return null;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_packet);
            if (_count < 2 + length)
            {
                return null;
            }

            bool whole = _count == 2 + length && length >= 2 + SmpMessage.HeaderSize && Crc16.Of(_packet.AsSpan(2, length)) == 0;
            _count = -1;
            return whole ? SmpMessage.Decode(_packet.AsMemory(2, length - 2).ToArray()) : null;
        }
    }
}
