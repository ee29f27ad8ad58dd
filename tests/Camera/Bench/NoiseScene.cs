// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// Pictures of random bytes between SOI and EOI, none like another, about as long as a VGA sensor's: what a camera moves, not what a
    /// viewer shows. The same time gives the same picture.
    /// </summary>
    internal sealed class NoiseScene : IScene
    {
        /// <summary>Mean length at the default quality, bytes.</summary>
        public int Bytes { get; init; } = 18_000;

        /// <summary>How far a length strays from the mean, percent.</summary>
        public int Spread { get; init; } = 20;

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            var random = new Random(unchecked((int)(timeUs / 100) * 31 + (int)size));
            int mean =
                quality == FrameQuality.High ? Bytes * 5 / 3
                : quality == FrameQuality.Default ? Bytes
                : Bytes * 5 / 9;
            var picture = new byte[mean + mean * random.Next(-Spread, Spread + 1) / 100];
            random.NextBytes(picture);

            // As in a JPEG, no start marker within.
            picture.AsSpan().Replace((byte)0xFF, (byte)0xFE);
            picture[0] = 0xFF;
            picture[1] = 0xD8;
            picture[2] = 0xFF;
            picture[3] = 0xDB;
            picture[^2] = 0xFF;
            picture[^1] = 0xD9;
            return picture;
        }
    }
}
