// SPDX-License-Identifier: MIT

namespace System
{
    /// <summary>nanoFramework's SpanByte: a window over a byte array, with the limits of the native code that takes it.</summary>
    public readonly ref struct SpanByte
    {
        private readonly byte[] _array;
        private readonly int _start;

        /// <summary>A window over a whole array.</summary>
        public SpanByte(byte[] array)
            : this(array, 0, array.Length) { }

        /// <summary>A window over part of an array.</summary>
        public SpanByte(byte[] array, int start, int length)
        {
            if (start < 0 || length < 0 || start + length > array.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(length));
            }

            _array = array;
            _start = start;
            Length = length;
        }

        /// <summary>Bytes in the window.</summary>
        public int Length { get; }

        /// <summary>One byte of it.</summary>
        public byte this[int index]
        {
            get => _array[_start + Checked(index)];
            set => _array[_start + Checked(index)] = value;
        }

        /// <summary>The window as the host's span, for the simulated chips.</summary>
        public Span<byte> Host => _array.AsSpan(_start, Length);

        /// <summary>First byte's index in the array.</summary>
        public int Start => _start;

        /// <summary>A whole array is a window.</summary>
        public static implicit operator SpanByte(byte[] array) => new SpanByte(array);

        private int Checked(int index) => index >= 0 && index < Length ? index : throw new IndexOutOfRangeException();
    }
}
