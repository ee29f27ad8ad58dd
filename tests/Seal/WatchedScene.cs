// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Seal.Tests;

/// <summary>Gives pictures of changing size, every one different, and keeps each that the sensor took.</summary>
public sealed class WatchedScene : IScene
{
    public List<byte[]> Taken { get; } = [];

    public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
    {
        var random = new Random((int)(timeUs / 1000));
        var picture = new byte[14_000 + random.Next(9_000)];
        random.NextBytes(picture);
        picture[0] = 0xFF;
        picture[1] = 0xD8;

        // No marker within: the camera looks for the first EOI.
        for (int i = 2; i < picture.Length - 2; i++)
        {
            if (picture[i] == 0xFF)
            {
                picture[i] = 0;
            }
        }

        picture[2] = 0xFF;
        picture[3] = 0xDB;
        picture[^2] = 0xFF;
        picture[^1] = 0xD9;
        Taken.Add(picture);
        return picture;
    }
}
