// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Reads CBOR (RFC 8949) from part of an array, item by item, never past its end.</summary>
    /// <remarks>
    /// The one decoder of the device: documents, manifests and SMP requests differ in their <see cref="CborPolicy"/> alone. Works in place
    /// and allocates nothing, so that a request costs no memory. It takes one array and is begun anew for each. The first fault sticks: a
    /// caller may go on asking and look once, at the end.
    /// </remarks>
    public sealed class CborCursor
    {
        /// <summary>Most levels of arrays and maps inside a value of a signed map: manifests have two, documents three.</summary>
        public const int SignedDepth = 4;

        /// <summary>Most levels inside a value of a request: SMP's own requests use one.</summary>
        public const int RequestDepth = 8;

        private const int Indefinite = 31;
        private const int False = 20;
        private const int NullValue = 22;
        private const byte Null = 0xF6;
        private const byte Break = 0xFF;

        private readonly bool _isSigned;
        private byte[] _buffer;
        private int _end;
        private int _at;
        private CborMajor _major;
        private long _value;
        private bool _isIndefinite;
        private CborFault _fault;

        /// <summary>A cursor that reads nothing yet: <see cref="Begin"/> gives it bytes.</summary>
        /// <param name="policy">What it takes.</param>
        public CborCursor(CborPolicy policy)
        {
            _isSigned = policy == CborPolicy.Signed;
        }

        /// <summary>Index in the array of the byte at which the next item begins.</summary>
        public int Position
        {
            get { return _at; }
        }

        /// <summary>Major type of the last head.</summary>
        public CborMajor Major
        {
            get { return _major; }
        }

        /// <summary>
        /// Number in the last head, 0 to 2^63 - 1: the value, the bytes of a string, the items of an array or the pairs of a map.
        /// Meaningless for floating point.
        /// </summary>
        public long Value
        {
            get { return _value; }
        }

        /// <summary>
        /// Whether the last head began an array or a map of indefinite length; never under <see cref="CborPolicy.Signed"/>.
        /// </summary>
        public bool IsIndefinite
        {
            get { return _isIndefinite; }
        }

        /// <summary>Why the first thing that was refused was; <see cref="CborFault.None"/> while all is well.</summary>
        public CborFault Fault
        {
            get { return _fault; }
        }

        /// <summary>Begins to read part of an array.</summary>
        /// <param name="buffer">The array; it is not copied.</param>
        /// <param name="position">Index of the first byte.</param>
        /// <param name="end">Index after the last byte, at most the array's length.</param>
        public void Begin(byte[] buffer, int position, int end)
        {
            _buffer = buffer;
            _at = position;
            _end = end;
            _fault = CborFault.None;
        }

        /// <summary>Reads the head of an item.</summary>
        /// <returns>False when it is missing or refused.</returns>
        public bool Head()
        {
            if (_fault != CborFault.None || _at >= _end)
            {
                return Refuse(CborFault.Missing);
            }

            int first = _buffer[_at++];
            int information = first & 0x1F;
            _major = (CborMajor)(first >> 5);
            _value = information;
            _isIndefinite = false;
            if (_isSigned && _major >= CborMajor.Tag && !IsPlain(information))
            {
                return Refuse(first == Break ? CborFault.StrayBreak : CborFault.NotAllowed);
            }

            if (information < 24)
            {
                return true;
            }

            if (information > 27)
            {
                return Unbounded(information);
            }

            return Number(1 << (information - 24));
        }

        /// <summary>Reads the head of an item of this type.</summary>
        /// <returns>False when it is missing, refused or of another type.</returns>
        public bool Head(CborMajor major)
        {
            return Head() && (_major == major || Refuse(CborFault.WrongType));
        }

        /// <summary>
        /// Reads the head of a string and takes its bytes: <see cref="Value"/> of them, which end at <see cref="Position"/>.
        /// </summary>
        /// <param name="major"><see cref="CborMajor.Bytes"/> or <see cref="CborMajor.Text"/>.</param>
        /// <returns>False when it is no string of this type or not all there.</returns>
        public bool String(CborMajor major)
        {
            return Head(major) && TakeBytes();
        }

        /// <summary>Takes null, if it stands here.</summary>
        public bool TakeNull()
        {
            return TakeByte(Null);
        }

        /// <summary>Takes the end of an array or map of indefinite length, if it stands here.</summary>
        public bool TakeBreak()
        {
            return TakeByte(Break);
        }

        /// <summary>Passes over an item with all that is in it.</summary>
        /// <returns>False when anything of it is refused.</returns>
        public bool Skip()
        {
            return Skip(_isSigned ? SignedDepth : RequestDepth);
        }

        // The first fault is the one to tell: what follows from it is not.
        private bool Refuse(CborFault fault)
        {
            if (_fault == CborFault.None)
            {
                _fault = fault;
            }

            return false;
        }

        private bool IsPlain(int information)
        {
            return _major == CborMajor.Simple && information >= False && information <= NullValue;
        }

        // 28 to 31: kept for later, a length that is told by a break, or the break itself.
        private bool Unbounded(int information)
        {
            if (information != Indefinite || _major <= CborMajor.Negative || _major == CborMajor.Tag)
            {
                return Refuse(CborFault.Reserved);
            }

            if (_major == CborMajor.Simple)
            {
                return Refuse(CborFault.StrayBreak);
            }

            // A string in chunks would have to be put together in memory of its own; no client sends one.
            if (_isSigned || _major <= CborMajor.Text)
            {
                return Refuse(CborFault.Indefinite);
            }

            _isIndefinite = true;
            return true;
        }

        private bool Number(int bytes)
        {
            if (bytes > _end - _at)
            {
                return Refuse(CborFault.CutShort);
            }

            long value = 0;
            for (int i = 0; i < bytes; i++)
            {
                value = (value << 8) | _buffer[_at++];
            }

            _value = value;

            // A head of n bytes is shortest when n / 2 bytes do not hold it: 24, 2^8, 2^16, 2^32. Above 63 bits the value is negative.
            if (_isSigned && value >= 0 && value < (bytes == 1 ? 24 : 1L << (4 * bytes)))
            {
                return Refuse(CborFault.NotShortest);
            }

            // The bits of a floating-point number are never looked at.
            return value >= 0 || _major == CborMajor.Simple || Refuse(CborFault.TooLarge);
        }

        private bool TakeByte(byte item)
        {
            if (_fault != CborFault.None || _at >= _end || _buffer[_at] != item)
            {
                return false;
            }

            _at++;
            return true;
        }

        private bool TakeBytes()
        {
            if (_value > _end - _at)
            {
                return Refuse(CborFault.CutShort);
            }

            _at += (int)_value;
            return true;
        }

        // Calls itself once a level, so the stack is bounded by the policy's depth, whatever a stranger sends.
        private bool Skip(int depth)
        {
            if (!Head())
            {
                return false;
            }

            switch (_major)
            {
                case CborMajor.Bytes:
                case CborMajor.Text:
                    return TakeBytes();
                case CborMajor.Array:
                case CborMajor.Map:
                    return depth > 0 ? SkipItems(depth - 1) : Refuse(CborFault.TooDeep);
                case CborMajor.Tag:
                    return depth > 0 ? Skip(depth - 1) : Refuse(CborFault.TooDeep);
                default:
                    return true;
            }
        }

        private bool SkipItems(int depth)
        {
            bool map = _major == CborMajor.Map;
            bool indefinite = _isIndefinite;
            long items = 0;
            long key = -1;

            // An item takes a byte at least: what cannot be there is not waited for, and the count below stays small.
            if (!indefinite && _value > _end - _at)
            {
                return Refuse(CborFault.CutShort);
            }

            long expected = map ? _value * 2 : _value;
            while (indefinite ? !TakeBreak() : items < expected)
            {
                bool ordered = _isSigned && map && (items & 1) == 0;
                if (ordered ? !NextKey(ref key) : !Skip(depth))
                {
                    return false;
                }

                items++;
            }

            return !map || (items & 1) == 0 || Refuse(CborFault.StrayBreak);
        }

        private bool NextKey(ref long key)
        {
            if (!Head())
            {
                return false;
            }

            if (_major != CborMajor.Unsigned || _value <= key)
            {
                return Refuse(CborFault.KeyOrder);
            }

            key = _value;
            return true;
        }
    }
}
