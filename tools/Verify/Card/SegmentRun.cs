// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Segments in a row of one recording, as a certificate of retirement lists them.</summary>
    /// <param name="Recording">Recording number; 0 for a slot of which nothing was known.</param>
    /// <param name="First">Number of the first segment.</param>
    /// <param name="Count">How many.</param>
    public sealed record SegmentRun(uint Recording, uint First, uint Count);
}
