// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>What was found in one slot file.</summary>
    public sealed class SegmentResult
    {
        /// <summary>File name.</summary>
        public required string Name { get; init; }

        /// <summary>Where it was read from; null when it was in memory.</summary>
        public string? Path { get; init; }

        /// <summary>Slot number by the file's name, null when the name is no slot's.</summary>
        public uint? NamedSlot { get; init; }

        public SegmentState State { get; internal set; }

        /// <summary>The segment header as it stands; null when there is none.</summary>
        public SegmentHeader? Header { get; internal set; }

        /// <summary>What the init of a sealed segment says of its seal; null when it is clear or damaged.</summary>
        public Seal? Seal { get; internal set; }

        /// <summary>The manifest of the last signed block that agrees with what stands before it; null when nothing is signed.</summary>
        public Manifest? LastManifest { get; internal set; }

        /// <summary>
        /// The firmware that recorded it, not the one that recovered it; null when nothing of the recording's own is signed.
        /// </summary>
        public FirmwareStatement? Firmware { get; internal set; }

        /// <summary>The close digest of a closed segment.</summary>
        public byte[]? CloseDigest { get; internal set; }

        /// <summary>The audit log's heads that its signed blocks state.</summary>
        public List<AuditHead> AuditHeads { get; } = [];

        /// <summary>Signed blocks whose signature holds, the close included.</summary>
        public int Signatures { get; internal set; }

        /// <summary>Fragments under the last good signature.</summary>
        public uint SignedFragments { get; internal set; }

        /// <summary>Further fragments of an open segment whose chain agrees but that no signature covers.</summary>
        public uint UnsignedFragments { get; internal set; }

        /// <summary>Frames under the last good signature.</summary>
        public uint SignedFrames { get; internal set; }

        /// <summary>Frames in the unsigned fragments.</summary>
        public uint UnsignedFrames { get; internal set; }

        /// <summary>Of a pre-event segment: when its frames begin, ms since recording zero; of others nothing.</summary>
        public List<long> PreEventTimes { get; } = [];

        /// <summary>Frame index in the recording after the last frame that agrees.</summary>
        public uint EndFrame { get; internal set; }

        /// <summary>Milliseconds since recording zero of the first frame, null without frames.</summary>
        public long? StartTime { get; internal set; }

        /// <summary>Milliseconds since recording zero at which the last frame that agrees ends.</summary>
        public long? EndTime { get; internal set; }

        /// <summary>
        /// Bytes that the segment claims: up to the end of the close block or of the last unit that agrees, and the index.
        /// </summary>
        public long Bytes { get; internal set; }

        /// <summary>Milliseconds for which the time line has no frame (after a sensor fault).</summary>
        public long GapMs { get; internal set; }

        /// <summary>The key that it was judged with.</summary>
        public TrustedKey? Key { get; internal set; }

        /// <summary>Who supplied it.</summary>
        public KeySupplier KeySupplier { get; internal set; }

        /// <summary>Everything that was found.</summary>
        public List<Finding> Findings { get; } = [];

        /// <summary>Whether anything disagrees.</summary>
        public bool HasErrors => Findings.Any(f => f.Severity == Severity.Error);

        /// <summary>Device id: the signed one when there is a signature, else the header's.</summary>
        public byte[]? DeviceId => LastManifest?.DeviceId ?? Header?.DeviceId;

        /// <summary>Recording id: the signed one when there is a signature, else the header's.</summary>
        public byte[]? RecordingId => LastManifest?.RecordingId ?? Header?.RecordingId;

        /// <summary>Segment number: the signed one when there is a signature, else the header's.</summary>
        public uint? Segment => LastManifest?.Segment ?? Header?.Segment;
    }
}
