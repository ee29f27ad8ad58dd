// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>What the resolution codes mean to the chip: another table for identities below 0x85.</summary>
    internal static class MegaResolutions
    {
        /// <summary>The size of a code, or null for one that the scenes here do not offer.</summary>
        public static FrameSize? Find(int id, int code) =>
            (id < 0x85, code) switch
            {
                (true, 0x01) => FrameSize.Qvga,
                (true, 0x02) => FrameSize.Vga,
                (true, 0x04) => FrameSize.Hd,
                (false, 0x03) => FrameSize.Qvga,
                (false, 0x05) => FrameSize.Vga,
                (false, 0x06) => FrameSize.Svga,
                (false, 0x08) => FrameSize.Hd,
                _ => null,
            };
    }
}
