// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Writes one segment into its slot, one card operation a step: a frame that lies in two pages, or is sealed, takes several.
    /// Write order is the safety (FORMAT.md section 4): a fragment counts once its trailer block is on the card, a segment once its
    /// close block is. Frames are released when their fragment counts.
    /// </summary>
    public sealed class SegmentWriter
    {
        private enum Phase
        {
            Idle,
            Init,
            Header,
            Frames,
            Trailer,
            Checkpoint,
            Index,
            Close,
            CloseFile,
        }

        private readonly Digests _digests;
        private readonly DeviceIdentity _device;
        private readonly IClock _clock;
        private readonly CardStatistics _statistics;
        private readonly SegmentInit _init = new SegmentInit();
        private readonly FragmentHeader _header = new FragmentHeader();
        private readonly IndexBlock _index = new IndexBlock();
        private readonly SegmentBudget _budget = new SegmentBudget();
        private readonly SegmentFacts _facts = new SegmentFacts();
        private readonly FrameBlocks _blocks;
        private readonly Chain _chain;
        private readonly Manifest _manifest;
        private readonly SignedBlock _signed;
        private readonly byte[] _trailer = new byte[2 * Sector.Size];
        private readonly byte[] _macInput = new byte[FragmentTrailer.MacInputBytes];
        private readonly byte[] _iv = new byte[RecordingSeal.KeyBytes];

        private Phase _phase;
        private ICardFile _file;
        private RecordingFacts _recording;
        private int _slotBytes;
        private int _position;

        private IFrames _frames;
        private int _first;
        private int _count;
        private int _frameBytes;
        private long _endMs;
        private int _nextFrame;
        private int _left;
        private int _piece;
        private int _hashUs;

        private CloseReason _reason;
        private int _segments;
        private byte[] _indexBlock;
        private byte[] _closeDigest;

        /// <summary>A writer; it can write one segment after another.</summary>
        /// <param name="digests">Hashes, shared by all writers.</param>
        /// <param name="device">The device.</param>
        /// <param name="signer">Signs its manifests.</param>
        /// <param name="clock">For the statistics and the time of signing.</param>
        /// <param name="statistics">Where times and sizes are added up.</param>
        public SegmentWriter(Digests digests, DeviceIdentity device, ManifestSigner signer, IClock clock, CardStatistics statistics)
        {
            _digests = digests;
            _device = device;
            _clock = clock;
            _statistics = statistics;
            _blocks = new FrameBlocks(digests);
            _chain = new Chain(digests);
            _manifest = new Manifest(device);
            _signed = new SignedBlock(digests, signer);
            UserType.PutHeader(_trailer, 0, FragmentTrailer.BoxBytes, UserType.FragmentTrailer);
            FreeBox.PutHeader(_trailer, FragmentTrailer.BoxBytes, Sector.Size - FragmentTrailer.BoxBytes);
        }

        /// <summary>Whether a segment is open.</summary>
        public bool IsOpen
        {
            get { return _file != null; }
        }

        /// <summary>Whether a step would write.</summary>
        public bool IsBusy
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>Number of the open (or last) segment.</summary>
        public int Segment
        {
            get { return _facts.Segment; }
        }

        /// <summary>Frames in the open (or last) segment.</summary>
        public int Frames
        {
            get { return _facts.Frames; }
        }

        /// <summary>Fragments in it.</summary>
        public int Fragments
        {
            get { return _facts.Fragments; }
        }

        /// <summary>Where the last of them ends, ms since recording zero; without one, where the segment begins.</summary>
        public int EndMs
        {
            get { return _facts.EndMs; }
        }

        /// <summary>Chain value that the trailer of the last of them states; null without one. Not to be changed.</summary>
        public byte[] StatedChain { get; private set; }

        /// <summary>Sectors used, the close block included once closed.</summary>
        public int UsedSectors
        {
            get { return _position / Sector.Size; }
        }

        /// <summary>Close digest of the last closed segment.</summary>
        public byte[] CloseDigest
        {
            get { return _closeDigest; }
        }

        /// <summary>Begins a segment: the next step writes its init.</summary>
        /// <param name="file">The slot, open; the writer closes it.</param>
        /// <param name="recording">The recording.</param>
        /// <param name="ledger">Markers and presses; null for a pre-event segment.</param>
        /// <param name="start">Where it begins; read at once and not kept.</param>
        public void Open(ICardFile file, RecordingFacts recording, SegmentLedger ledger, SegmentStart start)
        {
            _file = file;
            _recording = recording;
            _slotBytes = (int)file.Length;
            int segment = start.Segment;
            _init.Build(_device, recording, segment, start.Slot, _slotBytes / Sector.Size, start.FirstFrame);
            _header.Prepare(_device, recording, segment);
            Array.Copy(_device.Id, 0, _macInput, FragmentTrailer.MacDeviceAt, 16);
            Array.Copy(recording.Id, 0, _macInput, FragmentTrailer.MacRecordingAt, 16);
            BigEndian.Put32(_macInput, FragmentTrailer.MacSegmentAt, segment);
            _index.Clear();
            _budget.Reset(_slotBytes, start.FirstMs);
            _facts.Segment = segment;
            _facts.Fragments = 0;
            _facts.Frames = 0;
            _facts.FirstFrame = start.FirstFrame;
            _facts.FirstFrameMs = (int)(start.FirstMs - recording.ZeroMs);
            _facts.EndMs = _facts.FirstFrameMs;
            _facts.PreviousClose = start.PreviousClose;
            _facts.Ledger = ledger;
            StatedChain = null;
            _position = 0;
            _phase = Phase.Init;
        }

        /// <summary>Whether a fragment fits into the open segment; if not, close it and open the next.</summary>
        /// <param name="fragmentBytes">Bytes of the whole fragment.</param>
        public bool Fits(int fragmentBytes)
        {
            return _budget.Fits(fragmentBytes);
        }

        /// <summary>Whether a checkpoint must come before a fragment.</summary>
        /// <param name="fragmentEndMs">Monotonic time at which the fragment ends.</param>
        public bool CheckpointDue(long fragmentEndMs)
        {
            return _budget.CheckpointDue(fragmentEndMs);
        }

        /// <summary>Begins writing a fragment.</summary>
        /// <param name="frames">Where the frames are.</param>
        /// <param name="fragment">Which: complete, and known to fit.</param>
        /// <param name="endMs">Monotonic time at which its last frame ends.</param>
        public void BeginFragment(IFrames frames, FragmentGatherer fragment, long endMs)
        {
            _frames = frames;
            _first = fragment.First;
            _count = fragment.Count;
            _frameBytes = fragment.FrameBytes;
            _endMs = endMs;
            _nextFrame = _first;
            _left = 0;
            _phase = Phase.Header;
        }

        /// <summary>Begins writing a checkpoint.</summary>
        /// <param name="nextFragmentMs">Capture time at which the next fragment begins.</param>
        public void BeginCheckpoint(long nextFragmentMs)
        {
            _budget.TakeCheckpoint(nextFragmentMs);
            _phase = Phase.Checkpoint;
        }

        /// <summary>Begins closing the segment.</summary>
        /// <param name="reason">Why.</param>
        /// <param name="segments">Number of segments of the recording when this is its last close, else 0.</param>
        public void BeginClose(CloseReason reason, int segments)
        {
            _reason = reason;
            _segments = segments;
            _phase = Phase.Index;
        }

        /// <summary>Gives the segment up after a card error: the slot is left as it is, for recovery.</summary>
        public void Abandon()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            _phase = Phase.Idle;
        }

        /// <summary>
        /// Does one card operation of what was begun. Anything but Ok: the card failed and the segment must be abandoned.
        /// </summary>
        public CardStatus Step()
        {
            switch (_phase)
            {
                case Phase.Init:
                    return WriteInit();
                case Phase.Header:
                    return WriteHeader();
                case Phase.Frames:
                    return WriteFrame();
                case Phase.Trailer:
                    return WriteTrailer();
                case Phase.Checkpoint:
                    return WriteCheckpoint();
                case Phase.Index:
                    return WriteIndex();
                case Phase.Close:
                    return WriteClose();
                case Phase.CloseFile:
                    return CloseFile();
                default:
                    return CardStatus.Ok;
            }
        }

        private CardStatus WriteInit()
        {
            CardStatus status = WriteTerminated(_init.Bytes, _init.Length);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _chain.Start(_init.Bytes, _init.Length);
            _position = _init.Length;
            _phase = Phase.Idle;
            return CardStatus.Ok;
        }

        private CardStatus WriteHeader()
        {
            _header.Build(_frames, _first, _count, _frameBytes, _endMs, _facts.Fragments);
            _chain.Add(_digests.Block(_header.Block, 0, _header.Length));
            _index.Add((int)(_frames.TimeMs(_first) - _recording.ZeroMs), _position + FragmentHeader.MoofOffset);
            CardStatus status = Write(_position, _header.Block, 0, _header.Length);
            _position += _header.Length;
            _phase = Phase.Frames;
            return status;
        }

        private CardStatus WriteFrame()
        {
            CardStatus status = _recording.Seal == null ? WriteClear() : WriteSealed();
            if (status != CardStatus.Ok || _left > 0)
            {
                return status;
            }

            _statistics.AddFrame(_hashUs);
            if (++_nextFrame == _first + _count)
            {
                _phase = Phase.Trailer;
            }

            return CardStatus.Ok;
        }

        // The whole frame is hashed before its first piece is written; the pieces are where the ring has them.
        private CardStatus WriteClear()
        {
            if (_left == 0)
            {
                HashFrame();
            }

            int piece = _piece++;
            int length = _frames.PieceLength(_nextFrame, piece);
            CardStatus status = Write(
                _position,
                _frames.PiecePage(_nextFrame, piece),
                _frames.PieceOffset(_nextFrame, piece),
                length
            );
            _position += length;
            _left -= length;
            return status;
        }

        private void HashFrame()
        {
            long before = _clock.Microseconds;
            _blocks.Begin(_frames, _nextFrame);
            _left = _blocks.Left;
            _piece = 0;
            while (_blocks.Left > 0)
            {
                _chain.Add(_digests.FinishBlock(_blocks.Next(), _blocks.Size));
            }

            _hashUs = (int)(_clock.Microseconds - before);
        }

        // The cipher text is written from the array that the native gave, block by block: nothing is copied back. A tail block is encrypted
        // whole, with what its buffer held before behind the frame's bytes: in CBC that changes nothing before it, and it is cut off.
        private CardStatus WriteSealed()
        {
            long before = _clock.Microseconds;
            if (_left == 0)
            {
                Array.Copy(_header.Block, _header.IvAt + RecordingSeal.KeyBytes * (_nextFrame - _first), _iv, 0, RecordingSeal.KeyBytes);
                _blocks.Begin(_frames, _nextFrame);
                _hashUs = 0;
            }

            byte[] cipherText = _recording.Seal.Encrypt(_iv, _blocks.Next());
            int size = _blocks.Size;
            _left = _blocks.Left;
            if (_left > 0)
            {
                Array.Copy(cipherText, cipherText.Length - RecordingSeal.KeyBytes, _iv, 0, RecordingSeal.KeyBytes);
            }

            _chain.Add(_digests.FinishBlock(cipherText, size));
            _hashUs += (int)(_clock.Microseconds - before);
            CardStatus status = Write(_position, cipherText, 0, size);
            _position += size;
            return status;
        }

        // The trailer states the chain value and is then chained itself, so that not one bit of it can change unseen.
        private CardStatus WriteTrailer()
        {
            _chain.FinishUnit();
            Array.Copy(_chain.Value, 0, _macInput, 0, Digests.Size);
            BigEndian.Put32(_macInput, FragmentTrailer.MacNumberAt, _facts.Fragments);
            BigEndian.Put32(_trailer, FragmentTrailer.NumberAt, _facts.Fragments);
            Array.Copy(_chain.Value, 0, _trailer, FragmentTrailer.ChainAt, Digests.Size);
            Array.Copy(_digests.Mac(_device.MacKey, _macInput), 0, _trailer, FragmentTrailer.MacAt, Digests.Size);
            CardStatus status = WriteTerminated(_trailer, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            StatedChain = _chain.Value;
            _chain.Add(_digests.Block(_trailer, 0, Sector.Size));
            _chain.FinishUnit();
            _position += Sector.Size;
            if (_facts.Fragments++ == 0)
            {
                _facts.FirstFrameMs = (int)(_frames.TimeMs(_first) - _recording.ZeroMs);
            }

            _facts.Frames += _count;
            _facts.EndMs = (int)(_endMs - _recording.ZeroMs);
            _budget.TakeFragment(_header.Length + _frameBytes + Sector.Size);
            for (int i = 0; i < _count; i++)
            {
                _frames.Release(_first + i);
            }

            _phase = Phase.Idle;
            return CardStatus.Ok;
        }

        private CardStatus WriteCheckpoint()
        {
            PrepareFacts();
            _signed.BuildCheckpoint(_manifest.ForCheckpoint(_recording, _facts, _clock.Microseconds / 1000));
            CardStatus status = WriteTerminated(_signed.Block, _signed.Length);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _chain.Add(_digests.Block(_signed.Block, 0, _signed.Length));
            _chain.FinishUnit();
            _position += _signed.Length;
            _phase = Phase.Idle;
            return CardStatus.Ok;
        }

        private CardStatus WriteIndex()
        {
            _indexBlock = _index.Build();
            CardStatus status = Write(_slotBytes - _indexBlock.Length, _indexBlock, 0, _indexBlock.Length);
            _phase = Phase.Close;
            return status;
        }

        private CardStatus WriteClose()
        {
            PrepareFacts();
            int indexAt = _slotBytes - _indexBlock.Length;
            _facts.SetIndex(_digests, _indexBlock, _slotBytes);
            byte[] manifest = _manifest.ForClose(_recording, _facts, _clock.Microseconds / 1000, _reason, _segments);
            _signed.BuildClose(manifest, indexAt - _position);
            CardStatus status = Write(_position, _signed.Block, 0, _signed.Length);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _position += _signed.Length;
            _closeDigest = _signed.Digest;
            _indexBlock = null;
            _phase = Phase.CloseFile;
            return CardStatus.Ok;
        }

        // A step of its own: it takes 30 to 75 ms.
        private CardStatus CloseFile()
        {
            _file.Close();
            _file = null;
            _phase = Phase.Idle;
            return CardStatus.Ok;
        }

        private void PrepareFacts()
        {
            _facts.Chain = _chain.Value;
            _facts.Sector = _position / Sector.Size;
        }

        // With what may be the last thing in the file goes a terminator (FORMAT.md 3.7): the next unit overwrites it.
        private CardStatus WriteTerminated(byte[] buffer, int count)
        {
            Array.Clear(buffer, count, Sector.Size);
            FreeBox.PutHeader(buffer, count, _slotBytes - _position - count);
            return Write(_position, buffer, 0, count + Sector.Size);
        }

        private CardStatus Write(int position, byte[] buffer, int offset, int count)
        {
            long before = _clock.Microseconds;
            CardStatus status = _file.Write(position, buffer, offset, count);
            _statistics.AddWrite((int)(_clock.Microseconds - before), count);
            return status;
        }
    }
}
