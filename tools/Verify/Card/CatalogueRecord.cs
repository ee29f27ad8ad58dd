// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What the catalogue says of a slot (FORMAT.md 2.2): an index, not evidence.</summary>
    public sealed record CatalogueRecord(
        byte State,
        uint RecordingNumber,
        uint Segment,
        uint SectorsUsed,
        uint Utc,
        uint Fragments,
        ulong Digest
    )
    {
        public const byte Free = 0,
            Open = 1,
            Closed = 2,
            Released = 3,
            Bad = 4,
            Releasing = 5;
    }
}
