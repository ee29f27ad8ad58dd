// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>What the simulated sensor sees.</summary>
    public interface IScene
    {
        /// <summary>The JPEG the sensor would take at this moment: baseline, SOI to EOI. The same arguments give the same bytes.</summary>
        /// <param name="timeUs">Virtual time of the exposure since power-on, microseconds.</param>
        /// <param name="size">Frame size the chip is set to; a scene of recorded pictures may give them as they are.</param>
        /// <param name="quality">Quality the chip is set to; recorded pictures may ignore it.</param>
        byte[] Take(long timeUs, FrameSize size, FrameQuality quality);
    }
}
