// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>One picture the simulated chip took and offered in its FIFO.</summary>
    /// <param name="CommandedUs">When the capture was commanded.</param>
    /// <param name="ExposedUs">When the exposure began: the sensor's next frame.</param>
    /// <param name="DoneUs">When the picture was in the FIFO.</param>
    /// <param name="Size">Frame size set.</param>
    /// <param name="Quality">Quality set.</param>
    /// <param name="Length">Bytes of the JPEG.</param>
    /// <param name="Padding">Bytes of padding after it in the FIFO.</param>
    /// <param name="Sha256">SHA-256 of the JPEG, lower-case hex; empty when the log keeps no digests.</param>
    /// <param name="Bytes">The JPEG; null when the log keeps none.</param>
    public sealed record MegaPicture(
        long CommandedUs,
        long ExposedUs,
        long DoneUs,
        FrameSize Size,
        FrameQuality Quality,
        int Length,
        int Padding,
        string Sha256,
        byte[]? Bytes
    );
}
