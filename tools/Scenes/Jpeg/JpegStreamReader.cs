// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Scenes
{
    /// <summary>
    /// Takes JPEG pictures one after another from a stream by walking their marker segments (ITU-T T.81, B.1), so that an end-of-image
    /// code inside a segment, such as that of a thumbnail, ends nothing. Zero bytes between pictures are padding and skipped.
    /// </summary>
    public sealed class JpegStreamReader
    {
        private const int BufferSize = 64 * 1024;

        /// <summary>A picture larger than this is taken for a damaged stream: the sensor's FIFO length has 24 bits.</summary>
        private const int MaxPictureBytes = 1 << 24;

        private readonly Stream _stream;
        private readonly string _source;
        private readonly byte[] _buffer = new byte[BufferSize];
        private int _filled;
        private int _taken;
        private byte[] _picture = new byte[BufferSize];
        private int _length;

        /// <summary>Reads from the stream's present position. The stream stays the caller's.</summary>
        /// <param name="stream">Source of the pictures.</param>
        /// <param name="source">How to name the source in errors.</param>
        public JpegStreamReader(Stream stream, string source)
        {
            _stream = stream;
            _source = source;
        }

        /// <summary>Bytes from the first one read to the next one to be read.</summary>
        public long Position { get; private set; }

        /// <summary>Where the picture read last begins, counted as <see cref="Position"/>.</summary>
        public long PictureStart { get; private set; }

        /// <summary>The next picture, or null at the end of the stream.</summary>
        /// <exception cref="SceneException">What follows is not a JPEG, is damaged, or is cut short.</exception>
        public JpegPicture? Read()
        {
            int first;
            do
            {
                first = Next();
            } while (first == 0);
            if (first < 0)
            {
                return null;
            }

            _length = 0;
            PictureStart = Position - 1;
            if (first != 0xFF || Next() != JpegMarker.Soi)
            {
                throw NotJpeg(PictureStart, "does not begin with FF D8");
            }

            Keep(0xFF);
            Keep(JpegMarker.Soi);
            return Body();
        }

        private JpegPicture Body()
        {
            int width = 0,
                height = 0;
            byte process = 0;
            bool quantization = false,
                huffman = false,
                scanned = false;
            int marker = Marker(Must());
            while (true)
            {
                long at = Position - 2;
                if (marker == JpegMarker.Eoi)
                {
                    if (!scanned)
                    {
                        throw NotJpeg(at, "ends without picture data");
                    }

                    return new JpegPicture(_picture[.._length], width, height, process, quantization && huffman);
                }
                if (marker == JpegMarker.Soi)
                {
                    throw NotJpeg(at, "begins again (FF D8) before its end: cut short");
                }

                if (marker == JpegMarker.Tem || (marker >= JpegMarker.Rst0 && marker <= JpegMarker.Rst7) || marker == 0)
                {
                    throw NotJpeg(at, $"has FF {marker:X2} where a segment belongs");
                }

                int body = Segment(at);
                if (JpegMarker.IsStartOfFrame(marker))
                {
                    if (process != 0)
                    {
                        throw NotJpeg(at, "has two frame headers");
                    }

                    if (_length - body < 6)
                    {
                        throw NotJpeg(at, "has a frame header that is too short");
                    }

                    process = (byte)marker;
                    height = (_picture[body + 1] << 8) | _picture[body + 2];
                    width = (_picture[body + 3] << 8) | _picture[body + 4];
                    if (width == 0 || height == 0)
                    {
                        throw NotJpeg(at, "has no width or height");
                    }
                }
                else if (marker == JpegMarker.Dqt)
                {
                    quantization = true;
                }
                else if (marker == JpegMarker.Dht)
                {
                    huffman = true;
                }

                if (marker == JpegMarker.Sos)
                {
                    if (process == 0)
                    {
                        throw NotJpeg(at, "has picture data without a frame header");
                    }

                    scanned = true;
                    marker = Scan();
                }
                else
                {
                    marker = Marker(Must());
                }
            }
        }

        /// <summary>Takes a segment's length and content; returns where its content begins in the picture.</summary>
        private int Segment(long at)
        {
            int high = Must();
            int low = Must();
            int length = (high << 8) | low;
            if (length < 2)
            {
                throw NotJpeg(at, $"has a segment of impossible length {length}");
            }

            int body = _length;
            for (int i = 2; i < length; i++)
            {
                Must();
            }

            return body;
        }

        /// <summary>
        /// Takes entropy-coded data up to the next marker that is neither a stuffed zero nor a restart; returns that marker.
        /// </summary>
        private int Scan()
        {
            while (true)
            {
                if (Must() != 0xFF)
                {
                    continue;
                }

                int code = Marker(0xFF);
                if (code != 0 && (code < JpegMarker.Rst0 || code > JpegMarker.Rst7))
                {
                    return code;
                }
            }
        }

        /// <summary>The marker whose first byte was just taken; any number of fill bytes (further FF) may stand before its code.</summary>
        private int Marker(int first)
        {
            if (first != 0xFF)
            {
                throw NotJpeg(Position - 1, $"has byte {first:X2} where a marker belongs");
            }

            int code = Must();
            while (code == 0xFF)
            {
                code = Must();
            }

            return code;
        }

        private void Keep(byte value)
        {
            if (_length == MaxPictureBytes)
            {
                throw NotJpeg(PictureStart, $"has no end within {MaxPictureBytes} bytes");
            }

            if (_length == _picture.Length)
            {
                Array.Resize(ref _picture, _length * 2);
            }

            _picture[_length++] = value;
        }

        /// <summary>The next byte, kept as part of the picture.</summary>
        private int Must()
        {
            int value = Next();
            if (value < 0)
            {
                throw NotJpeg(PictureStart, "is cut short: the data ends before its end-of-image marker");
            }

            Keep((byte)value);
            return value;
        }

        private int Next()
        {
            if (_taken == _filled)
            {
                _filled = _stream.Read(_buffer, 0, BufferSize);
                _taken = 0;
                if (_filled == 0)
                {
                    return -1;
                }
            }
            Position++;
            return _buffer[_taken++];
        }

        private SceneException NotJpeg(long at, string what)
        {
            return new SceneException(
                PictureStart == 0 && Position <= 2
                    ? $"{_source} is not a JPEG: it {what}"
                    : $"{_source}: the JPEG at byte {PictureStart} {what} (byte {at})"
            );
        }
    }
}
