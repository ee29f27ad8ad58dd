// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>
    /// Reads the few shapes of CUSTODY.md section 2: maps of a known number of pairs, keys in the order the reader asks for, bounded
    /// numbers and strings.
    /// </summary>
    /// <remarks>
    /// How CBOR may be spelt is the policy of <see cref="CborPolicy.Signed"/>. The first thing that is not as expected is named in
    /// <see cref="Error"/>, for who made the document, and everything after it reads as zero or null: so a document is read from top to
    /// bottom and checked once, at the end.
    /// </remarks>
    public sealed class DocumentReader
    {
        private readonly CborCursor _cursor = new CborCursor(CborPolicy.Signed);
        private readonly byte[] _bytes;
        private readonly int _end;

        /// <summary>A reader of part of an array, which must lie in it.</summary>
        public DocumentReader(byte[] bytes, int offset, int count)
        {
            _bytes = bytes;
            _end = offset + count;
            _cursor.Begin(bytes, offset, _end);
        }

        /// <summary>What is malformed, by name; null while all is well.</summary>
        public string Error { get; private set; }

        /// <summary>Where the next item begins.</summary>
        public int Position
        {
            get { return _cursor.Position; }
        }

        /// <summary>A map of exactly this many pairs begins.</summary>
        public void Map(int pairs, string name)
        {
            if (Head(CborMajor.Map, name) != pairs)
            {
                Fail(name + " must be a map of " + pairs.ToString() + " pairs");
            }
        }

        /// <summary>An array begins; gives its items, 0 to the most.</summary>
        public int Array(int most, string name)
        {
            long items = Head(CborMajor.Array, name);
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
            if (Head(CborMajor.Array, name) != items)
            {
                Fail(name + " must be an array of " + items.ToString());
            }
        }

        /// <summary>The key of a pair, which must be this one.</summary>
        public void Key(int key)
        {
            if (Head(CborMajor.Unsigned, "a key") != key)
            {
                Fail("key " + key.ToString() + " is missing or out of order");
            }
        }

        /// <summary>An unsigned integer from the least to the most.</summary>
        public long Int(long least, long most, string name)
        {
            long value = Head(CborMajor.Unsigned, name);
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
            int count = Length(CborMajor.Bytes, length, length, name);
            if (count == 0)
            {
                return null;
            }

            byte[] part = new byte[count];
            System.Array.Copy(_bytes, Position - count, part, 0, count);
            return part;
        }

        /// <summary>A byte string of 1 to so many bytes: gives its length and leaves <see cref="Position"/> behind it.</summary>
        public int SkipBytes(int most, string name)
        {
            return Length(CborMajor.Bytes, 1, most, name);
        }

        /// <summary>A text of printable ASCII characters, 0 to so many.</summary>
        public string Text(int most, string name)
        {
            int count = Length(CborMajor.Text, 0, most, name);

            // ASCII one by one: texts are of 120 characters at most, and the runtime's UTF-8 decoder would take what is no ASCII.
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                byte c = _bytes[Position - count + i];
                if (c < ' ' || c > '~')
                {
                    Fail(name + " must be printable ASCII");
                }

                text[i] = (char)c;
            }

            return Error == null ? new string(text) : "";
        }

        /// <summary>Whether null stands here, which is then taken.</summary>
        public bool TakeNull()
        {
            return Error == null && _cursor.TakeNull();
        }

        /// <summary>Nothing may follow.</summary>
        public void End()
        {
            if (Position != _end)
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

        // The bytes of a string, which is taken; 0 after an error.
        private int Length(CborMajor major, int least, int most, string name)
        {
            if (Error != null)
            {
                return 0;
            }

            if (!_cursor.String(major))
            {
                Fail(name + Why(_cursor.Fault));
                return 0;
            }

            if (_cursor.Value >= least && _cursor.Value <= most)
            {
                return (int)_cursor.Value;
            }

            Fail(
                name
                    + (least == most ? " must have " + most.ToString() : " must have at most " + most.ToString())
                    + (major == CborMajor.Bytes ? " bytes" : " characters")
            );
            return 0;
        }

        // The number in the head of an item of this type; -1 after an error.
        private long Head(CborMajor major, string name)
        {
            if (Error != null)
            {
                return -1;
            }

            if (_cursor.Head(major))
            {
                return _cursor.Value;
            }

            Fail(name + Why(_cursor.Fault));
            return -1;
        }

        private static string Why(CborFault fault)
        {
            switch (fault)
            {
                case CborFault.Missing:
                    return " is missing";
                case CborFault.CutShort:
                    return " is cut short";
                case CborFault.NotShortest:
                    return " is not in its shortest form";
                case CborFault.TooLarge:
                    return " is over 63 bits";
                case CborFault.Indefinite:
                    return " has no definite length";
                case CborFault.Reserved:
                    return " is in a form that CBOR keeps for later";
                default:
                    return " is of the wrong type";
            }
        }
    }
}
