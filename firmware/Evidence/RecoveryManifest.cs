namespace Lapel.Evidence
{
    /// <summary>
    /// The manifest of a close by recovery (FORMAT.md section 7): what the recovering boot knows by itself. What the recording boot knew stands in the last
    /// checkpoint, which the chain covers; nothing is repeated or guessed here.
    /// </summary>
    public sealed class RecoveryManifest
    {
        /// <summary>
        /// Most of the present that a cut takes while the card keeps up, milliseconds: the fragment being gathered and the one being written.
        /// </summary>
        public const int PresentBoundMs = 2 * FragmentGatherer.FragmentMs;

        private const int Kind = 3;
        private const int Room = 512;

        private readonly DeviceIdentity _device;
        private readonly string _firmware;
        private readonly CborWriter _cbor = new CborWriter(Room);

        /// <summary>Manifests of this device.</summary>
        /// <param name="device">The device.</param>
        /// <param name="firmware">Version of the recovering firmware.</param>
        public RecoveryManifest(DeviceIdentity device, string firmware)
        {
            _device = device;
            _firmware = firmware;
        }

        /// <summary>The manifest.</summary>
        /// <param name="head">The segment's init.</param>
        /// <param name="segment">Fragments, chain, place, frames.</param>
        /// <param name="longestMs">Longest fragment of the segment: at low rates a fragment runs to the frame after 500 ms.</param>
        /// <param name="nowMs">Monotonic time of signing, of the recovering boot.</param>
        /// <param name="utcMs">UTC of signing, milliseconds since 1970; 0 when unset.</param>
        /// <param name="index">The index block.</param>
        /// <param name="indexSector">Sector at which it begins.</param>
        /// <param name="indexDigest">B of it.</param>
        public byte[] Build(SegmentHead head, SegmentFacts segment, int longestMs, long nowMs, long utcMs, byte[] index, int indexSector, byte[] indexDigest)
        {
            RecordingFacts recording = head.Recording;
            _cbor.Reset();
            _cbor.BeginMap(18);
            Pair(1, FormatVersion.Current);
            Pair(2, Kind);
            Key(3);
            _cbor.Bytes(_device.Id);
            Key(4);
            _cbor.Bytes(recording.Id);
            Pair(5, recording.Number);
            Pair(6, segment.Segment);
            Pair(7, recording.FirstLive);
            Pair(8, segment.Fragments);
            Key(9);
            _cbor.Bytes(segment.Chain);
            Pair(10, segment.Sector);
            Times(head, nowMs);
            Key(14);
            _cbor.BeginArray(4);
            _cbor.Int(segment.FirstFrame);
            _cbor.Int(segment.Frames);
            _cbor.Int(segment.FirstFrameMs);
            _cbor.Int(segment.EndMs);
            Key(21);
            RecordingSeal.WriteTo(_cbor, recording.Seal);
            Key(22);
            _cbor.BeginArray(2);
            _cbor.Text(_firmware);
            _cbor.Null();
            Key(25);
            _cbor.Null();
            Pair(27, (int)CloseReason.Recovered);
            Key(28);
            _cbor.BeginArray(3);
            _cbor.Int(indexSector);
            _cbor.Int(index.Length / Sector.Size);
            _cbor.Bytes(indexDigest);
            Key(31);
            _cbor.BeginArray(3);
            _cbor.Int(_device.BootNumber);
            IntOrNull(utcMs != 0, utcMs);
            IntOrNull(segment.Segment >= recording.FirstLive, 2 * longestMs > PresentBoundMs ? 2 * longestMs : PresentBoundMs);
            return _cbor.ToArray();
        }

        private void Times(SegmentHead head, long nowMs)
        {
            RecordingFacts recording = head.Recording;
            bool set = recording.ZeroUtcMs != 0;
            Key(13);
            _cbor.BeginArray(6);
            _cbor.Int(recording.ZeroMs);
            IntOrNull(set, recording.ZeroUtcMs);
            IntOrNull(set && recording.UncertaintyMs >= 0, recording.UncertaintyMs);
            _cbor.Int((int)recording.Source);
            _cbor.Int(head.BootNumber);
            _cbor.Int(nowMs);
        }

        private void IntOrNull(bool known, long value)
        {
            if (known) _cbor.Int(value);
            else _cbor.Null();
        }

        private void Key(int key)
        {
            _cbor.Int(key);
        }

        private void Pair(int key, int value)
        {
            _cbor.Int(key);
            _cbor.Int(value);
        }
    }
}
