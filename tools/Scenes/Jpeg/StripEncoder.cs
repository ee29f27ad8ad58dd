// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Scenes
{
    /// <summary>
    /// Encodes a picture strip by strip: a strip is one restart interval of <see cref="UnitsPerStrip"/> minimum coded units (16 x 8 samples
    /// each) and depends on no other, so that strips that did not change since the last picture need not be encoded again. Integer
    /// arithmetic only: every machine makes the same bytes.
    /// </summary>
    internal sealed class StripEncoder
    {
        /// <summary>Minimum coded units a strip: 10 divides the units of a line of every frame size.</summary>
        public const int UnitsPerStrip = 10;

        /// <summary>Samples across a minimum coded unit: two luma blocks.</summary>
        public const int UnitWidth = 16;

        /// <summary>Lines of a block.</summary>
        public const int BlockSize = 8;

        // Half the cosines of k pi / 16 in 1/8192: the factors of the eight-point transform (T.81, A.3.3).
        private const int C1 = 4017;
        private const int C2 = 3784;
        private const int C3 = 3406;
        private const int C4 = 2896;
        private const int C5 = 2276;
        private const int C6 = 1567;
        private const int C7 = 799;

        // The row pass keeps three fraction bits, the column pass removes them with the rest of both scales.
        private const int RowShift = 10;
        private const int ColumnShift = 16;

        private readonly int[] _lumaReciprocals;
        private readonly int[] _chromaReciprocals;
        private readonly int[] _block = new int[64];
        private byte[] _output = new byte[8192];
        private int _length;
        private ulong _bits;
        private int _bitCount;

        /// <summary>Prepares an encoder.</summary>
        /// <param name="lumaQuantization">64 divisors, natural order.</param>
        /// <param name="chromaQuantization">64 divisors, natural order.</param>
        public StripEncoder(byte[] lumaQuantization, byte[] chromaQuantization)
        {
            _lumaReciprocals = Reciprocals(lumaQuantization);
            _chromaReciprocals = Reciprocals(chromaQuantization);
        }

        /// <summary>Encodes one strip; the bytes are valid until the next call.</summary>
        public ReadOnlySpan<byte> Encode(Canvas canvas, int strip)
        {
            int stripsPerLine = canvas.Width / (UnitWidth * UnitsPerStrip);
            int top = strip / stripsPerLine * BlockSize;
            int left = strip % stripsPerLine * UnitWidth * UnitsPerStrip;
            int yDc = 0,
                cbDc = 0,
                crDc = 0;
            _length = 0;
            _bits = 0;
            _bitCount = 0;
            for (int unit = 0; unit < UnitsPerStrip; unit++, left += UnitWidth)
            {
                Block(canvas.Y, top * canvas.Width + left, canvas.Width, _lumaReciprocals, JpegTables.LumaDc, JpegTables.LumaAc, ref yDc);
                Block(
                    canvas.Y,
                    top * canvas.Width + left + BlockSize,
                    canvas.Width,
                    _lumaReciprocals,
                    JpegTables.LumaDc,
                    JpegTables.LumaAc,
                    ref yDc
                );
                int chromaAt = top * (canvas.Width / 2) + left / 2;
                Block(canvas.Cb, chromaAt, canvas.Width / 2, _chromaReciprocals, JpegTables.ChromaDc, JpegTables.ChromaAc, ref cbDc);
                Block(canvas.Cr, chromaAt, canvas.Width / 2, _chromaReciprocals, JpegTables.ChromaDc, JpegTables.ChromaAc, ref crDc);
            }
            // The last byte is filled up with ones (T.81, F.1.2.3).
            if (_bitCount % 8 != 0)
            {
                Put(0x7F, 8 - _bitCount % 8);
            }

            Flush();
            return _output.AsSpan(0, _length);
        }

        private static int[] Reciprocals(byte[] quantization)
        {
            var reciprocals = new int[64];
            for (int i = 0; i < 64; i++)
            {
                reciprocals[i] = ((1 << 16) + quantization[i] / 2) / quantization[i];
            }

            return reciprocals;
        }

        private void Block(byte[] plane, int at, int stride, int[] reciprocals, HuffmanTable dcTable, HuffmanTable acTable, ref int lastDc)
        {
            int[] block = _block;
            for (int row = 0; row < BlockSize; row++, at += stride)
            {
                for (int column = 0; column < BlockSize; column++)
                {
                    block[row * BlockSize + column] = plane[at + column] - 128;
                }
            }

            for (int row = 0; row < BlockSize; row++)
            {
                Transform(block, row * BlockSize, 1, RowShift);
            }

            for (int column = 0; column < BlockSize; column++)
            {
                Transform(block, column, BlockSize, ColumnShift);
            }

            int dc = Quantize(block[0], reciprocals[0]);
            int difference = dc - lastDc;
            lastDc = dc;
            int size = BitLength(Math.Abs(difference));
            Put(dcTable.Code[size], dcTable.Size[size]);
            PutValue(difference, size);

            int zeros = 0;
            for (int k = 1; k < 64; k++)
            {
                int position = JpegTables.ZigZag[k];
                int value = Quantize(block[position], reciprocals[position]);
                if (value == 0)
                {
                    zeros++;
                    continue;
                }
                // F0 stands for sixteen zeros (T.81, F.1.2.2.1).
                for (; zeros > 15; zeros -= 16)
                {
                    Put(acTable.Code[0xF0], acTable.Size[0xF0]);
                }

                size = BitLength(Math.Abs(value));
                int symbol = zeros << 4 | size;
                Put(acTable.Code[symbol], acTable.Size[symbol]);
                PutValue(value, size);
                zeros = 0;
            }
            if (zeros > 0)
            {
                Put(acTable.Code[0], acTable.Size[0]);
            }
        }

        private static void Transform(int[] b, int at, int step, int shift)
        {
            int s0 = b[at] + b[at + 7 * step],
                d0 = b[at] - b[at + 7 * step];
            int s1 = b[at + step] + b[at + 6 * step],
                d1 = b[at + step] - b[at + 6 * step];
            int s2 = b[at + 2 * step] + b[at + 5 * step],
                d2 = b[at + 2 * step] - b[at + 5 * step];
            int s3 = b[at + 3 * step] + b[at + 4 * step],
                d3 = b[at + 3 * step] - b[at + 4 * step];
            int round = 1 << (shift - 1);
            b[at] = (C4 * (s0 + s1 + s2 + s3) + round) >> shift;
            b[at + 4 * step] = (C4 * (s0 - s1 - s2 + s3) + round) >> shift;
            b[at + 2 * step] = (C2 * (s0 - s3) + C6 * (s1 - s2) + round) >> shift;
            b[at + 6 * step] = (C6 * (s0 - s3) - C2 * (s1 - s2) + round) >> shift;
            b[at + step] = (C1 * d0 + C3 * d1 + C5 * d2 + C7 * d3 + round) >> shift;
            b[at + 3 * step] = (C3 * d0 - C7 * d1 - C1 * d2 - C5 * d3 + round) >> shift;
            b[at + 5 * step] = (C5 * d0 - C1 * d1 + C7 * d2 + C3 * d3 + round) >> shift;
            b[at + 7 * step] = (C7 * d0 - C5 * d1 + C3 * d2 - C1 * d3 + round) >> shift;
        }

        private static int Quantize(int coefficient, int reciprocal)
        {
            int value = (Math.Abs(coefficient) * reciprocal + (1 << 15)) >> 16;
            return coefficient < 0 ? -value : value;
        }

        private static int BitLength(int value)
        {
            return 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)value);
        }

        /// <summary>Negative values are written as their ones' complement (T.81, F.1.2.1.1).</summary>
        private void PutValue(int value, int size)
        {
            if (size == 0)
            {
                return;
            }

            Put((value < 0 ? value - 1 : value) & ((1 << size) - 1), size);
        }

        private void Put(int value, int size)
        {
            _bits = _bits << size | (uint)(value & ((1 << size) - 1));
            _bitCount += size;
            if (_bitCount >= 32)
            {
                Flush();
            }
        }

        /// <summary>Writes the whole bytes there are; a zero is stuffed behind each FF (T.81, B.1.1.5).</summary>
        private void Flush()
        {
            if (_length + 16 > _output.Length)
            {
                Array.Resize(ref _output, _output.Length * 2);
            }

            while (_bitCount >= 8)
            {
                _bitCount -= 8;
                byte value = (byte)(_bits >> _bitCount);
                _output[_length++] = value;
                if (value == 0xFF)
                {
                    _output[_length++] = 0;
                }
            }
        }
    }
}
