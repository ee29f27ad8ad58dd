// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What a close by recovery states of the cut (FORMAT.md section 7, key 31).</summary>
    /// <param name="Boot">Boot number of the boot that recovered.</param>
    /// <param name="Utc">UTC at which it did, milliseconds since 1970; null when its clock was unset.</param>
    /// <param name="PresentBound">Most milliseconds of the present that are lost after the last frame; null in a segment of the
    /// past.</param>
    public sealed record RecoveryFacts(uint Boot, ulong? Utc, ulong? PresentBound);
}
