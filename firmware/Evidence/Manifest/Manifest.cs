// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Writes manifests (FORMAT.md 3.4, keys 1 to 30).</summary>
    public sealed class Manifest
    {
        private readonly DeviceIdentity _device;
        private readonly ManifestFields _fields = new ManifestFields(SegmentBudget.ManifestBlockBytes);
        private CborWriter _cbor;

        /// <summary>Manifests of this device.</summary>
        /// <param name="device">Its id and boot number stand in each.</param>
        public Manifest(DeviceIdentity device)
        {
            _device = device;
        }

        /// <summary>The manifest of a checkpoint: keys 1 to 26, all of them.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="segment">The segment so far, its chain value and sector up to date.</param>
        /// <param name="nowMs">Monotonic milliseconds of signing.</param>
        /// <returns>CBOR in deterministic encoding, a fresh array.</returns>
        public byte[] ForCheckpoint(RecordingFacts recording, SegmentFacts segment, long nowMs)
        {
            _cbor = _fields.Begin(26);
            Common(ManifestKind.Checkpoint, recording, segment, nowMs);
            return _cbor.ToArray();
        }

        /// <summary>The manifest of a close.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="segment">The segment, its index block set.</param>
        /// <param name="nowMs">Monotonic time of signing.</param>
        /// <param name="reason">Why.</param>
        /// <param name="segments">Number of segments when this is the recording's last close, else 0.</param>
        public byte[] ForClose(RecordingFacts recording, SegmentFacts segment, long nowMs, CloseReason reason, int segments)
        {
            bool last = segments > 0;
            _cbor = _fields.Begin(last ? 30 : 29);
            Common(ManifestKind.Close, recording, segment, nowMs);
            Key(ManifestKey.CloseReason);
            _cbor.Int((int)reason);
            _fields.Index(segment);
            Key(ManifestKey.Segments);
            if (last)
            {
                _cbor.Int(segments);
            }
            else
            {
                _cbor.Null();
            }

            if (last)
            {
                Key(ManifestKey.Statistics);
                Statistics(recording.Statistics);
            }

            return _cbor.ToArray();
        }

        private void Common(ManifestKind kind, RecordingFacts recording, SegmentFacts segment, long nowMs)
        {
            _fields.Head(kind, _device, recording, segment);
            Key(ManifestKey.PreviousClose);
            _cbor.BytesOrNull(segment.PreviousClose);
            Key(ManifestKey.PreEventClose);
            _cbor.BytesOrNull(segment.Segment >= recording.FirstLive ? recording.PreEventClose : null);
            _fields.Times(recording, _device.BootNumber, nowMs);
            _fields.Frames(segment);
            Key(ManifestKey.Capture);
            _cbor.BeginArray(5);
            _cbor.Int(recording.Captured);
            _cbor.Int(recording.DroppedNoMemory);
            _cbor.Int(recording.DroppedCorrupt);
            _cbor.Int(recording.Missed);
            _cbor.Int(recording.LongestGapMs);
            Key(ManifestKey.PreEvent);
            _cbor.BeginArray(6);
            _cbor.Int(recording.PreEventAskedMs);
            _cbor.Int(recording.PreEventObtainedMs);
            _cbor.Int(recording.PreEventFrames);
            _cbor.Int((int)recording.PreEventShortfall);
            _cbor.Int(recording.PreEventUnthinnedMs);
            _cbor.Int(recording.PreEventUnthinnedFrames);
            Ledger(segment.Ledger, recording.ZeroMs);
            Key(ManifestKey.MuteSpans);
            _cbor.BeginArray(0);
            Key(ManifestKey.Sealing);
            RecordingSeal.WriteTo(_cbor, recording.Seal);
            _fields.Firmware(recording.Firmware);
            Key(ManifestKey.Configuration);
            _cbor.Bytes(recording.ConfigurationDigest);
            Key(ManifestKey.Battery);
            _cbor.BeginArray(2);
            _cbor.Int(recording.BatteryMillivolts);
            _cbor.Int(recording.BatteryPercent);
            _fields.AuditHead(recording.Audit);
            Key(ManifestKey.PreviousRecording);
            _cbor.BytesOrNull(recording.PreviousRecording);
        }

        private void Ledger(SegmentLedger ledger, long zeroMs)
        {
            if (ledger != null)
            {
                ledger.WriteTo(_cbor, zeroMs);
                return;
            }

            Key(ManifestKey.Markers);
            _cbor.BeginArray(0);
            Key(ManifestKey.Presses);
            _cbor.BeginArray(0);
            Key(ManifestKey.Unlisted);
            _cbor.BeginArray(2);
            _cbor.Int(0);
            _cbor.Int(0);
        }

        private void Statistics(RecordingStatistics s)
        {
            _cbor.BeginArray(13);
            _cbor.Int(s.FramesPerSecondX100);
            _cbor.Int(s.MeanFrameBytes);
            _cbor.Int(s.ExposeUs);
            _cbor.Int(s.ReadUs);
            _cbor.Int(s.HashUs);
            _cbor.Int(s.WriteUs);
            _cbor.Int(s.CardBytesPerSecond);
            _cbor.Int(s.SlowestWriteMs);
            _cbor.Int(s.SlowWrites);
            _cbor.Int(s.GovernorChanges);
            _cbor.Int(s.LowestRateX100);
            _cbor.Int((int)s.LowestQuality);
            _cbor.Int((int)s.GovernorReason);
        }

        private void Key(int key)
        {
            _cbor.Int(key);
        }
    }
}
