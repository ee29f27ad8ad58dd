// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>
    /// The answer to a request, written as Zephyr writes it: maps and arrays of indefinite length, the shortest form of numbers, errors in
    /// the form that the request's version has. What finds no room turns the answer into error 7.
    /// </summary>
    public sealed class SmpReply
    {
        /// <summary>Longest message sent, header included.</summary>
        public const int MaxBytes = 2048;

        /// <summary>Where the message begins in <see cref="Packet"/>: behind the packet's length.</summary>
        public const int MessageAt = 2;

        private const int DataAt = MessageAt + SmpPacket.HeaderBytes;
        private const int End = MessageAt + MaxBytes;

        // Indefinite lengths: an answer is written as it is found out, and how many pairs it will have is known at its end.
        private const byte IndefiniteMap = 0xBF;
        private const byte IndefiniteArray = 0x9F;
        private const byte Break = 0xFF;
        private const byte True = 0xF5;
        private const byte False = 0xF4;
        private const int CrcBytes = 2;

        private readonly byte[] _packet = new byte[End + CrcBytes];
        private int _used;

        // Noted and not acted on at once: who writes an answer need not look after every value whether there was room.
        private bool _overflow;
        private bool _structuredErrors;

        /// <summary>The packet: its length, the message, room for its CRC.</summary>
        public byte[] Packet
        {
            get { return _packet; }
        }

        /// <summary>Bytes of the packet, its CRC included.</summary>
        public int PacketBytes
        {
            get { return _used + CrcBytes; }
        }

        /// <summary>Bytes that still have room in the message, its last break not counted.</summary>
        public int Room
        {
            get { return End - 1 - _used; }
        }

        /// <summary>Begins the answer to a request.</summary>
        public void Begin(SmpRequest request)
        {
            Begin(request.Version, request.Operation, request.Group, request.Sequence, request.Command);
        }

        /// <summary>Begins the answer to a request with this header.</summary>
        public void Begin(int version, int operation, int group, int sequence, int command)
        {
            // Newer versions are answered in the newest that is spoken here.
            _structuredErrors = version > 0;
            _packet[MessageAt] = (byte)((_structuredErrors ? 8 : 0) | (operation + 1));

            // Flags; the length at +2 is set by Finish.
            _packet[MessageAt + 1] = 0;
            BigEndian.Put16(_packet, MessageAt + 4, group);
            _packet[MessageAt + 6] = (byte)sequence;
            _packet[MessageAt + 7] = (byte)command;
            Restart();
        }

        /// <summary>A key of a map: ASCII.</summary>
        public void Key(string key)
        {
            Text(key);
        }

        /// <summary>An integer.</summary>
        public void Int(long value)
        {
            if (value >= 0)
            {
                Head(0x00, value);
            }
            else
            {
                Head(0x20, -1 - value);
            }
        }

        /// <summary>A truth value.</summary>
        public void Truth(bool value)
        {
            Byte(value ? True : False);
        }

        /// <summary>A text of ASCII characters.</summary>
        public void Text(string value)
        {
            int count = value.Length;
            Head(0x60, count);

            // An empty text is its head alone.
            if (!HasRoom(count) || count == 0)
            {
                return;
            }

            Encoding.UTF8.GetBytes(value, 0, count, _packet, _used);
            _used += count;
        }

        /// <summary>A text that lies in an array.</summary>
        public void Text(byte[] buffer, int offset, int count)
        {
            Head(0x60, count);
            Copy(buffer, offset, count);
        }

        /// <summary>A byte string.</summary>
        public void Bytes(byte[] buffer, int offset, int count)
        {
            Head(0x40, count);
            Copy(buffer, offset, count);
        }

        /// <summary>Begins a byte string that the caller writes into <see cref="Packet"/> at the returned place; -1 without room.</summary>
        public int ReserveBytes(int count)
        {
            Head(0x40, count);
            if (!HasRoom(count))
            {
                return -1;
            }

            _used += count;
            return _used - count;
        }

        /// <summary>Begins a map; <see cref="Close"/> ends it.</summary>
        public void BeginMap()
        {
            Byte(IndefiniteMap);
        }

        /// <summary>Begins an array; <see cref="Close"/> ends it.</summary>
        public void BeginArray()
        {
            Byte(IndefiniteArray);
        }

        /// <summary>Ends a map or an array.</summary>
        public void Close()
        {
            Byte(Break);
        }

        /// <summary>Gives up what was written: the answer is an error of SMP itself.</summary>
        public void Fail(SmpError error)
        {
            Restart();
            Key("rc");
            Int((int)error);
        }

        /// <summary>Gives up what was written: the answer is an error of the request's group.</summary>
        /// <param name="code">The group's code.</param>
        /// <param name="original">What the original protocol has in its place.</param>
        public void Fail(int code, SmpError original)
        {
            // The original protocol knows no group errors: its clients take the closest code of SMP.
            if (!_structuredErrors)
            {
                Fail(original);
                return;
            }

            Restart();
            Key("err");
            BeginMap();
            Key("group");
            Int(BigEndian.Get16(_packet, MessageAt + 4));
            Key("rc");
            Int(code);
            Close();
        }

        /// <summary>Whether errors of groups are told apart: the request's version has them.</summary>
        public bool HasStructuredErrors
        {
            get { return _structuredErrors; }
        }

        /// <summary>Ends the message: its lengths are set.</summary>
        public void Finish()
        {
            if (_overflow)
            {
                // In place of half an answer: a client must not take a list that was cut for a whole one.
                Fail(SmpError.TooLong);
            }

            _packet[_used++] = Break;
            BigEndian.Put16(_packet, 0, _used - MessageAt + CrcBytes);
            BigEndian.Put16(_packet, MessageAt + 2, _used - DataAt);
        }

        private void Restart()
        {
            _overflow = false;
            _used = DataAt;
            _packet[_used++] = IndefiniteMap;
        }

        private void Head(int major, long value)
        {
            if (value < 24)
            {
                Byte((byte)(major | (int)value));
                return;
            }

            int bytes =
                value <= 0xFF ? 1
                : value <= 0xFFFF ? 2
                : value <= 0xFFFFFFFFL ? 4
                : 8;

            // Head and number together or not at all: half a head would make the rest of the answer unreadable.
            if (!HasRoom(bytes + 1))
            {
                return;
            }

            _packet[_used++] = (byte)(
                major
                | (
                    bytes == 1 ? 24
                    : bytes == 2 ? 25
                    : bytes == 4 ? 26
                    : 27
                )
            );
            for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            {
                _packet[_used++] = (byte)(value >> shift);
            }
        }

        private void Byte(byte value)
        {
            if (HasRoom(1))
            {
                _packet[_used++] = value;
            }
        }

        private void Copy(byte[] buffer, int offset, int count)
        {
            if (!HasRoom(count))
            {
                return;
            }

            Array.Copy(buffer, offset, _packet, _used, count);
            _used += count;
        }

        private bool HasRoom(int count)
        {
            if (count > Room)
            {
                _overflow = true;
            }

            return !_overflow;
        }
    }
}
