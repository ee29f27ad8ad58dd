// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The catalogue in its two copies.</summary>
    /// <remarks>
    /// In memory it is one byte a slot; a change reads one sector, patches it, and writes it to copy A, then to copy B, so that one of them
    /// is whole at any cut. A sector damaged in both copies makes its slots Unknown: nothing of theirs is ever written. It grows with the
    /// card's slots, which are made while the camera works: a sector is zero in both copies until its first slot is there.
    /// </remarks>
    public sealed class Catalogue
    {
        /// <summary>Slots on a card at most: 128 GB of 8 MiB slots; the two copies take 1.1 MB of the card.</summary>
        public const int MostSlots = 16384;

        // Sectors read at once when loading: one buffer of 16 KB a copy.
        private const int LoadSectors = 32;

        // A checksum keeps nobody out: a number that no device reaches, at a recording a second for three years, is not counted on from.
        private const int MostRecordings = 100000000;

        private readonly INatives _natives;
        private readonly RecordAccess _access;
        private ICardFile _a;
        private ICardFile _b;
        private byte[] _states;
        private int _slots;
        private int _known;
        private int _slotSectors;
        private int _freeSlots;
        private int _unknownSlots;
        private int _repairedSectors;
        private int _lastTaken = -1;
        private int _newestRecording;

        /// <summary>A catalogue that is not loaded.</summary>
        public Catalogue(INatives natives)
        {
            _natives = natives;
            _access = new RecordAccess(this);
        }

        /// <summary>Counts the writes: whoever read before one of them knows it.</summary>
        internal int Changes { get; private set; }

        /// <summary>Slots on the card, of those that are made.</summary>
        public int Slots
        {
            get { return _slots; }
        }

        /// <summary>Whether the card has all its slots: no more are made.</summary>
        public bool IsWhole { get; private set; }

        /// <summary>
        /// Whether sectors behind the last valid one are damaged in both copies, after <see cref="Load"/>: how many slots there are is not
        /// known then.
        /// </summary>
        public bool IsEndLost { get; private set; }

        /// <summary>Slots that the catalogue has room for.</summary>
        public int Room
        {
            get { return _states == null ? 0 : _states.Length; }
        }

        /// <summary>Bytes in a slot.</summary>
        public int SlotBytes
        {
            get { return _slotSectors * Sector.Size; }
        }

        /// <summary>Slots that may be written.</summary>
        public int FreeSlots
        {
            get { return _freeSlots; }
        }

        /// <summary>Slots whose state is lost in both copies.</summary>
        public int UnknownSlots
        {
            get { return _unknownSlots; }
        }

        /// <summary>Sectors that one copy restored to the other when loading.</summary>
        public int RepairedSectors
        {
            get { return _repairedSectors; }
        }

        /// <summary>Highest recording number on the card, of those that a device can have reached; 0 when there is none.</summary>
        public int NewestRecording
        {
            get { return _newestRecording; }
        }

        /// <summary>A slot that was taken and is not yet open in both copies: it is not given again. -1 when there is none.</summary>
        public int Reserved { get; set; } = -1;

        /// <summary>State of a slot.</summary>
        public SlotState State(int slot)
        {
            return (SlotState)_states[slot];
        }

        /// <summary>Writes both copies of an empty catalogue into two preallocated files, the last sector first.</summary>
        /// <param name="natives">Native operations.</param>
        /// <param name="a">Copy A.</param>
        /// <param name="b">Copy B.</param>
        /// <param name="slots">Slots that the card has.</param>
        /// <param name="slotSectors">Sectors in a slot.</param>
        /// <param name="isWhole">Whether no more will be made.</param>
        public static CardStatus Create(INatives natives, ICardFile a, ICardFile b, int slots, int slotSectors, bool isWhole)
        {
            var buffer = new byte[LoadSectors * Sector.Size];
            int sectors = SectorsFor(slots);

            // From the end to the start, so that slot 0 becomes known last.
            int last = (sectors - 1) / LoadSectors * LoadSectors;
            for (int first = last; first >= 0; first -= LoadSectors)
            {
                int count = sectors - first < LoadSectors ? sectors - first : LoadSectors;
                for (int i = 0; i < count; i++)
                {
                    CatalogueSector.Clear(buffer, i * Sector.Size, first + i, slots, slotSectors);
                    if (isWhole)
                    {
                        CatalogueSector.PutWhole(buffer, i * Sector.Size);
                    }

                    CatalogueSector.Seal(natives, buffer, i * Sector.Size);
                }

                CardStatus status = a.Write((long)first * Sector.Size, buffer, 0, count * Sector.Size);
                if (status == CardStatus.Ok)
                {
                    status = b.Write((long)first * Sector.Size, buffer, 0, count * Sector.Size);
                }

                if (status != CardStatus.Ok)
                {
                    return status;
                }
            }

            return CardStatus.Ok;
        }

        /// <summary>Sectors of a catalogue for so many slots.</summary>
        public static int SectorsFor(int slots)
        {
            return (slots + CatalogueSector.Records - 1) / CatalogueSector.Records;
        }

        /// <summary>Whether a file is long enough for the catalogue of so many slots.</summary>
        public static bool HasRoom(ICardFile file, int slots)
        {
            return file.Length >= (long)SectorsFor(slots) * Sector.Size;
        }

        /// <summary>Loads and repairs.</summary>
        /// <remarks>Of two valid copies of a sector the higher generation wins and is written over the other.</remarks>
        /// <returns>Unformatted when no sector is valid in either, or a file is too short for it.</returns>
        public CardStatus Load(ICardFile a, ICardFile b)
        {
            Begin(a, b);

            // How many slots there are is not known before a whole sector says it; until then as far as the longer file goes.
            int sectors = (int)((a.Length > b.Length ? a.Length : b.Length) / Sector.Size);
            var copyA = new byte[LoadSectors * Sector.Size];
            var copyB = new byte[LoadSectors * Sector.Size];
            bool ended = false;
            for (int first = 0; first < sectors && !ended; first += LoadSectors)
            {
                int count = sectors - first < LoadSectors ? sectors - first : LoadSectors;
                ReadCopy(a, first, count, copyA);
                ReadCopy(b, first, count, copyB);
                ended = true;
                for (int i = 0; i < count; i++)
                {
                    CardStatus status = Adopt(copyA, copyB, i * Sector.Size, first + i, ref ended);
                    if (status != CardStatus.Ok)
                    {
                        return status;
                    }

                    if (IsWhole && sectors > SectorsFor(_slots))
                    {
                        // Boot time must not grow with the room that the files have, but with the slots that there are.
                        sectors = SectorsFor(_slots);
                        count = sectors - first < count ? sectors - first : count;
                    }
                }
            }

            _unknownSlots = _slots - _known;
            return _states == null ? CardStatus.Unformatted : CardStatus.Ok;
        }

        /// <summary>The next slot that may be written, in turn over the whole card, or -1.</summary>
        public int NextFree()
        {
            for (int i = 1; i <= _slots; i++)
            {
                // In turn over the whole card: it wears evenly, and what was released is overwritten as late as possible.
                int slot = (_lastTaken + i) % _slots;
                if (IsFree(_states[slot]) && slot != Reserved)
                {
                    return slot;
                }
            }

            return -1;
        }

        /// <summary>
        /// Records a slot's new state in both copies at once, which is four card operations: for a press, which waits for nothing else.
        /// </summary>
        public CardStatus Mark(int slot, SlotRecord record)
        {
            CardStatus status = CardStatus.Ok;
            _access.BeginMark(slot, record);
            while (_access.IsBusy)
            {
                status = _access.Step();
            }

            return status;
        }

        /// <summary>Takes a card on which no sector is valid in either copy: every slot is unknown, to be rebuilt.</summary>
        public void LoadUnknown(ICardFile a, ICardFile b, int slots, int slotSectors)
        {
            Begin(a, b);
            _slotSectors = slotSectors;
            Take(RoomIn(a, b));
            Extend(slots);
        }

        /// <summary>The card has slots that the catalogue does not know of: they are unknown, to be rebuilt.</summary>
        /// <param name="slots">Slots that there are.</param>
        public void Extend(int slots)
        {
            int most = slots < _states.Length ? slots : _states.Length;
            _unknownSlots += most - _slots;
            _slots = most;
            IsEndLost = false;
        }

        /// <summary>Writes a sector that was lost in both copies, rebuilt from its slots.</summary>
        /// <param name="number">The sector.</param>
        /// <param name="sector">Its records; the rest is filled in.</param>
        public CardStatus Replace(int number, byte[] sector)
        {
            CatalogueSector.PutSlots(sector, 0, _slots);
            if (IsWhole)
            {
                CatalogueSector.PutWhole(sector, 0);
            }

            Changes++;
            CatalogueSector.Seal(_natives, sector, 0);
            long position = (long)number * Sector.Size;
            CardStatus status = _a.Write(position, sector, 0, Sector.Size);
            if (status == CardStatus.Ok)
            {
                // A before B, never at once: at any cut one of them is whole, with the old state or with the new one.
                status = _b.Write(position, sector, 0, Sector.Size);
            }

            if (status != CardStatus.Ok)
            {
                return status;
            }

            // Only after both copies are written: a sector that is on the card in neither stays unknown.
            int slot = number * CatalogueSector.Records;
            int count = SlotsIn(number);
            for (int i = slot; i < slot + count; i++)
            {
                _unknownSlots -= _states[i] == (byte)SlotState.Unknown ? 1 : 0;
                _freeSlots -= IsFree(_states[i]) ? 1 : 0;
            }

            TakeRecords(sector, 0, number, count);
            return CardStatus.Ok;
        }

        /// <summary>Closes both files.</summary>
        public void Close()
        {
            if (_a != null)
            {
                _a.Close();
            }

            if (_b != null)
            {
                _b.Close();
            }

            _a = null;
            _b = null;
            Changes++;
            Reserved = -1;
        }

        internal CardStatus ReadCopyA(int slot, byte[] sector)
        {
            return _a == null ? CardStatus.NoCard : _a.Read(Position(slot), sector, 0, Sector.Size);
        }

        internal CardStatus ReadCopyB(int slot, byte[] sector)
        {
            return _b == null ? CardStatus.NoCard : _b.Read(Position(slot), sector, 0, Sector.Size);
        }

        internal bool IsValid(int slot, byte[] sector)
        {
            return CatalogueSector.IsValid(_natives, sector, 0, slot / CatalogueSector.Records);
        }

        /// <summary>Seals a sector with a slot's new record and writes it to copy A.</summary>
        internal CardStatus WriteCopyA(int slot, byte[] sector)
        {
            Changes++;
            CatalogueSector.PutSlots(sector, 0, _slots);
            if (IsWhole)
            {
                CatalogueSector.PutWhole(sector, 0);
            }

            CatalogueSector.Seal(_natives, sector, 0);
            return _a == null ? CardStatus.NoCard : _a.Write(Position(slot), sector, 0, Sector.Size);
        }

        internal CardStatus WriteCopyB(int slot, byte[] sector)
        {
            return _b == null ? CardStatus.NoCard : _b.Write(Position(slot), sector, 0, Sector.Size);
        }

        /// <summary>An empty sector for a slot that is its first.</summary>
        internal void ClearSector(int slot, byte[] sector)
        {
            CatalogueSector.Clear(sector, 0, slot / CatalogueSector.Records, slot + 1, _slotSectors);
        }

        /// <summary>The slot after the last is in both copies: it may be written.</summary>
        internal void Added()
        {
            _states[_slots] = (byte)SlotState.Free;
            _slots++;
            _freeSlots++;
        }

        /// <summary>That the card has all its slots is in both copies.</summary>
        internal void Completed()
        {
            IsWhole = true;
        }

        /// <summary>A slot has this state in both copies.</summary>
        internal void Changed(int slot, SlotState state)
        {
            if (IsFree(_states[slot]))
            {
                _freeSlots--;
            }

            _states[slot] = (byte)state;
            if (slot == Reserved)
            {
                Reserved = -1;
            }

            if (IsFree(_states[slot]))
            {
                _freeSlots++;
            }

            if (state == SlotState.Open)
            {
                _lastTaken = slot;
            }
        }

        /// <summary>Reads sectors of copy A; what cannot be read is not valid.</summary>
        internal CardStatus ReadCopyA(int first, int count, byte[] buffer)
        {
            return _a == null ? CardStatus.NoCard : ReadCopy(_a, first, count, buffer);
        }

        internal CardStatus ReadCopyB(int number, byte[] buffer, int offset)
        {
            return _b == null ? CardStatus.NoCard : _b.Read((long)number * Sector.Size, buffer, offset, Sector.Size);
        }

        internal bool IsValid(int number, byte[] buffer, int offset)
        {
            return CatalogueSector.IsValid(_natives, buffer, offset, number);
        }

        private static long Position(int slot)
        {
            return (long)(slot / CatalogueSector.Records) * Sector.Size;
        }

        private static bool IsFree(byte state)
        {
            return state == (byte)SlotState.Free || state == (byte)SlotState.Released;
        }

        private static CardStatus ReadCopy(ICardFile file, int first, int count, byte[] buffer)
        {
            // An unreadable part is the same as a damaged one: its sectors do not validate.
            long position = (long)first * Sector.Size;
            int bytes = count * Sector.Size;
            CardStatus status = file.Length < position + bytes ? CardStatus.ReadError : file.Read(position, buffer, 0, bytes);
            if (status != CardStatus.Ok)
            {
                Array.Clear(buffer, 0, bytes);
            }

            return status;
        }

        private void Begin(ICardFile a, ICardFile b)
        {
            _a = a;
            _b = b;
            _states = null;
            _slots = 0;
            _known = 0;
            _freeSlots = 0;
            _unknownSlots = 0;
            _repairedSectors = 0;
            _newestRecording = 0;
            _lastTaken = -1;
            IsWhole = false;
            IsEndLost = false;
        }

        private void Take(int room)
        {
            _states = new byte[room];
            for (int i = 0; i < room; i++)
            {
                _states[i] = (byte)SlotState.Unknown;
            }
        }

        private static int RoomIn(ICardFile a, ICardFile b)
        {
            long shorter = a.Length < b.Length ? a.Length : b.Length;
            long room = shorter / Sector.Size * CatalogueSector.Records;
            return room < MostSlots ? (int)room : MostSlots;
        }

        private CardStatus Adopt(byte[] copyA, byte[] copyB, int offset, int number, ref bool ended)
        {
            bool validA = CatalogueSector.IsValid(_natives, copyA, offset, number);
            bool validB = CatalogueSector.IsValid(_natives, copyB, offset, number);
            if (!validA && !validB)
            {
                // Zero in one copy: it was never written, or a cut came before copy B was. No slot of it is in use.
                bool isLost = !CatalogueSector.IsZero(copyA, offset) && !CatalogueSector.IsZero(copyB, offset);
                IsEndLost |= isLost;
                ended &= !isLost;
                return CardStatus.Ok;
            }

            bool useA = validA && (!validB || CatalogueSector.Generation(copyA, offset) - CatalogueSector.Generation(copyB, offset) >= 0);
            byte[] good = useA ? copyA : copyB;
            int stated = CatalogueSector.Slots(good, offset);
            ended = false;
            if (_states == null)
            {
                _slotSectors = CatalogueSector.SlotSectors(good, offset);

                // A checksum keeps no forger out: numbers from the card are believed only within what a card can be, before memory is taken
                // for them.
                if (!IsPlausible(stated, number) || !HasRoom(_a, stated) || !HasRoom(_b, stated))
                {
                    return CardStatus.Unformatted;
                }

                Take(CatalogueSector.IsWhole(good, offset) ? stated : RoomIn(_a, _b));
            }

            int first = number * CatalogueSector.Records;
            int count = stated - first;
            if (count <= 0 || stated > _states.Length)
            {
                return CardStatus.Ok;
            }

            // Each sector vouches for its own slots. One that was written when the card had all of them knows how many.
            IsEndLost = false;
            if (count > CatalogueSector.Records)
            {
                count = CatalogueSector.Records;
            }

            if (CatalogueSector.IsWhole(good, offset))
            {
                IsWhole = true;
                _slots = stated;
            }
            else if (first + count > _slots)
            {
                _slots = first + count;
            }

            _known += count;
            TakeRecords(good, offset, number, count);
            bool same = validA && validB && CatalogueSector.Generation(copyA, offset) == CatalogueSector.Generation(copyB, offset);
            if (same)
            {
                return CardStatus.Ok;
            }

            // The older copy is made the same: otherwise the next damaged sector would leave the old state as the only one.
            _repairedSectors++;
            return (useA ? _b : _a).Write((long)number * Sector.Size, good, offset, Sector.Size);
        }

        private bool IsPlausible(int slots, int number)
        {
            // A slot is at least a few fragments and below 2 GiB; SlotPath has three digits of folders.
            return _slotSectors >= 64
                && _slotSectors < 0x400000
                && slots > 0
                && slots <= 1000 * SlotPath.SlotsPerFolder
                && number < SectorsFor(slots);
        }

        // Slots are taken in turn, after the newest that was used.
        private void NoteNewest(int slot, int recording)
        {
            if (recording == 0 || recording < _newestRecording || recording > MostRecordings)
            {
                return;
            }

            _newestRecording = recording;
            _lastTaken = slot;
        }

        private int SlotsIn(int number)
        {
            int left = _slots - number * CatalogueSector.Records;
            return left < 0 ? 0
                : left < CatalogueSector.Records ? left
                : CatalogueSector.Records;
        }

        private void TakeRecords(byte[] sector, int offset, int number, int count)
        {
            int slot = number * CatalogueSector.Records;
            int at = CatalogueSector.Record(offset, 0);
            for (int i = 0; i < count; i++)
            {
                byte state = sector[at];
                _states[slot + i] = state;
                if (IsFree(state))
                {
                    _freeSlots++;
                }

                NoteNewest(slot + i, BigEndian.Get32(sector, at + CatalogueSector.RecordingAt));
                at += CatalogueSector.RecordBytes;
            }
        }
    }
}
