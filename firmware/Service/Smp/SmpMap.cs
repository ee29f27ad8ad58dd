// SPDX-License-Identifier: MIT

using System.Text;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>The map of a request.</summary>
    /// <remarks>
    /// It is checked as a whole once, then asked key by key, in any order; keys that nobody asks for are ignored. A key that is absent
    /// leaves the default; a value of another type than asked for is an error of the request.
    /// </remarks>
    public sealed class SmpMap
    {
        /// <summary>Most pairs of a request: the largest of SMP's own has 6.</summary>
        public const int MaxPairs = 16;

        private const int True = 0xF5;
        private const int False = 0xF4;

        private readonly CborCursor _items = new CborCursor(CborPolicy.Request);

        // Places in the request, not copies: sixteen of each, taken once, and no string is made for a key that nobody asks for.
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

        /// <summary>Takes one map and nothing after it; nothing at all is an empty map, as in Zephyr.</summary>
        /// <returns>False when it is malformed, has a key twice or too many.</returns>
        public bool Read(byte[] buffer, int offset, int end)
        {
            _buffer = buffer;
            _end = end;
            _pairs = 0;

            // As Zephyr takes it: most read commands need no data.
            if (offset == end)
            {
                return true;
            }

            _items.Begin(buffer, offset, end);
            if (!_items.Head(CborMajor.Map))
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

            // Bytes behind the map would be what another reader takes for the request: refused.
            return _items.Position == end;
        }

        /// <summary>Whether the key is there.</summary>
        public bool Has(string key)
        {
            return Find(key) >= 0;
        }

        /// <summary>An unsigned integer.</summary>
        /// <returns>False when the value is something else.</returns>
        public bool Unsigned(string key, ref long value)
        {
            if (!Seek(key))
            {
                return true;
            }

            if (!_items.Head(CborMajor.Unsigned))
            {
                return false;
            }

            value = _items.Value;
            return true;
        }

        /// <summary>A truth value, also as 0 or 1.</summary>
        /// <returns>False when the value is something else.</returns>
        public bool Truth(string key, ref bool value)
        {
            int pair = Find(key);
            if (pair < 0)
            {
                return true;
            }

            // One byte says it all: true and false, and the numbers that some clients send in their place.
            int item = _buffer[_values[pair]];
            if (item != True && item != False && item > 1)
            {
                return false;
            }

            value = item == True || item == 1;
            return true;
        }

        /// <summary>A text string, as bytes: <see cref="Offset"/> and <see cref="Length"/>.</summary>
        /// <returns>False when the value is something else.</returns>
        public bool Text(string key)
        {
            return FindString(key, CborMajor.Text);
        }

        /// <summary>A byte string: <see cref="Offset"/> and <see cref="Length"/>.</summary>
        /// <returns>False when the value is something else.</returns>
        public bool Bytes(string key)
        {
            return FindString(key, CborMajor.Bytes);
        }

        /// <summary>A text of printable ASCII.</summary>
        /// <returns>False when the value is something else or longer.</returns>
        public bool Ascii(string key, int most, ref string value)
        {
            if (!Has(key))
            {
                return true;
            }

            // Only ASCII goes on from here, into the log, the console and file names: no check of UTF-8 is needed anywhere else.
            if (!Text(key) || Length > most || !IsAscii(_buffer, Offset, Length))
            {
                return false;
            }

            value = Length == 0 ? "" : Encoding.UTF8.GetString(_buffer, Offset, Length);
            return true;
        }

        /// <summary>A reader before the key's value; null when the key is absent. Good until the next question.</summary>
        public CborCursor At(string key)
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
            if (_pairs == MaxPairs || !_items.String(CborMajor.Text))
            {
                return false;
            }

            int length = (int)_items.Value;
            int key = _items.Position - length;

            // A key given twice has two values, and two readers could take different ones: refused (RFC 8949 section 5.6).
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

            // The whole value is checked here, whoever asks for it or not: after Read no key can turn out to be malformed.
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

        private bool FindString(string key, CborMajor major)
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
