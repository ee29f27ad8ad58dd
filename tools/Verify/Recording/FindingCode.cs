// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>The kind of a finding, for programs.</summary>
    public enum FindingCode
    {
        /// <summary>Bytes do not have the layout that the format fixes.</summary>
        Malformed,

        /// <summary>The layout is right but the hash differs.</summary>
        Altered,
        Removed,
        Repeated,
        OutOfOrder,
        Truncated,

        /// <summary>Belongs to another device, recording or segment.</summary>
        WrongIdentity,
        UnknownVersion,
        UnknownManifestKey,
        BadManifest,
        BadSignature,
        KeyMismatch,

        /// <summary>A signed statement differs from what was read.</summary>
        ManifestMismatch,
        CheckpointRemoved,
        CheckpointReplayed,
        IndexMismatch,
        TimeOverlap,
        TimeGap,
        FrameHole,
        NotClosed,

        /// <summary>What follows the last good fragment of an open segment: a cut write or stale data.</summary>
        UnclaimedTail,
        NotSigned,
        MissingSegment,
        DuplicateSegment,
        LinkMismatch,
        CountMismatch,
        HeaderDisagrees,
        SlotMismatch,
        NoSegment,
        Foreign,
        MissingFile,
        Unreadable,
        Catalogue,
        DeviceKeyFile,
        Clock,
        SparseCheckpoints,
        Statement,
    }
}
