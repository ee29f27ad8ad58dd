// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Scenes
{
    /// <summary>
    /// The unmoving part of a picture, encoded once at one quality. A new picture encodes only the strips in which something moves and
    /// takes the others from here.
    /// </summary>
    internal sealed class Plate
    {
        private static readonly byte[] Jfif =
        {
            0xFF,
            JpegMarker.Soi,
            0xFF,
            JpegMarker.App0,
            0,
            16,
            (byte)'J',
            (byte)'F',
            (byte)'I',
            (byte)'F',
            0,
            1,
            2,
            0,
            0,
            1,
            0,
            1,
            0,
            0,
        };

        private readonly int _stripsPerLine;
        private readonly byte[] _head;
        private readonly byte[][] _strips;
        private readonly bool[] _moved;
        private readonly StripEncoder _encoder;
        private byte[] _output = new byte[64 * 1024];

        /// <summary>Encodes the unmoving part.</summary>
        /// <param name="still">The picture without what moves.</param>
        /// <param name="quality">1 to 100 on the scale of the Independent JPEG Group.</param>
        public Plate(Canvas still, int quality)
        {
            byte[] luma = Scale(JpegTables.LumaQuantization, quality);
            byte[] chroma = Scale(JpegTables.ChromaQuantization, quality);
            _encoder = new StripEncoder(luma, chroma);
            _stripsPerLine = still.Width / (StripEncoder.UnitWidth * StripEncoder.UnitsPerStrip);
            _head = Head(still, luma, chroma);
            _strips = new byte[_stripsPerLine * (still.Height / StripEncoder.BlockSize)][];
            _moved = new bool[_strips.Length];
            for (int i = 0; i < _strips.Length; i++)
            {
                _strips[i] = _encoder.Encode(still, i).ToArray();
            }
        }

        /// <summary>Tells where the next picture differs from the unmoving one.</summary>
        public void Move(Area area)
        {
            int stripWidth = StripEncoder.UnitWidth * StripEncoder.UnitsPerStrip;
            for (int line = area.Top / StripEncoder.BlockSize; line <= (area.Bottom - 1) / StripEncoder.BlockSize; line++)
            {
                for (int column = area.Left / stripWidth; column <= (area.Right - 1) / stripWidth; column++)
                {
                    _moved[line * _stripsPerLine + column] = true;
                }
            }
        }

        /// <summary>
        /// The JPEG of a picture that differs from the unmoving one only where <see cref="Move"/> was told; forgets those places.
        /// </summary>
        public byte[] Encode(Canvas picture)
        {
            int length = 0;
            Span<byte> marker = stackalloc byte[] { 0xFF, 0 };
            Append(_head, ref length);
            for (int i = 0; i < _strips.Length; i++)
            {
                if (i > 0)
                {
                    marker[1] = (byte)(JpegMarker.Rst0 + (i - 1) % 8);
                    Append(marker, ref length);
                }
                Append(_moved[i] ? _encoder.Encode(picture, i) : _strips[i], ref length);
                _moved[i] = false;
            }
            marker[1] = JpegMarker.Eoi;
            Append(marker, ref length);
            return _output.AsSpan(0, length).ToArray();
        }

        private void Append(ReadOnlySpan<byte> bytes, ref int length)
        {
            if (length + bytes.Length > _output.Length)
            {
                Array.Resize(ref _output, Math.Max(_output.Length * 2, length + bytes.Length));
            }

            bytes.CopyTo(_output.AsSpan(length));
            length += bytes.Length;
        }

        /// <summary>Scales a table as the Independent JPEG Group's library does: 50 leaves it, 100 is all ones.</summary>
        private static byte[] Scale(byte[] table, int quality)
        {
            int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
            var scaled = new byte[64];
            for (int i = 0; i < 64; i++)
            {
                scaled[i] = (byte)Math.Clamp((table[i] * percent + 50) / 100, 1, 255);
            }

            return scaled;
        }

        private static byte[] Head(Canvas picture, byte[] luma, byte[] chroma)
        {
            var head = new MemoryStream();
            head.Write(Jfif);
            Quantization(head, 0, luma);
            Quantization(head, 1, chroma);
            // Three components: luma sampled 2 x 1, both chroma 1 x 1 (4:2:2); 8 bits a sample.
            Segment(
                head,
                JpegMarker.Sof0,
                new byte[]
                {
                    8,
                    (byte)(picture.Height >> 8),
                    (byte)picture.Height,
                    (byte)(picture.Width >> 8),
                    (byte)picture.Width,
                    3,
                    1,
                    0x21,
                    0,
                    2,
                    0x11,
                    1,
                    3,
                    0x11,
                    1,
                }
            );
            Huffman(head, 0x00, JpegTables.LumaDc);
            Huffman(head, 0x10, JpegTables.LumaAc);
            Huffman(head, 0x01, JpegTables.ChromaDc);
            Huffman(head, 0x11, JpegTables.ChromaAc);
            Segment(head, JpegMarker.Dri, new byte[] { 0, StripEncoder.UnitsPerStrip });
            Segment(head, JpegMarker.Sos, new byte[] { 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0 });
            return head.ToArray();
        }

        private static void Quantization(MemoryStream head, byte number, byte[] table)
        {
            var content = new byte[65];
            content[0] = number;
            for (int i = 0; i < 64; i++)
            {
                content[1 + i] = table[JpegTables.ZigZag[i]];
            }

            Segment(head, JpegMarker.Dqt, content);
        }

        private static void Huffman(MemoryStream head, byte classAndNumber, HuffmanTable table)
        {
            var content = new byte[17 + table.Symbols.Length];
            content[0] = classAndNumber;
            table.Counts.CopyTo(content, 1);
            table.Symbols.CopyTo(content, 17);
            Segment(head, JpegMarker.Dht, content);
        }

        private static void Segment(MemoryStream head, byte marker, byte[] content)
        {
            int length = content.Length + 2;
            head.Write(stackalloc byte[] { 0xFF, marker, (byte)(length >> 8), (byte)length });
            head.Write(content);
        }
    }
}
