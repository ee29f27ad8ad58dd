// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>A signed manifest (FORMAT.md 3.4); properties in the order of its keys.</summary>
    public sealed class Manifest
    {
        public bool IsClose { get; internal set; }
        public byte[] DeviceId { get; internal set; } = [];
        public byte[] RecordingId { get; internal set; } = [];
        public uint RecordingNumber { get; internal set; }
        public uint Segment { get; internal set; }

        /// <summary>k, the number of the first live segment.</summary>
        public uint FirstLive { get; internal set; }

        /// <summary>Fragments before this block.</summary>
        public uint Fragments { get; internal set; }

        /// <summary>Chain value before this block.</summary>
        public byte[] Chain { get; internal set; } = [];

        /// <summary>Sector at which this block begins.</summary>
        public uint Sector { get; internal set; }

        /// <summary>Close digest of the segment before in its chain.</summary>
        public byte[]? PreviousClose { get; internal set; }

        /// <summary>Close digest of segment k-1.</summary>
        public byte[]? PreEventClose { get; internal set; }

        /// <summary>Milliseconds since boot of recording zero.</summary>
        public ulong ZeroMonotonic { get; internal set; }
        public ulong? ZeroUtc { get; internal set; }
        public ulong? Uncertainty { get; internal set; }
        public ClockSource Source { get; internal set; }
        public uint Boot { get; internal set; }

        /// <summary>Milliseconds since boot at which it was signed.</summary>
        public ulong SignedMonotonic { get; internal set; }
        public uint FirstFrame { get; internal set; }
        public uint Frames { get; internal set; }

        /// <summary>Milliseconds since recording zero of the segment's first frame.</summary>
        public ulong StartTime { get; internal set; }

        /// <summary>Milliseconds since recording zero at which its last frame ends.</summary>
        public ulong EndTime { get; internal set; }
        /// <summary>
        /// Whether it states capture, pre-event, events, configuration and battery, or a checkpoint does that it was taken from; a close by
        /// recovery without one leaves them not known.
        /// </summary>
        public bool HasFacts { get; internal set; }

        /// <summary>Null: not known.</summary>
        public CaptureCount? Capture { get; internal set; }

        /// <summary>Null: not known.</summary>
        public PreEvent? PreEvent { get; internal set; }
        public IReadOnlyList<Marker> Markers { get; internal set; } = [];
        public IReadOnlyList<Press> Presses { get; internal set; } = [];
        public ulong UnlistedMarkers { get; internal set; }
        public ulong UnlistedPresses { get; internal set; }

        /// <summary>How the content is sealed; null when it is clear.</summary>
        public Sealing? Sealing { get; internal set; }

        /// <summary>The firmware that signed.</summary>
        public FirmwareStatement Firmware { get; internal set; } = new("", null, "", "", null);

        /// <summary>Digest of the configuration; null: not known.</summary>
        public byte[]? Configuration { get; internal set; }

        /// <summary>Null: not known.</summary>
        public ulong? BatteryMillivolts { get; internal set; }

        /// <summary>Null: not known.</summary>
        public ulong? BatteryPercent { get; internal set; }

        /// <summary>The audit log's head when this was signed; null when there was no log.</summary>
        public AuditHead? AuditHead { get; internal set; }

        /// <summary>The previous recording's last close digest.</summary>
        public byte[]? PreviousRecording { get; internal set; }

        /// <summary>Why: 1 stopped, 2 slot full, 3 card full, 4 fault, 5 recovered, 6 slot too small; 0 if none.</summary>
        public uint CloseReason { get; internal set; }
        public uint IndexSector { get; internal set; }
        public uint IndexSectors { get; internal set; }

        /// <summary>B of the index block.</summary>
        public byte[] IndexDigest { get; internal set; } = [];

        /// <summary>In the last close of a recording the number of its segments.</summary>
        public uint? Segments { get; internal set; }
        public Statistics? Statistics { get; internal set; }

        /// <summary>In a close by recovery what is known of the cut.</summary>
        public RecoveryFacts? Recovery { get; internal set; }

        /// <summary>
        /// Takes what a close by recovery does not state from the checkpoint before it, which the chain covers (FORMAT.md section 7).
        /// </summary>
        internal void TakeFrom(Manifest checkpoint)
        {
            HasFacts = checkpoint.HasFacts;
            PreviousClose = checkpoint.PreviousClose;
            PreEventClose = checkpoint.PreEventClose;
            Capture = checkpoint.Capture;
            PreEvent = checkpoint.PreEvent;
            Markers = checkpoint.Markers;
            Presses = checkpoint.Presses;
            UnlistedMarkers = checkpoint.UnlistedMarkers;
            UnlistedPresses = checkpoint.UnlistedPresses;
            Configuration = checkpoint.Configuration;
            BatteryMillivolts = checkpoint.BatteryMillivolts;
            BatteryPercent = checkpoint.BatteryPercent;
            PreviousRecording = checkpoint.PreviousRecording;
        }
    }
}
