// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Lapel.Hal;
using Lapel.Scenes;
using SkiaSharp;

namespace Lapel.Cli.Tests
{
    /// <summary>Pictures for tests.</summary>
    internal static class Jpegs
    {
        /// <summary>A baseline picture as the sensor makes it, different for each number.</summary>
        public static byte[] Numbered(int number, FrameSize size = FrameSize.Qvga)
        {
            return new TestScene(DateTime.UnixEpoch).Take(number * 1_000_000L, size, FrameQuality.Low);
        }

        /// <summary>A picture with a whole other picture in an application segment, as cameras put thumbnails.</summary>
        public static byte[] WithThumbnail(byte[] picture, byte[] thumbnail)
        {
            var result = new List<byte> { 0xFF, 0xD8, 0xFF, 0xE1, (byte)((thumbnail.Length + 2) >> 8), (byte)(thumbnail.Length + 2) };
            result.AddRange(thumbnail);
            result.AddRange(picture[2..]);
            return result.ToArray();
        }

        /// <summary>The picture with its start-of-frame code changed: 0xC2 makes its header say progressive.</summary>
        public static byte[] WithProcess(byte[] picture, byte process)
        {
            byte[] changed = (byte[])picture.Clone();
            changed[Find(picture, 0xC0) + 1] = process;
            return changed;
        }

        /// <summary>The picture without the segments of a marker.</summary>
        public static byte[] Without(byte[] picture, byte marker)
        {
            var rest = new List<byte>(picture);
            for (int at = Find(picture, marker); at >= 0; at = Find(rest.ToArray(), marker))
            {
                rest.RemoveRange(at, 2 + ((rest[at + 2] << 8) | rest[at + 3]));
            }

            return rest.ToArray();
        }

        /// <summary>Where the first segment of a marker begins before the picture data; -1 when there is none.</summary>
        public static int Find(byte[] picture, byte marker)
        {
            int at = 2;
            while (picture[at + 1] != marker)
            {
                if (picture[at + 1] == 0xDA)
                {
                    return -1;
                }

                at += 2 + ((picture[at + 2] << 8) | picture[at + 3]);
            }
            return at;
        }

        /// <summary>Decodes with a decoder that is not ours.</summary>
        public static SKBitmap Decode(byte[] picture)
        {
            using var codec = SKCodec.Create(new MemoryStream(picture)) ?? throw new InvalidDataException("no JPEG");
            var bitmap = new SKBitmap(codec.Info);
            SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
            if (result != SKCodecResult.Success)
            {
                throw new InvalidDataException("decoder says " + result);
            }

            return bitmap;
        }
    }
}
