// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Custody
{
    /// <summary>
    /// Reads the few shapes of CUSTODY.md in deterministic CBOR (RFC 8949 section 4.2.1): definite lengths, shortest heads, keys in the
    /// order the reader asks
    /// for. The first thing that is not as expected is named in <see cref="Error"/>, and everything after it reads as zero, so that a
    /// caller checks once, at the end.
    /// </summary>
    public sealed class CborReader
    {
        private const int Unsigned = 0;
        private const int ByteString = 2;
        private const int TextString = 3;
        private const int ArrayOf = 4;
        private const int MapOf = 5;
        private const int Null = 0xF6;

        private readonly byte[] _bytes;
        private readonly int _end;
        private int _at;

        /// <summary>A reader of part of an array, which must lie in it.</summary>
        public CborReader(byte[] bytes, int offset, int count)
        {
            _bytes = bytes;
            _at = offset;
            _end = offset + count;
        }

        /// <summary>What is malformed, by name; null while all is well.</summary>
        public string Error { get; private set; }

        /// <summary>Where the next item begins.</summary>
        public int Position
        {
            get { return _at; }
        }

        /// <summary>A map of exactly this many pairs begins.</summary>
        public void Map(int pairs, string name)
        {
            if (Head(MapOf, name) != pairs)
            {
                Fail(name + " must be a map of " + pairs.ToString() + " pairs");
            }
        }

        /// <summary>An array begins; gives its items, 0 to the most.</summary>
        public int Array(int most, string name)
        {
            long items = Head(ArrayOf, name);
            if (items >= 0 && items <= most)
            {
                return (int)items;
            }

            Fail(name + " must be an array of at most " + most.ToString());
            return 0;
        }

        /// <summary>An array of exactly this many items begins.</summary>
        public void ArrayOfExactly(int items, string name)
        {
            if (Head(ArrayOf, name) != items)
            {
                Fail(name + " must be an array of " + items.ToString());
            }
        }

        /// <summary>The key of a pair, which must be this one.</summary>
        public void Key(int key)
        {
            if (Head(Unsigned, "a key") != key)
            {
                Fail("key " + key.ToString() + " is missing or out of order");
            }
        }

        /// <summary>An unsigned integer from the least to the most.</summary>
        public long Int(long least, long most, string name)
        {
            long value = Head(Unsigned, name);
            if (value >= least && value <= most)
            {
                return value;
            }

            Fail(name + " must be " + least.ToString() + " to " + most.ToString());
            return 0;
        }

        /// <summary>A byte string of exactly this length, as an array of its own.</summary>
        public byte[] Bytes(int length, string name)
        {
            int count = Length(ByteString, length, length, name);
            return count == 0 ? null : Take(count);
        }

        /// <summary>A byte string of 1 to so many bytes: gives its length and leaves <see cref="Position"/> behind it.</summary>
        public int SkipBytes(int most, string name)
        {
            int count = Length(ByteString, 1, most, name);
            _at += count;
            return count;
        }

        /// <summary>A text of printable ASCII characters, 0 to so many.</summary>
        public string Text(int most, string name)
        {
            int count = Length(TextString, 0, most, name);
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                byte c = _bytes[_at + i];
                if (c < ' ' || c > '~')
                {
                    Fail(name + " must be printable ASCII");
                }

                text[i] = (char)c;
            }

            _at += count;
            return Error == null ? new string(text) : "";
        }

        /// <summary>Whether null stands here, which is then taken.</summary>
        public bool TakeNull()
        {
            if (Error != null || _at >= _end || _bytes[_at] != Null)
            {
                return false;
            }

            _at++;
            return true;
        }

        /// <summary>Nothing may follow.</summary>
        public void End()
        {
            if (_at != _end)
            {
                Fail("bytes follow its end");
            }
        }

        /// <summary>Notes what is malformed, unless something was noted before.</summary>
        public void Fail(string error)
        {
            if (Error == null)
            {
                Error = error;
            }
        }

        private byte[] Take(int count)
        {
            byte[] part = new byte[count];
            System.Array.Copy(_bytes, _at, part, 0, count);
            _at += count;
            return part;
        }

        private int Length(int major, int least, int most, string name)
        {
            long count = Head(major, name);
            if (Error == null && (count < least || count > most))
            {
                Fail(
                    name
                        + (least == most ? " must have " + most.ToString() : " must have at most " + most.ToString())
                        + (major == ByteString ? " bytes" : " characters")
                );
            }

            if (Error == null && count > _end - _at)
            {
                Fail(name + " is cut short");
            }

            return Error == null ? (int)count : 0;
        }

        // The argument of an item of this major type; -1 after an error. One spelling: the shortest.
        private long Head(int major, string name)
        {
            if (Error != null)
            {
                return -1;
            }

            if (_at >= _end)
            {
                Fail(name + " is missing");
                return -1;
            }

            int lead = _bytes[_at];
            int info = lead & 31;
            int more =
                info < 24 ? 0
                : info == 24 ? 1
                : info == 25 ? 2
                : info == 26 ? 4
                : info == 27 ? 8
                : -1;
            if (lead >> 5 != major || more < 0)
            {
                Fail(name + " is of the wrong type");
                return -1;
            }

            if (more > _end - _at - 1)
            {
                Fail(name + " is cut short");
                return -1;
            }

            _at++;
            if (more == 0)
            {
                return info;
            }

            long value = 0;
            for (int i = 0; i < more; i++)
            {
                value = (value << 8) | _bytes[_at++];
            }

            long least =
                more == 1 ? 24
                : more == 2 ? 0x100
                : more == 4 ? 0x10000
                : 0x100000000L;
            if (value >= least)
            {
                return value;
            }

            Fail(name + " is not in its shortest form or too large");
            return -1;
        }
    }
}
