// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Finds out what a slot holds of which the catalogue knows nothing (FORMAT.md section 7): a closed segment by its index, last fragment
    /// and signed close, without reading the frames. What is of this device and not closed is open, for recovery to look at; what begins
    /// with zeros is free; anything else is not to be written.
    /// </summary>
    public sealed class SlotInspector
    {
        private enum Phase
        {
            Start,
            End,
            Index,
            Init,
            LastEntry,
            LastFragment,
            Block,
            Signature,
            Close,
        }

        private const int FixedIndexBytes = 48;
        private const int EntryBytes = 11;
        private const int LastTailBytes = 27;
        private const int Movie = 0x6D667261;

        private readonly DeviceIdentity _device;
        private readonly SignedReader _signed;
        private readonly SegmentHead _head = new SegmentHead();
        private readonly FragmentReader _fragment = new FragmentReader();
        private readonly byte[] _buffer = new byte[SignedReader.Room];
        private readonly byte[] _sector = new byte[Sector.Size];
        private ICardFile _file;
        private int _slot;
        private int _slotBytes;
        private int _blockAt;
        private int _mfra;
        private int _entries;
        private int _fragmentAt;
        private Phase _phase;
        private SlotState _found;

        /// <summary>Inspects slots of this device.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="device">The device.</param>
        /// <param name="signer">Knows the envelope of a close.</param>
        public SlotInspector(Digests digests, DeviceIdentity device, ManifestSigner signer)
        {
            _device = device;
            _signed = new SignedReader(digests, device, signer);
        }

        /// <summary>The device whose slots they are.</summary>
        public DeviceIdentity Device
        {
            get { return _device; }
        }

        /// <summary>What the slot is.</summary>
        public SlotState State { get; private set; }

        /// <summary>Whether <see cref="State"/> is known.</summary>
        public bool IsDone { get; private set; }

        /// <summary>The recording of a segment: id, number, times.</summary>
        public RecordingFacts Recording
        {
            get { return _head.Recording; }
        }

        /// <summary>Number of the segment.</summary>
        public int Segment
        {
            get { return _head.Segment; }
        }

        /// <summary>Digest of its signed close, when it is closed.</summary>
        public byte[] CloseDigest
        {
            get { return _signed.Digest; }
        }

        /// <summary>Begins with a slot.</summary>
        /// <param name="file">Its file, open; closed when the state is known.</param>
        /// <param name="slot">Slot number.</param>
        public void Begin(ICardFile file, int slot)
        {
            _file = file;
            _slot = slot;
            _slotBytes = (int)file.Length;
            _phase = Phase.Start;
            IsDone = false;
        }

        /// <summary>Closes the file.</summary>
        public void Abandon()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
        }

        /// <summary>One card operation, or one slice of a signature. Anything but Ok: the slot cannot be read.</summary>
        public CardStatus Step()
        {
            switch (_phase)
            {
                case Phase.Start:
                    return ReadStart();
                case Phase.End:
                    return ReadEnd();
                case Phase.Index:
                    return ReadIndex();
                case Phase.Init:
                    return ReadInit();
                case Phase.LastEntry:
                    return ReadLastEntry();
                case Phase.LastFragment:
                    return ReadLastFragment();
                case Phase.Block:
                    return ReadBlock();
                case Phase.Signature:
                    return Check();
                default:
                    Abandon();
                    State = _found;
                    IsDone = true;
                    return CardStatus.Ok;
            }
        }

        /// <summary>Writes the slot's record into a catalogue sector (FORMAT.md 2.2). Only once <see cref="IsDone"/>.</summary>
        /// <param name="sector">The catalogue sector, 512 bytes; its CRC is the caller's.</param>
        /// <param name="record">0 to 14.</param>
        public void PutRecord(byte[] sector, int record)
        {
            if (State == SlotState.Free || State == SlotState.Bad)
            {
                SlotRecord.Without(State).Put(sector, CatalogueSector.Record(0, record));
                return;
            }

            if (State == SlotState.Released)
            {
                SlotRecord released = SlotRecord.Without(State);
                released.Recording = ReleaseNote.Recording(_sector);
                released.Segment = ReleaseNote.Segment(_sector);
                released.Digest = ReleaseNote.Digest(_sector);
                released.Put(sector, CatalogueSector.Record(0, record));
                return;
            }

            // The record's time is a convenience: recording zero serves when it is rebuilt.
            RecordingFacts recording = _head.Recording;
            int utc = recording.ZeroUtcMs == 0 ? 0 : (int)(recording.ZeroUtcMs / 1000);
            SlotRecord found = SlotRecord.Open(recording.Number, _head.Segment, utc, recording.Id);
            found.State = State;
            if (State == SlotState.Closed)
            {
                found.Close((_blockAt + _signed.Length) / Sector.Size, _signed.Fragments(_buffer), _signed.Digest);
            }

            found.Put(sector, CatalogueSector.Record(0, record));
        }

        private CardStatus ReadStart()
        {
            CardStatus status = _file.Read(0, _sector, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            if (ReleaseNote.Is(_sector, _device, _slot))
            {
                return Finish(SlotState.Released);
            }

            if (!_head.Parse(_sector, _device, _slot, _slotBytes / Sector.Size))
            {
                return Finish(IsZero(_sector) ? SlotState.Free : SlotState.Bad);
            }

            return Go(Phase.End);
        }

        private CardStatus ReadEnd()
        {
            CardStatus status = _file.Read(_slotBytes - Sector.Size, _sector, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            int size = BigEndian.Get32(_sector, Sector.Size - 4);
            _entries = (size - FixedIndexBytes) / EntryBytes;
            if (size < FixedIndexBytes || _entries > SegmentBudget.MaxFragments || _entries * EntryBytes + FixedIndexBytes != size)
            {
                return Finish(SlotState.Open);
            }

            _mfra = _slotBytes - size;
            return Go(Phase.Index);
        }

        private CardStatus ReadIndex()
        {
            CardStatus status = _file.Read(_mfra & ~(Sector.Size - 1), _sector, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            int at = _mfra & (Sector.Size - 1);
            if (at <= Sector.Size - 8 && BigEndian.Get32(_sector, at + 4) != Movie)
            {
                return Finish(SlotState.Open);
            }

            return Go(_entries == 0 ? Phase.Init : Phase.LastEntry);
        }

        private CardStatus ReadInit()
        {
            int count = _slotBytes < _buffer.Length ? _slotBytes : _buffer.Length;
            CardStatus status = _file.Read(0, _buffer, 0, count);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            if (!_head.FindEnd(_buffer, count))
            {
                return Finish(SlotState.Open);
            }

            _blockAt = _head.Length;
            return Go(Phase.Block);
        }

        // The entry before `mfro`: time, place of `moof`, three bytes.
        private CardStatus ReadLastEntry()
        {
            int entry = _slotBytes - LastTailBytes;
            CardStatus status = _file.Read(_slotBytes - Sector.Size, _sector, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _fragmentAt = BigEndian.Get32(_sector, Sector.Size - (_slotBytes - entry) + 4) - FragmentHeader.MoofOffset;
            bool outside = _fragmentAt < Sector.Size || _fragmentAt > _slotBytes - SignedReader.Room;
            return outside || (_fragmentAt & (Sector.Size - 1)) != 0 ? Finish(SlotState.Open) : Go(Phase.LastFragment);
        }

        private CardStatus ReadLastFragment()
        {
            CardStatus status = _file.Read(_fragmentAt, _sector, 0, Sector.Size);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            bool ours = _fragment.ParseHead(_sector, 0, _device, _head.Recording.Id, _head.Segment);
            if (!ours || _fragment.Bytes > _slotBytes - SignedReader.Room - _fragmentAt)
            {
                return Finish(SlotState.Open);
            }

            _blockAt = _fragmentAt + _fragment.Bytes;
            return Go(Phase.Block);
        }

        private CardStatus ReadBlock()
        {
            int left = _slotBytes - _blockAt;
            int count = left < _buffer.Length ? left : _buffer.Length;
            CardStatus status = _file.Read(_blockAt, _buffer, 0, count);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            if (!_signed.BeginOf(_buffer, count, left, _head.BootNumber))
            {
                return Finish(SlotState.Open);
            }

            return Go(Phase.Signature);
        }

        private CardStatus Check()
        {
            if (_signed.Step())
            {
                return CardStatus.Ok;
            }

            if (!_signed.IsValid || !_signed.IsOf(_buffer, _head.Recording, _head.Segment, _blockAt / Sector.Size))
            {
                return Finish(SlotState.Open);
            }

            if (_signed.Kind != ManifestKind.Checkpoint)
            {
                return Finish(SlotState.Closed);
            }

            _blockAt += _signed.Length;
            return Go(Phase.Block);
        }

        private static bool IsZero(byte[] sector)
        {
            for (int i = 0; i < Sector.Size; i += 4)
            {
                if (BigEndian.Get32(sector, i) != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private CardStatus Go(Phase phase)
        {
            _phase = phase;
            return CardStatus.Ok;
        }

        private CardStatus Finish(SlotState state)
        {
            _found = state;
            return Go(Phase.Close);
        }
    }
}
