// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What a close by recovery states of the cut (FORMAT.md section 7, key 31).</summary>
    /// <param name="Boot">Boot number of the boot that recovered.</param>
    /// <param name="Utc">UTC at which it did, milliseconds since 1970; null when its clock was unset.</param>
    /// <param name="PresentBound">Most milliseconds of live footage that are lost after the last frame, whoever had the card; null in a
    /// pre-event segment, and when it is not known what the device had committed to.</param>
    public sealed record RecoveryFacts(uint Boot, ulong? Utc, ulong? PresentBound)
    {
        /// <summary>What the device had last committed to (key 35); null when that is not known.</summary>
        public CommittedFacts? Committed { get; internal set; }
    }

    /// <summary>What the device had last committed to before a cut (FORMAT.md section 7, key 35).</summary>
    /// <param name="Segment">The segment that was being written.</param>
    /// <param name="Fragments">Fragments of it that were on the card.</param>
    /// <param name="End">Where the last of them ends, ms since recording zero.</param>
    /// <param name="Missing">At least this many ms of it the card does not hold; 0 when it holds all.</param>
    /// <param name="CutBound">Most ms of live footage that a cut alone takes; null in a pre-event segment.</param>
    public sealed record CommittedFacts(uint Segment, uint Fragments, ulong End, ulong Missing, ulong? CutBound);
}
