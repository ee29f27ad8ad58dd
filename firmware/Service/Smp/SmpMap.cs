// SPDX-License-Identifier: MIT

using System.Text;

namespace Lapel.Service
{
    /// <summary>
    /// The map of a request. It is checked as a whole once, then asked key by key, in any order; keys that nobody asks for are ignored. A
    /// key that is absent leaves the
    /// default; a value of another type than asked for is an error of the request.
    /// </summary>
    public sealed class SmpMap
    {
        /// <summary>Most pairs of a request: the largest of SMP's own has 6.</summary>
        public const int MaxPairs = 16;

        private const int True = 0xF5;
        private const int False = 0xF4;

        private readonly CborItems _items = new CborItems();
        private readonly int[] _keys = new int[MaxPairs];
        private readonly int[] _keyBytes = new int[MaxPairs];
        private readonly int[] _values = new int[MaxPairs];
        private byte[] _buffer;
        private int _end;
        private int _pairs;

        /// <summary>First byte of the string last found, in the array that was read; meaningless when <see cref="Length"/> is 0.</summary>
        public int Offset { get; private set; }

        /// <summary>Bytes of the string last found.</summary>
        public int Length { get; private set; }

        /// <summary>
        /// Takes one map and nothing after it; nothing at all is an empty map, as in Zephyr. False when it is malformed, has a key twice or
        /// too many.
        /// </summary>
        public bool Read(byte[] buffer, int offset, int end)
        {
            _buffer = buffer;
            _end = end;
            _pairs = 0;
            if (offset == end)
            {
                return true;
            }

            _items.Begin(buffer, offset, end);
            if (!_items.Head() || _items.Major != CborItems.Map)
            {
                return false;
            }

            bool indefinite = _items.IsIndefinite;
            long expected = _items.Value;
            while (indefinite ? !_items.TakeBreak() : _pairs < expected)
            {
                if (!ReadPair())
                {
                    return false;
                }
            }

            return _items.Position == end;
        }

        /// <summary>Whether the key is there.</summary>
        public bool Has(string key)
        {
            return Find(key) >= 0;
        }

        /// <summary>An unsigned integer. False when the value is something else.</summary>
        public bool Unsigned(string key, ref long value)
        {
            if (!Seek(key))
            {
                return true;
            }

            if (!_items.Head() || _items.Major != CborItems.Unsigned)
            {
                return false;
            }

            value = _items.Value;
            return true;
        }

        /// <summary>A truth value, also as 0 or 1. False when the value is something else.</summary>
        public bool Truth(string key, ref bool value)
        {
            int pair = Find(key);
            if (pair < 0)
            {
                return true;
            }

            int item = _buffer[_values[pair]];
            if (item != True && item != False && item > 1)
            {
                return false;
            }

            value = item == True || item == 1;
            return true;
        }

        /// <summary>
        /// A text string, as bytes: <see cref="Offset"/> and <see cref="Length"/>. False when the value is something else.
        /// </summary>
        public bool Text(string key)
        {
            return FindString(key, CborItems.Text);
        }

        /// <summary>A byte string: <see cref="Offset"/> and <see cref="Length"/>. False when the value is something else.</summary>
        public bool Bytes(string key)
        {
            return FindString(key, CborItems.Bytes);
        }

        /// <summary>A text of printable ASCII. False when the value is something else or longer.</summary>
        public bool Ascii(string key, int most, ref string value)
        {
            if (!Has(key))
            {
                return true;
            }

            if (!Text(key) || Length > most || !IsAscii(_buffer, Offset, Length))
            {
                return false;
            }

            value = Length == 0 ? "" : Encoding.UTF8.GetString(_buffer, Offset, Length);
            return true;
        }

        /// <summary>A reader before the key's value; null when the key is absent. Good until the next question.</summary>
        public CborItems At(string key)
        {
            return Seek(key) ? _items : null;
        }

        /// <summary>Whether all of these bytes are printable ASCII.</summary>
        public static bool IsAscii(byte[] buffer, int offset, int count)
        {
            for (int i = offset; i < offset + count; i++)
            {
                if (buffer[i] < ' ' || buffer[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        private bool ReadPair()
        {
            if (_pairs == MaxPairs || !_items.String(CborItems.Text))
            {
                return false;
            }

            int length = (int)_items.Value;
            int key = _items.Position - length;
            for (int i = 0; i < _pairs; i++)
            {
                if (_keyBytes[i] == length && IsSame(_keys[i], key, length))
                {
                    return false;
                }
            }

            _keys[_pairs] = key;
            _keyBytes[_pairs] = length;
            _values[_pairs] = _items.Position;
            _pairs++;
            return _items.Skip();
        }

        private bool IsSame(int a, int b, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (_buffer[a + i] != _buffer[b + i])
                {
                    return false;
                }
            }

            return true;
        }

        private int Find(string key)
        {
            for (int i = 0; i < _pairs; i++)
            {
                if (_keyBytes[i] == key.Length && Spells(_keys[i], key))
                {
                    return i;
                }
            }

            return -1;
        }

        private bool Spells(int at, string key)
        {
            for (int i = 0; i < key.Length; i++)
            {
                if (_buffer[at + i] != key[i])
                {
                    return false;
                }
            }

            return true;
        }

        private bool Seek(string key)
        {
            int pair = Find(key);
            if (pair < 0)
            {
                return false;
            }

            _items.Begin(_buffer, _values[pair], _end);
            return true;
        }

        private bool FindString(string key, int major)
        {
            Length = 0;
            if (!Seek(key))
            {
                return true;
            }

            if (!_items.String(major))
            {
                return false;
            }

            Length = (int)_items.Value;
            Offset = _items.Position - Length;
            return true;
        }
    }
}
