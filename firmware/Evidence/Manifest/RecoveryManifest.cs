// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// The manifest of a close by recovery (FORMAT.md section 7): what the recovering boot knows by itself. What the recording boot knew
    /// stands in the last checkpoint, which the chain covers; nothing is repeated or guessed here.
    /// </summary>
    public sealed class RecoveryManifest
    {
        /// <summary>
        /// Most live footage that a cut takes while the card keeps up, milliseconds: the fragment being gathered and the one being
        /// written.
        /// </summary>
        public const int PresentBoundMs = 2 * FragmentGatherer.FragmentMs;

        private const int Room = 832;

        private readonly DeviceIdentity _device;
        private readonly FirmwareIdentity _firmware;
        private readonly ManifestFields _fields = new ManifestFields(Room);

        /// <summary>Manifests of this device.</summary>
        /// <param name="device">The device.</param>
        /// <param name="firmware">The recovering firmware.</param>
        public RecoveryManifest(DeviceIdentity device, FirmwareIdentity firmware)
        {
            _device = device;
            _firmware = firmware;
        }

        /// <summary>The manifest.</summary>
        /// <param name="head">The segment's init.</param>
        /// <param name="segment">Fragments, chain, place, frames, its index block set.</param>
        /// <param name="longestMs">Longest fragment of the segment: at low rates a fragment runs to the frame after 500 ms.</param>
        /// <param name="nowMs">Monotonic time of signing, of the recovering boot.</param>
        /// <param name="utcMs">UTC of signing, milliseconds since 1970; 0 when unset.</param>
        /// <param name="audit">The audit log's head; null when there is none.</param>
        /// <param name="committed">What the device had last committed to; null when that is not known.</param>
        public byte[] Build(
            SegmentHead head,
            SegmentFacts segment,
            int longestMs,
            long nowMs,
            long utcMs,
            AuditHead audit,
            CommittedFacts committed
        )
        {
            RecordingFacts recording = head.Recording;
            CborWriter cbor = _fields.Begin(19);
            _fields.Head(ManifestKind.Recovery, _device, recording, segment);
            _fields.Times(recording, head.BootNumber, nowMs);
            _fields.Frames(segment);
            cbor.Int(ManifestKey.Sealing);
            RecordingSeal.WriteTo(cbor, recording.Seal);
            _fields.Firmware(_firmware);
            _fields.AuditHead(audit);
            _fields.Pair(ManifestKey.CloseReason, (int)CloseReason.Recovered);
            _fields.Index(segment);
            cbor.Int(ManifestKey.Recovery);
            cbor.BeginArray(3);
            cbor.Int(_device.BootNumber);
            _fields.IntOrNull(utcMs != 0, utcMs);
            bool isLive = segment.Segment >= recording.FirstLive;
            int cutMs = 2 * longestMs > PresentBoundMs ? 2 * longestMs : PresentBoundMs;
            _fields.IntOrNull(isLive && committed != null, committed == null ? 0 : BoundMs(committed, segment, cutMs));
            cbor.Int(ManifestKey.Commitment);
            if (committed == null)
            {
                cbor.Null();
                return cbor.ToArray();
            }

            cbor.BeginArray(5);
            cbor.Int(committed.Segment);
            cbor.Int(committed.Fragments);
            cbor.Int(committed.EndMs);
            cbor.Int(committed.MissingMs);
            _fields.IntOrNull(isLive, cutMs);
            return cbor.ToArray();
        }

        // On the card there was no more than the window beyond the commitment, whoever has had the card since; in memory what a cut takes.
        private static int BoundMs(CommittedFacts committed, SegmentFacts segment, int cutMs)
        {
            int beyond = committed.EndMs + Commitments.WindowMs - segment.EndMs;
            return beyond > 0 ? beyond + cutMs : cutMs;
        }
    }
}
