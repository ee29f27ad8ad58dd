// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>
    /// Tells the lanes of the service port apart: SMP lines by their mark anywhere in a line, frames by their mark and the checksum over
    /// their header, everything else is text. Bytes that were flipped, lost or added cost what they stand in and nothing behind it: after a
    /// damaged payload the search goes on at its beginning.
    /// </summary>
    public sealed class Lanes
    {
        /// <summary>Characters of an SMP line; a line is at most 127 bytes long, noise may join two.</summary>
        private const int LongestLine = 512;

        private const int LargestFrame = BulkFrame.HeaderSize + BulkFrame.LargestPayload + BulkFrame.CheckSize;

        private readonly byte[] _bytes = new byte[4 * LargestFrame];
        private readonly SmpAssembler _smp = new();
        private readonly ILaneReader _reader;
        private int _from,
            _to;

        /// <param name="reader">Takes what is found.</param>
        public Lanes(ILaneReader reader) => _reader = reader;

        /// <summary>Takes bytes from the line.</summary>
        public void Add(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                if (_from > 0)
                {
                    _bytes.AsSpan(_from, _to - _from).CopyTo(_bytes);
                    _to -= _from;
                    _from = 0;
                }
                int n = Math.Min(bytes.Length, _bytes.Length - _to);
                bytes[..n].CopyTo(_bytes.AsSpan(_to));
                bytes = bytes[n..];
                _to += n;
                while (_from < _to && Step(mayWait: true)) { }
            }
        }

        /// <summary>The line fell silent: what was begun will not be finished, and what stands in it is looked at again.</summary>
        public void Silence()
        {
            while (_from < _to)
            {
                Step(mayWait: false);
            }
        }

        /// <summary>Takes one thing off the front. False when more bytes are needed for that.</summary>
        private bool Step(bool mayWait)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan(_from, _to - _from);
            if (rest[0] == BulkFrame.Mark[0])
            {
                int common = rest.CommonPrefixLength(BulkFrame.Mark);
                if (common == rest.Length || common == BulkFrame.Mark.Length)
                {
                    return Frame(rest, mayWait);
                }
            }
            else if (IsMark(rest[0]))
            {
                if (rest.Length == 1 && mayWait)
                {
                    return false;
                }

                if (rest.Length > 1 && IsMark(rest[0], rest[1]))
                {
                    return Line(rest, mayWait);
                }
            }
            Text(rest);
            return true;
        }

        private bool Frame(ReadOnlySpan<byte> rest, bool mayWait)
        {
            if (rest.Length < BulkFrame.HeaderSize)
            {
                if (mayWait)
                {
                    return false;
                }

                Drop(rest, 1);
                return true;
            }
            int payload = BulkFrame.PayloadOf(rest[..BulkFrame.HeaderSize]);
            if (payload < 0)
            {
                Drop(rest, 1);
                return true;
            }
            int length = BulkFrame.HeaderSize + payload + BulkFrame.CheckSize;
            if (rest.Length < length && mayWait)
            {
                return false;
            }

            if (rest.Length >= length && BulkFrame.Read(_bytes.AsMemory(_from, length)) is BulkFrame frame)
            {
                _from += length;
                _reader.Frame(frame);
                return true;
            }
            _from += BulkFrame.HeaderSize;
            _reader.DamagedFrame();
            return true;
        }

        private bool Line(ReadOnlySpan<byte> rest, bool mayWait)
        {
            // A frame's mark ends a line that noise took the end from. CR ends one as LF does; after it LF is an empty line of text.
            int end = rest[2..].IndexOfAny((byte)'\n', (byte)'\r', BulkFrame.Mark[0]) + 2;
            if (end < 2)
            {
                if (rest.Length <= LongestLine && mayWait)
                {
                    return false;
                }

                Drop(rest, 2);
                return true;
            }
            _from += end;
            if (rest[end] is (byte)'\n' or (byte)'\r')
            {
                _from++;
            }

            if (end <= LongestLine && _smp.Line(rest[..end]) is SmpMessage message)
            {
                _reader.Message(message);
            }

            return true;
        }

        /// <summary>Text up to the next byte that may begin something else.</summary>
        private void Text(ReadOnlySpan<byte> rest)
        {
            int next = rest[1..].IndexOfAny(BulkFrame.Mark[0], SmpLines.First0, SmpLines.Next0);
            Drop(rest, next < 0 ? rest.Length : next + 1);
        }

        private void Drop(ReadOnlySpan<byte> rest, int count)
        {
            _from += count;
            _reader.Text(rest[..count]);
        }

        private static bool IsMark(byte first) => first is SmpLines.First0 or SmpLines.Next0;

        private static bool IsMark(byte first, byte second) =>
            (first, second) is (SmpLines.First0, SmpLines.First1) or (SmpLines.Next0, SmpLines.Next1);
    }
}
