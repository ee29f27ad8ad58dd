// SPDX-License-Identifier: MIT

namespace Lapel.Link.Tests
{
    /// <summary>A slot of the reference camera.</summary>
    internal sealed class ReferenceItem(
        int slot,
        uint recording,
        uint segment,
        long sectors,
        uint utcSeconds,
        uint fragments,
        byte[] closeDigest,
        byte[] bytes
    )
    {
        public int Slot { get; } = slot;

        public uint Recording { get; } = recording;

        public uint Segment { get; } = segment;

        public long Sectors { get; } = sectors;

        public uint UtcSeconds { get; } = utcSeconds;

        public uint Fragments { get; } = fragments;

        public byte[] CloseDigest { get; } = closeDigest;

        public byte[] Bytes { get; } = bytes;

        public int State { get; set; } = 2;
    }
}
