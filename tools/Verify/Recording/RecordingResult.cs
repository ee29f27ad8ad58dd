// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>
    /// The judgement of one recording. Times are of recording zero and on; UTC is null when the device's clock was unset.
    /// </summary>
    public sealed record RecordingResult
    {
        public required Verdict Verdict { get; init; }
        public required byte[] DeviceId { get; init; }
        public required byte[] RecordingId { get; init; }

        /// <summary>1, 2, 3... over the device's life.</summary>
        public required uint RecordingNumber { get; init; }

        /// <summary>The key judged with; null when none could be had.</summary>
        public required TrustedKey? Key { get; init; }
        public required KeySupplier KeySupplier { get; init; }

        /// <summary>Unit name.</summary>
        public required string Unit { get; init; }
        public required int Width { get; init; }
        public required int Height { get; init; }

        /// <summary>k, the number of the first live segment.</summary>
        public required uint FirstLive { get; init; }

        /// <summary>Number of segments by the last close, null when that is not there.</summary>
        public required uint? SegmentCount { get; init; }

        /// <summary>The segments that are there, by number.</summary>
        public required IReadOnlyList<SegmentResult> Segments { get; init; }

        /// <summary>Numbers of segments known to be missing (at most the first 1,000 of them).</summary>
        public required IReadOnlyList<uint> Missing { get; init; }

        /// <summary>Time of the first frame that is there, UTC.</summary>
        public required DateTime? FromUtc { get; init; }

        /// <summary>End of the last frame that is there, UTC.</summary>
        public required DateTime? ToUtc { get; init; }

        /// <summary>Uncertainty of both, milliseconds; null when unknown.</summary>
        public required ulong? UncertaintyMs { get; init; }
        public required ClockSource ClockSource { get; init; }

        /// <summary>
        /// UTC of recording zero by a signed entry of the audit log, when the clock was unset (FORMAT.md 9.5); null when there is none.
        /// </summary>
        public BoundTime? Bound { get; init; }
        public required uint Boot { get; init; }

        /// <summary>Recording zero, milliseconds since boot.</summary>
        public required ulong ZeroMonotonic { get; init; }

        /// <summary>First frame, milliseconds since recording zero.</summary>
        public required long? FromMs { get; init; }

        /// <summary>End of the last frame, milliseconds since recording zero.</summary>
        public required long? ToMs { get; init; }

        /// <summary>Frames under a signature.</summary>
        public required long SignedFrames { get; init; }

        /// <summary>Frames in an unbroken chain that no signature covers.</summary>
        public required long UnsignedFrames { get; init; }
        public required long SignedFragments { get; init; }
        public required long UnsignedFragments { get; init; }

        /// <summary>Bytes that its segments claim.</summary>
        public required long Bytes { get; init; }

        /// <summary>Milliseconds for which the time line has no frame (after a sensor fault).</summary>
        public required long GapMs { get; init; }

        /// <summary>What the last signature that says it says of the capture; null when none does: not known.</summary>
        public required CaptureCount? Capture { get; init; }
        public required PreEvent? PreEvent { get; init; }
        public required IReadOnlyList<Marker> Markers { get; init; }
        public required IReadOnlyList<Press> Presses { get; init; }

        /// <summary>Segments of which markers and presses are not known: recovery closed them without a checkpoint.</summary>
        public IReadOnlyList<uint> EventsNotKnown { get; init; } = [];

        /// <summary>Markers and presses not listed for want of room.</summary>
        public required ulong UnlistedMarkers { get; init; }
        public required ulong UnlistedPresses { get; init; }

        /// <summary>How the content is sealed; null when it is clear. As the init says where nothing is signed.</summary>
        public Sealing? Sealing { get; init; }

        /// <summary>Why the last live one closed: 1 stopped, 2 slot full, 3 card full, 4 fault, 6 slot too small; 0 when open.</summary>
        public required uint CloseReason { get; init; }
        public required Statistics? Statistics { get; init; }

        /// <summary>What is known of the cut when the last segment was closed by recovery, else null.</summary>
        public required RecoveryFacts? Recovery { get; init; }

        /// <summary>Digest of the configuration; null: not known.</summary>
        public byte[]? Configuration { get; init; }

        /// <summary>Millivolts of the battery; null: not known.</summary>
        public ulong? BatteryMillivolts { get; init; }

        /// <summary>Per cent of the battery; null: not known.</summary>
        public ulong? BatteryPercent { get; init; }

        /// <summary>The firmwares that recorded it: one, unless a manifest disagrees; none when nothing of its own is signed.</summary>
        public required IReadOnlyList<FirmwareStatement> Firmware { get; init; }

        /// <summary>The last manifest; null when nothing is signed.</summary>
        public required Manifest? LastManifest { get; init; }

        /// <summary>The last close digest when the recording is complete to its last segment.</summary>
        public required byte[]? LastClose { get; init; }

        /// <summary>Everything that was found, its segments' findings included.</summary>
        public required IReadOnlyList<Finding> Findings { get; init; }
    }
}
