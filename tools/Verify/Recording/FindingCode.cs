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

        /// <summary>A segment that is there a second time; not counted.</summary>
        Copy,

        /// <summary>Something that says that it is a segment which is there whole elsewhere, and is not it; not counted.</summary>
        AlteredCopy,

        /// <summary>A second card root beside the one that is judged.</summary>
        SecondRoot,

        /// <summary>A file under a slot's name that plays and is no segment.</summary>
        OtherMovie,

        /// <summary>A release that only an entry claims which nothing signs yet.</summary>
        ReleaseUnsigned,

        /// <summary>A release of which no log that is here could tell.</summary>
        ReleaseNotKnown,

        /// <summary>A release that the log would have to tell of, and does not.</summary>
        ReleaseContradicted,

        /// <summary>A receipt is forged, damaged, of another archive, or for something else than it was given for.</summary>
        ReceiptRefused,

        /// <summary>The registry that was given has no key of the device.</summary>
        KeyUnknown,

        /// <summary>A segment of one camera in the folder of another.</summary>
        WrongFolder,

        /// <summary>A recording that log, links or numbers know of and that is not here.</summary>
        MissingRecording,

        /// <summary>The log says that another recording has this number, or that it began at another time.</summary>
        BegunOtherwise,

        /// <summary>The log names another last close.</summary>
        ClosedOtherwise,

        /// <summary>The log says that it was closed properly; here it ends without that.</summary>
        Shortened,

        /// <summary>The log names another close by recovery.</summary>
        RecoveredOtherwise,

        /// <summary>The log shows it recording later than its end and all that its recovery says may be lost.</summary>
        ActivityAfterEnd,

        /// <summary>The log has markers that its manifests do not list.</summary>
        MarkersDisagree,
    }
}
