// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The fields that manifests of all kinds have in common (FORMAT.md 3.4).</summary>
    internal sealed class ManifestFields
    {
        private readonly CborWriter _cbor;

        /// <summary>Fields of manifests of at most this many bytes.</summary>
        internal ManifestFields(int capacity)
        {
            _cbor = new CborWriter(capacity);
        }

        /// <summary>Begins a manifest of this many keys.</summary>
        internal CborWriter Begin(int pairs)
        {
            _cbor.Reset();
            _cbor.BeginMap(pairs);
            return _cbor;
        }

        /// <summary>Keys 1 to 10: which segment, and what it holds so far.</summary>
        internal void Head(ManifestKind kind, DeviceIdentity device, RecordingFacts recording, SegmentFacts segment)
        {
            Pair(ManifestKey.Version, FormatVersion.Current);
            Pair(ManifestKey.Kind, (int)kind);
            _cbor.Int(ManifestKey.DeviceId);
            _cbor.Bytes(device.Id);
            _cbor.Int(ManifestKey.RecordingId);
            _cbor.Bytes(recording.Id);
            Pair(ManifestKey.RecordingNumber, recording.Number);
            Pair(ManifestKey.Segment, segment.Segment);
            Pair(ManifestKey.FirstLive, recording.FirstLive);
            Pair(ManifestKey.Fragments, segment.Fragments);
            _cbor.Int(ManifestKey.Chain);
            _cbor.Bytes(segment.Chain);
            Pair(ManifestKey.Sector, segment.Sector);
        }

        /// <summary>Key 13.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="boot">Boot number of the recording.</param>
        /// <param name="nowMs">Monotonic time of signing.</param>
        internal void Times(RecordingFacts recording, int boot, long nowMs)
        {
            bool set = recording.ZeroUtcMs != 0;
            _cbor.Int(ManifestKey.Times);
            _cbor.BeginArray(6);
            _cbor.Int(recording.ZeroMs);
            IntOrNull(set, recording.ZeroUtcMs);
            IntOrNull(set && recording.UncertaintyMs >= 0, recording.UncertaintyMs);
            _cbor.Int((int)recording.Source);
            _cbor.Int(boot);
            _cbor.Int(nowMs);
        }

        /// <summary>Key 14.</summary>
        internal void Frames(SegmentFacts segment)
        {
            _cbor.Int(ManifestKey.Frames);
            _cbor.BeginArray(4);
            _cbor.Int(segment.FirstFrame);
            _cbor.Int(segment.Frames);
            _cbor.Int(segment.FirstFrameMs);
            _cbor.Int(segment.EndMs);
        }

        /// <summary>Key 22.</summary>
        internal void Firmware(FirmwareIdentity firmware)
        {
            _cbor.Int(ManifestKey.Firmware);
            _cbor.Encoded(firmware.Encoded);
        }

        /// <summary>Key 25.</summary>
        internal void AuditHead(AuditHead head)
        {
            _cbor.Int(ManifestKey.AuditHead);
            if (head == null || head.Sequence == 0)
            {
                _cbor.Null();
                return;
            }

            _cbor.BeginArray(2);
            _cbor.Int(head.Sequence);
            _cbor.Bytes(head.Digest);
        }

        /// <summary>Key 28.</summary>
        internal void Index(SegmentFacts segment)
        {
            _cbor.Int(ManifestKey.Index);
            _cbor.BeginArray(3);
            _cbor.Int(segment.IndexSector);
            _cbor.Int(segment.IndexSectors);
            _cbor.Bytes(segment.IndexDigest);
        }

        /// <summary>A value that may be unknown.</summary>
        internal void IntOrNull(bool known, long value)
        {
            if (known)
            {
                _cbor.Int(value);
            }
            else
            {
                _cbor.Null();
            }
        }

        /// <summary>A key with a number.</summary>
        internal void Pair(int key, int value)
        {
            _cbor.Int(key);
            _cbor.Int(value);
        }
    }
}
