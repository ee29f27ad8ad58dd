// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>
    /// Pictures of random bytes between SOI and EOI, larger for better quality: what a driver moves, not what a viewer shows.
    /// </summary>
    internal sealed class NoiseScene : IScene
    {
        public int Bytes { get; init; } = 20_000;

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            var picture = new byte[Bytes >> (int)quality];
            new Random((int)(timeUs / 1000) * 31 + (int)size).NextBytes(picture);

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
