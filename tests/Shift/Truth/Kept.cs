// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Verify;
using Lapel.WholeCamera.Tests;

namespace Lapel.Shift.Tests
{
    /// <summary>A segment that is kept somewhere.</summary>
    /// <param name="Result">What the verifier says of it.</param>
    /// <param name="Path">Its file in the store; null when it is on the card alone.</param>
    /// <param name="Slot">Its slot on the card; null when it is in the store alone.</param>
    /// <param name="Frames">Its frames, as far as a signature covers them, and which pictures they are; null where one is none that was
    /// taken.</param>
    internal sealed record Kept(
        SegmentResult Result,
        string? Path,
        uint? Slot,
        IReadOnlyList<(StoredFrame Frame, (int Boot, int Number)? Picture)> Frames
    )
    {
        public uint Recording => Result.Header!.RecordingNumber;

        public uint Segment => Result.Header!.Segment;
    }
}
