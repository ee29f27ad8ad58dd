// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.CostMeter.Scenarios;

/// <summary>Pictures of fixed size between the markers of a JPEG: the firmware looks at nothing else in them.</summary>
public sealed class NoiseScene(int bytes) : IScene
{
    public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
    {
        byte[] picture = new byte[bytes];
        new Random((int)(timeUs / 1000)).NextBytes(picture);

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
