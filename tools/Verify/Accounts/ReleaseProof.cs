// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What shows that a segment was released by a receipt (FORMAT.md 10.3).</summary>
    public enum ReleaseProof
    {
        /// <summary>An entry of the audit log that a signature covers.</summary>
        SignedEntry,

        /// <summary>A receipt of the archive, whose key the reader gave: it names just this segment of this camera.</summary>
        Receipt,

        /// <summary>An entry that nothing signs yet: anybody with the card can write one.</summary>
        UnsignedEntry,

        /// <summary>The log does not reach back that far, or there is none: whether it was is not known.</summary>
        NotKnown,

        /// <summary>The log reaches back that far and has no such entry: it was not released by a receipt.</summary>
        Contradicted,
    }
}
