// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Pictures as a sensor takes them, and what a fault of the module makes of them while <see cref="Spoil"/> is set.</summary>
    internal sealed class SpoiledScene : IScene
    {
        private readonly NoiseScene _scene = new();

        public Func<byte[], byte[]>? Spoil { get; set; }

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            byte[] picture = _scene.Take(timeUs, size, quality);
            return Spoil == null ? picture : Spoil(picture);
        }
    }
}
