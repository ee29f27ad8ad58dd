// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The catalogue in its two copies.</summary>
    /// <remarks>
    /// In memory it is one byte a slot; a change reads one sector, patches it, and writes it to copy A, then to copy B, so that one of them
    /// is whole at any cut. A sector damaged in both copies makes its slots Unknown: nothing of theirs is ever written.
    /// </remarks>
    public sealed class Catalogue
    {
        // Sectors read at once when loading: one buffer of 16 KB a copy.
        private const int LoadSectors = 32;

        // A checksum keeps nobody out: a number that no device reaches, at a recording a second for three years, is not counted on from.
        private const int MostRecordings = 100000000;

        private readonly INatives _natives;
        private readonly RecordAccess _access;
        private ICardFile _a;
        private ICardFile _b;
        private byte[] _states;
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

        /// <summary>Slots on the card.</summary>
        public int Slots
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

        /// <summary>
        /// Writes both copies of an empty catalogue into two preallocated files, slot 0 last: a card on which it is unknown was perhaps
        /// never finished.
        /// </summary>
        public static CardStatus Create(INatives natives, ICardFile a, ICardFile b, int slots, int slotSectors)
        {
            var buffer = new byte[LoadSectors * Sector.Size];
            int sectors = SectorsFor(slots);

            // From the end to the start, so that slot 0 becomes known last: until then the card is taken for unfinished.
            int last = (sectors - 1) / LoadSectors * LoadSectors;
            for (int first = last; first >= 0; first -= LoadSectors)
            {
                int count = sectors - first < LoadSectors ? sectors - first : LoadSectors;
                for (int i = 0; i < count; i++)
                {
                    CatalogueSector.Clear(buffer, i * Sector.Size, first + i, slots, slotSectors);
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
            _a = a;
            _b = b;
            _states = null;
            _freeSlots = 0;
            _unknownSlots = 0;
            _repairedSectors = 0;
            _newestRecording = 0;
            _lastTaken = -1;

            // How many slots there are is not known before the first whole sector says it; until then as far as the longer file goes.
            int sectors = (int)((a.Length > b.Length ? a.Length : b.Length) / Sector.Size);
            var copyA = new byte[LoadSectors * Sector.Size];
            var copyB = new byte[LoadSectors * Sector.Size];
            int unknownBefore = 0;
            for (int first = 0; first < sectors; first += LoadSectors)
            {
                if (_states != null)
                {
                    // Boot time must not grow with the room that the files have, but with the slots that there are.
                    sectors = SectorsFor(_states.Length);
                }

                if (first >= sectors)
                {
                    break;
                }

                int count = sectors - first < LoadSectors ? sectors - first : LoadSectors;
                ReadCopy(a, first, count, copyA);
                ReadCopy(b, first, count, copyB);
                for (int i = 0; i < count && (_states == null || first + i < SectorsFor(_states.Length)); i++)
                {
                    CardStatus status = Adopt(copyA, copyB, i * Sector.Size, first + i, ref unknownBefore);
                    if (status != CardStatus.Ok)
                    {
                        return status;
                    }
                }
            }

            return _states == null ? CardStatus.Unformatted : CardStatus.Ok;
        }

        /// <summary>The next slot that may be written, in turn over the whole card, or -1.</summary>
        public int NextFree()
        {
            for (int i = 1; i <= _states.Length; i++)
            {
                // In turn over the whole card: it wears evenly, and what was released is overwritten as late as possible.
                int slot = (_lastTaken + i) % _states.Length;
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
            _a = a;
            _b = b;
            _slotSectors = slotSectors;
            _freeSlots = 0;
            _unknownSlots = slots;
            _repairedSectors = 0;
            _newestRecording = 0;
            _lastTaken = -1;
            _states = new byte[slots];
            for (int i = 0; i < slots; i++)
            {
                _states[i] = (byte)SlotState.Unknown;
            }
        }

        /// <summary>Writes a sector that was lost in both copies, rebuilt from its slots.</summary>
        /// <param name="number">The sector.</param>
        /// <param name="sector">Its records; the rest is filled in.</param>
        public CardStatus Replace(int number, byte[] sector)
        {
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
            _unknownSlots -= SlotsIn(number);
            TakeRecords(sector, 0, number);
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
            CatalogueSector.Seal(_natives, sector, 0);
            return _a == null ? CardStatus.NoCard : _a.Write(Position(slot), sector, 0, Sector.Size);
        }

        internal CardStatus WriteCopyB(int slot, byte[] sector)
        {
            return _b == null ? CardStatus.NoCard : _b.Write(Position(slot), sector, 0, Sector.Size);
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

        private CardStatus Adopt(byte[] copyA, byte[] copyB, int offset, int number, ref int unknownBefore)
        {
            bool validA = CatalogueSector.IsValid(_natives, copyA, offset, number);
            bool validB = CatalogueSector.IsValid(_natives, copyB, offset, number);
            if (!validA && !validB)
            {
                if (_states == null)
                {
                    unknownBefore++;
                }
                else
                {
                    _unknownSlots += SlotsIn(number);
                }

                return CardStatus.Ok;
            }

            bool useA = validA && (!validB || CatalogueSector.Generation(copyA, offset) - CatalogueSector.Generation(copyB, offset) >= 0);
            byte[] good = useA ? copyA : copyB;
            if (_states == null)
            {
                _slotSectors = CatalogueSector.SlotSectors(good, offset);
                int slots = CatalogueSector.Slots(good, offset);

                // A checksum keeps no forger out: numbers from the card are believed only within what a card can be, before memory is taken
                // for them.
                if (!IsPlausible(slots, number) || !HasRoom(_a, slots) || !HasRoom(_b, slots))
                {
                    return CardStatus.Unformatted;
                }

                _states = new byte[slots];
                for (int i = 0; i < slots; i++)
                {
                    _states[i] = (byte)SlotState.Unknown;
                }

                for (int i = 0; i < unknownBefore; i++)
                {
                    _unknownSlots += SlotsIn(i);
                }
            }

            TakeRecords(good, offset, number);
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
            int left = _states.Length - number * CatalogueSector.Records;
            return left < 0 ? 0
                : left < CatalogueSector.Records ? left
                : CatalogueSector.Records;
        }

        private void TakeRecords(byte[] sector, int offset, int number)
        {
            int slot = number * CatalogueSector.Records;
            int count = SlotsIn(number);
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
