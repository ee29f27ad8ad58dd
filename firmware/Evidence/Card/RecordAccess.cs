// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Reads or changes one slot's record in the catalogue, one card operation a step: copy A is read, copy B is read, then, for a change,
    /// the sector goes to A and to B, so that one of them is whole at any cut. Several may be under way: who finds that another changed
    /// the catalogue since it read begins again, so that no change is lost. One that is left unfinished is as a cut would leave it.
    /// </summary>
    public sealed class RecordAccess
    {
        private enum Phase
        {
            Idle,
            ReadA,
            ReadB,
            WriteA,
            WriteB,
        }

        // What is done to the record.
        private enum Change
        {
            None,
            Record,
            State,

            // The record is the first of its slot.
            Add,

            // The header alone changes: the card has all its slots.
            Complete,
        }

        private readonly Catalogue _catalogue;
        private readonly byte[] _sector = new byte[Sector.Size];
        private readonly byte[] _other = new byte[Sector.Size];
        private readonly byte[] _put = new byte[CatalogueSector.RecordBytes];
        private readonly byte[] _record = new byte[CatalogueSector.RecordBytes];
        private Phase _phase;
        private int _slot;
        private bool _isValidA;
        private Change _change;
        private SlotState _state;
        private int _seen;

        /// <summary>Records of this catalogue.</summary>
        public RecordAccess(Catalogue catalogue)
        {
            _catalogue = catalogue;
        }

        /// <summary>Whether a step is left to do.</summary>
        public bool IsBusy
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>The record as it was read, <see cref="CatalogueSector.RecordBytes"/> bytes: before the change.</summary>
        public byte[] Record
        {
            get { return _record; }
        }

        /// <summary>Begins to read a slot's record.</summary>
        public void BeginRead(int slot)
        {
            Begin(slot, Change.None);
        }

        /// <summary>Begins to record a slot's new state with all that belongs to it.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="record">What to say of it; copied at once.</param>
        public void BeginMark(int slot, SlotRecord record)
        {
            record.Put(_put, 0);
            _state = record.State;
            Begin(slot, Change.Record);
        }

        /// <summary>Begins to change a slot's state and nothing else of its record.</summary>
        public void BeginRestate(int slot, SlotState state)
        {
            _state = state;
            Begin(slot, Change.State);
        }

        /// <summary>Begins to add the slot after the last: its file is there, and it may be written from the last step on.</summary>
        public void BeginAdd()
        {
            Array.Clear(_put, 0, CatalogueSector.RecordBytes);
            Begin(_catalogue.Slots, Change.Add);
        }

        /// <summary>Begins to record that the card has all its slots.</summary>
        public void BeginComplete()
        {
            Begin(_catalogue.Slots - 1, Change.Complete);
        }

        /// <summary>Leaves what was begun.</summary>
        public void Abandon()
        {
            _phase = Phase.Idle;
        }

        /// <summary>One card operation. Anything but Ok: it failed and nothing is under way any more.</summary>
        public CardStatus Step()
        {
            CardStatus status = StepPhase();
            if (status != CardStatus.Ok)
            {
                _phase = Phase.Idle;
            }

            return status;
        }

        private void Begin(int slot, Change change)
        {
            _slot = slot;
            _change = change;
            _phase = Start;
        }

        // The sector of a slot that is its first is not there to be read.
        private Phase Start
        {
            get { return _change == Change.Add && _slot % CatalogueSector.Records == 0 ? Phase.WriteA : Phase.ReadA; }
        }

        private CardStatus StepPhase()
        {
            if (_phase > Phase.ReadA && _seen != _catalogue.Changes)
            {
                _phase = Start;
            }

            switch (_phase)
            {
                case Phase.ReadA:
                    return ReadA();
                case Phase.ReadB:
                    return ReadB();
                case Phase.WriteA:
                    return WriteA();
                case Phase.WriteB:
                    return WriteB();
                default:
                    return CardStatus.Ok;
            }
        }

        private CardStatus ReadA()
        {
            _seen = _catalogue.Changes;
            CardStatus status = _catalogue.ReadCopyA(_slot, _sector);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            _isValidA = status == CardStatus.Ok && _catalogue.IsValid(_slot, _sector);
            _phase = Phase.ReadB;
            return CardStatus.Ok;
        }

        private CardStatus ReadB()
        {
            CardStatus status = _catalogue.ReadCopyB(_slot, _other);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            bool isValidB = status == CardStatus.Ok && _catalogue.IsValid(_slot, _other);
            if (!_isValidA && !isValidB)
            {
                return CardStatus.ReadError;
            }

            // A card may have lost the last write of one copy, which is valid then, but old.
            bool useB =
                isValidB && (!_isValidA || CatalogueSector.Generation(_other, 0) - CatalogueSector.Generation(_sector, 0) > 0);
            if (useB)
            {
                Array.Copy(_other, 0, _sector, 0, Sector.Size);
            }

            Array.Copy(_sector, CatalogueSector.Record(0, _slot % CatalogueSector.Records), _record, 0, CatalogueSector.RecordBytes);
            _phase = _change == Change.None ? Phase.Idle : Phase.WriteA;
            return CardStatus.Ok;
        }

        private CardStatus WriteA()
        {
            int at = CatalogueSector.Record(0, _slot % CatalogueSector.Records);
            switch (_change)
            {
                case Change.State:
                    _sector[at] = (byte)_state;
                    break;
                case Change.Complete:
                    CatalogueSector.PutWhole(_sector, 0);
                    break;
                case Change.Add:
                    PutFirst(at);
                    break;
                default:
                    Array.Copy(_put, 0, _sector, at, CatalogueSector.RecordBytes);
                    break;
            }

            CardStatus status = _catalogue.WriteCopyA(_slot, _sector);
            _seen = _catalogue.Changes;
            _phase = Phase.WriteB;
            return status;
        }

        private void PutFirst(int at)
        {
            if (_slot % CatalogueSector.Records == 0)
            {
                _catalogue.ClearSector(_slot, _sector);
            }

            Array.Copy(_put, 0, _sector, at, CatalogueSector.RecordBytes);
            CatalogueSector.PutSlots(_sector, 0, _slot + 1);
        }

        private CardStatus WriteB()
        {
            CardStatus status = _catalogue.WriteCopyB(_slot, _sector);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            switch (_change)
            {
                case Change.Add:
                    _catalogue.Added();
                    break;
                case Change.Complete:
                    _catalogue.Completed();
                    break;
                default:
                    _catalogue.Changed(_slot, _state);
                    break;
            }

            _phase = Phase.Idle;
            return CardStatus.Ok;
        }
    }
}
