// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.PowerCut
{
    /// <summary>Small pictures that are all different: the shift stays small while every path of the firmware is walked.</summary>
    internal sealed class SmallScene : IScene
    {
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            int ms = (int)(timeUs / 1000);
            var picture = new byte[600 + ms * 7 % 700];
            new Random(ms).NextBytes(picture);

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
