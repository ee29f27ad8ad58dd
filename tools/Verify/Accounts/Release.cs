// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A slot that says that its segment was released, by its catalogue record or by a note in it, and what shows it.</summary>
    /// <param name="File">The slot's file.</param>
    /// <param name="Slot">Slot number.</param>
    /// <param name="RecordingNumber">Recording number, as claimed.</param>
    /// <param name="Segment">Segment number, as claimed.</param>
    /// <param name="Digest">First 8 bytes of the close digest, as claimed.</param>
    /// <param name="Proof">What shows it.</param>
    public sealed record Release(string File, uint Slot, uint RecordingNumber, uint Segment, ulong Digest, ReleaseProof Proof)
    {
        /// <summary>The camera by the slot's note; null when only the catalogue claims it.</summary>
        public byte[]? NotedDevice { get; init; }

        /// <summary>Whether it is no mere claim.</summary>
        public bool IsProved => Proof is ReleaseProof.SignedEntry or ReleaseProof.Receipt;
    }
}
