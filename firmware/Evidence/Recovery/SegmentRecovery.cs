// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Closes a segment that was open when the power went (FORMAT.md section 7): follows it unit by unit as far as everything
    /// authenticates, writes index and close there. One card operation of at most 16 KiB or one slice of a signature a step. Until the
    /// close block is written nothing that counted is changed, so a cut at any write leads to the same result at the next boot.
    /// </summary>
    public sealed class SegmentRecovery
    {
        private enum Phase
        {
            Idle,
            Init,
            Unit,
            Frames,
            Signature,
            Index,
            Close,
            Probe,
            Clear,
            CloseFile,
        }


        // Why a segment is left as it is.
        private const int WasClosedOnce = 1;
        private const int OtherFootage = 2;

        // How far behind the init fragments are looked for when the first is not there: longer than any init.
        private const int ProbeBytes = 65536;

        private readonly Digests _digests;
        private readonly DeviceIdentity _device;
        private readonly IClock _clock;
        private readonly SegmentHead _head = new SegmentHead();
        private readonly FragmentReader _fragment = new FragmentReader();
        private readonly SignedReader _signedReader;
        private readonly SignedBlock _signed;
        private readonly RecoveryManifest _manifest;
        private readonly IndexBlock _index = new IndexBlock();
        private readonly SegmentFacts _facts = new SegmentFacts();
        private readonly Chain _chain;
        private readonly byte[] _buffer = new byte[Digests.MaxBlock];
        private readonly byte[] _trailer = new byte[Sector.Size];
        private readonly byte[] _macInput = new byte[FragmentTrailer.MacInputBytes];
        private readonly byte[] _idPrefix = new byte[8];

        private Phase _phase;
        private ICardFile _file;
        private int _slot;
        private int _slotBytes;
        private int _number;
        private int _segment;
        private int _position;
        private int _units;
        private int _longestMs;
        private int _frame;
        private int _frameDone;
        private int _frameAt;
        private byte[] _indexBlock;
        private int _probeAt;
        private int _probeCount;
        private int _probeSector;
        private RecoveryOutcome _found;

        /// <summary>Recovery of this device's segments; one after another.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="device">The device.</param>
        /// <param name="signer">Signs the close.</param>
        /// <param name="clock">For the time of signing.</param>
        /// <param name="firmware">Version of this firmware.</param>
        public SegmentRecovery(Digests digests, DeviceIdentity device, ManifestSigner signer, IClock clock, FirmwareIdentity firmware)
        {
            _digests = digests;
            _device = device;
            _clock = clock;
            _signedReader = new SignedReader(digests, device, signer);
            _signed = new SignedBlock(digests, signer);
            _manifest = new RecoveryManifest(device, firmware);
            _chain = new Chain(digests);
        }

        /// <summary>What became of the slot.</summary>
        public RecoveryOutcome Outcome { get; private set; }

        /// <summary>The segment as its init describes it.</summary>
        public SegmentHead Head
        {
            get { return _head; }
        }

        /// <summary>Fragments that authenticate.</summary>
        public int Fragments
        {
            get { return _facts.Fragments; }
        }

        /// <summary>Milliseconds since recording zero at which the last frame ends.</summary>
        public int EndMs
        {
            get { return _facts.EndMs; }
        }

        /// <summary>Sectors used, the close block included.</summary>
        public int UsedSectors
        {
            get { return _position / Sector.Size; }
        }

        /// <summary>Close digest.</summary>
        public byte[] CloseDigest { get; private set; }

        /// <summary>UTC now, milliseconds since 1970; 0 when the clock is unset. Set by the owner.</summary>
        public long UtcMs { get; set; }

        /// <summary>The audit log's head, which the close states; null when the device keeps no log. Set by the owner.</summary>
        public AuditHead Audit { get; set; }

        /// <summary>
        /// What the device last committed to; null when that is not known. No segment is closed against it. Set by the owner.
        /// </summary>
        public Commitments Commitments { get; set; }

        /// <summary>Recording of the slot, as the catalogue names it.</summary>
        public int RecordingNumber
        {
            get { return _number; }
        }

        /// <summary>Its segment.</summary>
        public int SegmentNumber
        {
            get { return _segment; }
        }

        /// <summary>Why it was refused, as <see cref="AuditKind.RecoveryRefused"/> states it.</summary>
        public int RefusedWhy { get; private set; }

        /// <summary>Begins with a slot.</summary>
        /// <param name="file">Its file; closed when the outcome is there.</param>
        /// <param name="slot">Its number.</param>
        /// <param name="record">Its catalogue record.</param>
        public void Begin(ICardFile file, int slot, byte[] record)
        {
            _file = file;
            _slot = slot;
            _slotBytes = (int)file.Length;
            _number = BigEndian.Get32(record, CatalogueSector.RecordingAt);
            _segment = BigEndian.Get32(record, CatalogueSector.SegmentAt);
            Array.Copy(record, CatalogueSector.DigestAt, _idPrefix, 0, _idPrefix.Length);
            _index.Clear();
            _facts.Fragments = 0;
            _facts.Frames = 0;
            _units = 0;
            _longestMs = 0;
            CloseDigest = null;
            Outcome = RecoveryOutcome.Running;
            _phase = Phase.Init;
        }

        /// <summary>
        /// Closes the file: the card failed, or another needs the place. The slot stays as it is, to be begun with anew, unless what
        /// became of it is known already.
        /// </summary>
        public void Abandon()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            if (_phase == Phase.CloseFile)
            {
                Outcome = _found;
            }

            _phase = Phase.Idle;
        }

        /// <summary>One step. Anything but Ok: the card failed; abandon.</summary>
        public CardStatus Step()
        {
            switch (_phase)
            {
                case Phase.Init:
                    return ReadInit();
                case Phase.Unit:
                    return ReadUnit();
                case Phase.Frames:
                    return ReadFrames();
                case Phase.Signature:
                    return CheckSignature();
                case Phase.Index:
                    return WriteIndex();
                case Phase.Close:
                    return WriteClose();
                case Phase.Probe:
                    return StepProbe();
                case Phase.Clear:
                    return ClearStart();
                case Phase.CloseFile:
                    Abandon();
                    return CardStatus.Ok;
                default:
                    return CardStatus.Ok;
            }
        }

        // What was recorded under a former key has MACs of a secret that is gone: it can be neither followed nor given up here. It stays as
        // it is.
        private CardStatus ReadInit()
        {
            if (_number <= _device.RotationRecordings)
            {
                return Finish(RecoveryOutcome.Kept);
            }

            int count = _slotBytes < SegmentHead.MaxInit ? _slotBytes : SegmentHead.MaxInit;
            CardStatus status = _file.Read(0, _buffer, 0, count);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            bool ours =
                _head.Parse(_buffer, _device, _slot, _slotBytes / Sector.Size)
                && _head.Recording.Number == _number
                && _head.Segment == _segment
                && SegmentHead.Same(_head.Recording.Id, 0, _idPrefix);
            RecordingSeal seal;
            if (!ours || !_head.FindEnd(_buffer, count) || !RecordingSeal.Read(_buffer, out seal))
            {
                return Probe();
            }

            _head.Recording.Seal = seal;
            _chain.Start(_buffer, _head.Length);
            _facts.Segment = _head.Segment;
            _facts.FirstFrame = _head.FirstFrame;
            _facts.FirstFrameMs = 0;
            _facts.EndMs = 0;
            Array.Copy(_device.Id, 0, _macInput, FragmentTrailer.MacDeviceAt, 16);
            Array.Copy(_head.Recording.Id, 0, _macInput, FragmentTrailer.MacRecordingAt, 16);
            BigEndian.Put32(_macInput, FragmentTrailer.MacSegmentAt, _head.Segment);
            _position = _head.Length;
            _phase = Phase.Unit;
            return CardStatus.Ok;
        }

        private CardStatus ReadUnit()
        {
            int left = _slotBytes - _position;
            int count = left < FragmentReader.Room ? left : FragmentReader.Room;
            if (count < Sector.Size)
            {
                return End();
            }

            CardStatus status = _file.Read(_position, _buffer, 0, count);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            if (IsNextFragment(count, left))
            {
                _chain.Add(_digests.Block(_buffer, 0, _fragment.HeaderBytes));
                _frame = 0;
                _frameDone = 0;
                _frameAt = _position + _fragment.HeaderBytes;
                _phase = Phase.Frames;
                return CardStatus.Ok;
            }

            if (!_signedReader.Begin(_buffer, count, left) || !_signedReader.States(_buffer, _chain.Value))
            {
                return End();
            }

            _phase = Phase.Signature;
            return CardStatus.Ok;
        }

        private bool IsNextFragment(int count, int left)
        {
            return _facts.Fragments < SegmentBudget.MaxFragments
                && _fragment.Parse(_buffer, count, _device, _head, _facts.Fragments)
                && _fragment.FirstFrame == _head.FirstFrame + _facts.Frames
                && left - _fragment.Bytes >= SegmentBudget.ManifestBlockBytes + IndexBlock.SizeFor(_facts.Fragments + 1);
        }

        private CardStatus ReadFrames()
        {
            if (_frame == _fragment.Frames)
            {
                return ReadTrailer();
            }

            int left = _fragment.Stored(_frame) - _frameDone;
            int size = left < Digests.MaxBlock ? left : Digests.MaxBlock;
            byte[] block = _digests.BlockFor(size);
            CardStatus status = _file.Read(_frameAt + _frameDone, block, 0, size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _chain.Add(_digests.FinishBlock(block, size));
            _frameDone += size;
            if (_frameDone < _fragment.Stored(_frame))
            {
                return CardStatus.Ok;
            }

            _frameAt += _frameDone;
            _frameDone = 0;
            _frame++;
            return CardStatus.Ok;
        }

        private CardStatus ReadTrailer()
        {
            CardStatus status = _file.Read(_frameAt, _trailer, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            byte[] before = _chain.Value;
            _chain.FinishUnit();
            if (!IsAuthentic(_chain.Value, _fragment.Number) || !IsPadded())
            {
                _chain.Return(before);
                return End();
            }

            if (IsOtherThanCommitted())
            {
                return Refuse(OtherFootage);
            }

            _chain.Add(_digests.Block(_trailer, 0, Sector.Size));
            _chain.FinishUnit();
            _index.Add(_fragment.TimeMs, _position + FragmentHeader.MoofOffset);
            if (_facts.Fragments++ == 0)
            {
                _facts.FirstFrameMs = _fragment.TimeMs;
            }

            _facts.Frames += _fragment.Frames;
            _facts.EndMs = _fragment.EndMs;
            if (_fragment.EndMs - _fragment.TimeMs > _longestMs)
            {
                _longestMs = _fragment.EndMs - _fragment.TimeMs;
            }

            _position += _fragment.Bytes;
            _units++;
            _phase = Phase.Unit;
            return CardStatus.Ok;
        }

        // The trailer in hand states this chain value for this fragment, and its MAC is this device's.
        private bool IsAuthentic(byte[] chain, int number)
        {
            if (!UserType.Is(_trailer, 0, UserType.FragmentTrailer) || BigEndian.Get32(_trailer, FragmentTrailer.NumberAt) != number)
            {
                return false;
            }

            if (!SegmentHead.Same(_trailer, FragmentTrailer.ChainAt, chain))
            {
                return false;
            }

            Array.Copy(chain, 0, _macInput, 0, Digests.Size);
            BigEndian.Put32(_macInput, FragmentTrailer.MacNumberAt, number);
            return SegmentHead.Same(_trailer, FragmentTrailer.MacAt, _digests.Mac(_device.MacKey, _macInput));
        }

        // Box size, the zero bytes and the free box: the rest of the block, which the MAC does not cover.
        private bool IsPadded()
        {
            int box = FragmentTrailer.BoxBytes;
            if (BigEndian.Get32(_trailer, 0) != box || BigEndian.Get32(_trailer, FragmentTrailer.ReservedAt) != 0)
            {
                return false;
            }

            if (BigEndian.Get32(_trailer, box) != Sector.Size - box || BigEndian.Get32(_trailer, box + 4) != FreeBox.Type)
            {
                return false;
            }

            for (int i = box + 8; i < Sector.Size; i++)
            {
                if (_trailer[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private CardStatus CheckSignature()
        {
            if (_signedReader.Step())
            {
                return CardStatus.Ok;
            }

            if (!_signedReader.IsValid)
            {
                return End();
            }

            if (_signedReader.Kind == ManifestKind.Checkpoint)
            {
                _chain.Add(_digests.Block(_buffer, 0, _signedReader.Length));
                _chain.FinishUnit();
                _position += _signedReader.Length;
                _units++;
                _phase = Phase.Unit;
                return CardStatus.Ok;
            }

            CloseDigest = _signedReader.Digest;
            _position += _signedReader.Length;
            return Finish(RecoveryOutcome.WasClosed);
        }

        private CardStatus End()
        {
            if (_units == 0)
            {
                return Probe();
            }

            if (HasClosed())
            {
                return Refuse(WasClosedOnce);
            }

            _phase = Phase.Index;
            return CardStatus.Ok;
        }

        private CardStatus WriteIndex()
        {
            _indexBlock = _index.Build();
            CardStatus status = _file.Write(_slotBytes - _indexBlock.Length, _indexBlock, 0, _indexBlock.Length);
            _phase = Phase.Close;
            return status;
        }

        private CardStatus WriteClose()
        {
            _facts.Chain = _chain.Value;
            _facts.Sector = _position / Sector.Size;
            int indexAt = _slotBytes - _indexBlock.Length;
            _facts.SetIndex(_digests, _indexBlock, _slotBytes);
            long nowMs = _clock.Microseconds / 1000;
            byte[] manifest = _manifest.Build(_head, _facts, _longestMs, nowMs, UtcMs, Audit, Committed());
            _signed.BuildRecovery(manifest, indexAt - _position);
            CardStatus status = _file.Write(_position, _signed.Block, 0, _signed.Length);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _position += _signed.Length;
            CloseDigest = _signed.Digest;
            _indexBlock = null;
            return Finish(RecoveryOutcome.Recovered);
        }

        // No unit authenticates from the start. Only when no fragment behind it does either is the slot given back.
        private CardStatus Probe()
        {
            _probeAt = 0;
            _probeCount = 0;
            _phase = Phase.Probe;
            return CardStatus.Ok;
        }

        // A block of the beginning, or the trailer of what looks like a fragment in the block that was read last.
        private CardStatus StepProbe()
        {
            if (_probeCount == 0)
            {
                return ReadProbed();
            }

            for (; _probeSector < _probeCount; _probeSector += Sector.Size)
            {
                int fragmentAt = _probeAt + _probeSector;
                if (!_fragment.ParseHead(_buffer, _probeSector, _device, _idPrefix, _segment) || _fragment.Bytes > _slotBytes - fragmentAt)
                {
                    continue;
                }

                CardStatus status = _file.Read(fragmentAt + _fragment.Bytes - Sector.Size, _trailer, 0, Sector.Size);
                if (status == CardStatus.Ok && HasOwnMac(_probeSector))
                {
                    return Finish(RecoveryOutcome.Kept);
                }

                _probeSector += Sector.Size;
                return status;
            }

            _probeAt += _probeCount;
            _probeCount = 0;
            return CardStatus.Ok;
        }

        private bool HasClosed()
        {
            return Commitments != null && Commitments.HasClosed(_number, _segment);
        }

        private int FragmentsCommitted()
        {
            Commitment commitment = Commitments == null ? null : Commitments.Find(_number);
            return commitment == null ? 0 : commitment.FragmentsOf(_segment);
        }

        // The fragment in hand is the last one that was committed to, and its chain value is another.
        private bool IsOtherThanCommitted()
        {
            Commitment commitment = Commitments == null ? null : Commitments.Find(_number);
            return commitment != null
                && _segment == commitment.Segment
                && _segment >= commitment.FirstLive
                && _fragment.Number == commitment.Fragments - 1
                && !SegmentHead.Same(_trailer, FragmentTrailer.ChainAt, commitment.Chain);
        }

        // What the close states of the last commitment; null when that is not known.
        private CommittedFacts Committed()
        {
            if (Commitments == null || Commitments.IsUnknown(_number))
            {
                return null;
            }

            var facts = new CommittedFacts();
            Commitment commitment = Commitments.Find(_number);
            if (commitment == null || commitment.Segment < 0)
            {
                facts.Segment = _segment;
                facts.EndMs = _facts.FirstFrameMs;
                return facts;
            }

            bool isLive = _segment >= _head.Recording.FirstLive;
            facts.Segment = isLive ? commitment.Segment : commitment.PreSegment;
            facts.Fragments = isLive ? commitment.Fragments : commitment.PreFragments;
            facts.EndMs = isLive ? commitment.EndMs : commitment.PreEndMs;
            if (facts.Segment == _segment && facts.Fragments > _facts.Fragments)
            {
                // Without a fragment it is not known where the segment began: more than nothing is missing.
                facts.MissingMs = _facts.Fragments == 0 ? 1 : facts.EndMs - _facts.EndMs;
            }

            return facts;
        }

        private CardStatus Refuse(int why)
        {
            RefusedWhy = why;
            return Finish(RecoveryOutcome.Refused);
        }

        private CardStatus ReadProbed()
        {
            int end = _slotBytes < ProbeBytes ? _slotBytes : ProbeBytes;
            if (_probeAt >= end)
            {
                // Nothing is given up of which the device knows that it was written.
                if (HasClosed() || FragmentsCommitted() > 0)
                {
                    return Refuse(WasClosedOnce);
                }

                _phase = Phase.Clear;
                return CardStatus.Ok;
            }

            _probeCount = end - _probeAt < _buffer.Length ? end - _probeAt : _buffer.Length;
            _probeSector = 0;
            return _file.Read(_probeAt, _buffer, 0, _probeCount);
        }

        private bool HasOwnMac(int header)
        {
            Array.Copy(_device.Id, 0, _macInput, FragmentTrailer.MacDeviceAt, 16);
            Array.Copy(_buffer, header + FragmentHeader.RecordingAt, _macInput, FragmentTrailer.MacRecordingAt, 16);
            BigEndian.Put32(_macInput, FragmentTrailer.MacSegmentAt, _segment);
            var stated = new byte[Digests.Size];
            Array.Copy(_trailer, FragmentTrailer.ChainAt, stated, 0, Digests.Size);
            return IsAuthentic(stated, _fragment.Number) && IsPadded();
        }

        // A verifier must not find the beginning of a segment in a slot that is free.
        private CardStatus ClearStart()
        {
            Array.Clear(_trailer, 0, Sector.Size);
            CardStatus status = _file.Write(0, _trailer, 0, Sector.Size);
            return status == CardStatus.Ok ? Finish(RecoveryOutcome.Empty) : status;
        }

        private CardStatus Finish(RecoveryOutcome outcome)
        {
            _found = outcome;
            _phase = Phase.CloseFile;
            return CardStatus.Ok;
        }
    }
}
