// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Scenes
{
    /// <summary>The frame sizes in samples.</summary>
    public static class FrameSizes
    {
        /// <summary>Width and height of a frame size.</summary>
        public static (int Width, int Height) Pixels(FrameSize size)
        {
            return size switch
            {
                FrameSize.Qvga => (320, 240),
                FrameSize.Vga => (640, 480),
                FrameSize.Svga => (800, 600),
                FrameSize.Hd => (1280, 720),
                _ => throw new ArgumentOutOfRangeException(nameof(size), size, "no such frame size"),
            };
        }
    }
}
