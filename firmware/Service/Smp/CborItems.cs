// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// Reads CBOR (RFC 8949) from part of an array, item by item, never past its end. Takes maps and arrays of definite and of indefinite
    /// length, as SMP clients send both;
    /// refuses strings in chunks, numbers above 63 bits and nesting deeper than <see cref="MaxDepth"/>.
    /// </summary>
    public sealed class CborItems
    {
        /// <summary>Major type of an unsigned integer.</summary>
        public const int Unsigned = 0;

        /// <summary>Major type of a byte string.</summary>
        public const int Bytes = 2;

        /// <summary>Major type of a text string.</summary>
        public const int Text = 3;

        /// <summary>Major type of an array.</summary>
        public const int Array = 4;

        /// <summary>Major type of a map.</summary>
        public const int Map = 5;

        /// <summary>Deepest nesting inside a value: SMP's own requests use one level.</summary>
        public const int MaxDepth = 8;

        private const int Tag = 6;
        private const int Simple = 7;
        private const int Indefinite = 31;
        private const byte Break = 0xFF;

        private byte[] _buffer;
        private int _end;

        /// <summary>Where the next item begins.</summary>
        public int Position { get; private set; }

        /// <summary>Major type of the last head.</summary>
        public int Major { get; private set; }

        /// <summary>Number in the last head: the value, the bytes of a string, the items of an array or the pairs of a map.</summary>
        public long Value { get; private set; }

        /// <summary>Whether the last head began an array or a map of indefinite length.</summary>
        public bool IsIndefinite { get; private set; }

        /// <summary>Starts reading.</summary>
        public void Begin(byte[] buffer, int position, int end)
        {
            _buffer = buffer;
            Position = position;
            _end = end;
        }

        /// <summary>Reads the head of an item. False when it is malformed or missing.</summary>
        public bool Head()
        {
            if (Position >= _end)
            {
                return false;
            }

            int first = _buffer[Position++];
            Major = first >> 5;
            int information = first & 0x1F;
            Value = information;
            IsIndefinite = information == Indefinite;
            if (IsIndefinite)
            {
                return Major == Array || Major == Map;
            }

            if (information < 24)
            {
                return true;
            }

            return information <= 27 && Number(1 << (information - 24));
        }

        /// <summary>
        /// Reads the head of a string and takes its bytes, which end at <see cref="Position"/>. False when it is no string or not all
        /// there.
        /// </summary>
        /// <param name="major"><see cref="Bytes"/> or <see cref="Text"/>.</param>
        public bool String(int major)
        {
            return Head() && Major == major && TakeBytes();
        }

        /// <summary>Takes the end of an array or map of indefinite length, if it is there.</summary>
        public bool TakeBreak()
        {
            if (Position >= _end || _buffer[Position] != Break)
            {
                return false;
            }

            Position++;
            return true;
        }

        /// <summary>Passes over an item with all that is in it. False when anything of it is malformed.</summary>
        public bool Skip()
        {
            return Skip(MaxDepth);
        }

        private bool Skip(int depth)
        {
            if (!Head())
            {
                return false;
            }

            switch (Major)
            {
                case Bytes:
                case Text:
                    return TakeBytes();
                case Array:
                case Map:
                    return depth > 0 && SkipItems(depth - 1);
                case Tag:
                    return depth > 0 && Skip(depth - 1);
                default:
                    return true;
            }
        }

        private bool SkipItems(int depth)
        {
            bool map = Major == Map;
            bool indefinite = IsIndefinite;
            long items = 0;

            // An item takes a byte at least: what cannot be there is not waited for.
            if (!indefinite && Value > _end - Position)
            {
                return false;
            }

            long expected = map ? Value * 2 : Value;
            while (indefinite ? !TakeBreak() : items < expected)
            {
                if (!Skip(depth))
                {
                    return false;
                }

                items++;
            }

            return !map || (items & 1) == 0;
        }

        private bool TakeBytes()
        {
            if (Value > _end - Position)
            {
                return false;
            }

            Position += (int)Value;
            return true;
        }

        private bool Number(int bytes)
        {
            if (bytes > _end - Position)
            {
                return false;
            }

            long value = 0;
            for (int i = 0; i < bytes; i++)
            {
                value = (value << 8) | _buffer[Position++];
            }

            Value = value;

            // The bits of a floating-point number are never looked at.
            return value >= 0 || Major == Simple;
        }
    }
}
