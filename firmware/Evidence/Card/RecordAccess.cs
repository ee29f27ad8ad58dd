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

        private readonly Catalogue _catalogue;
        private readonly byte[] _sector = new byte[Sector.Size];
        private readonly byte[] _other = new byte[Sector.Size];
        private readonly byte[] _put = new byte[CatalogueSector.RecordBytes];
        private readonly byte[] _record = new byte[CatalogueSector.RecordBytes];
        private Phase _phase;
        private int _slot;
        private bool _isValidA;
        private bool _changes;
        private bool _stateOnly;
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
            Begin(slot, false);
        }

        /// <summary>Begins to record a slot's new state with all that belongs to it.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="record">What to say of it; copied at once.</param>
        public void BeginMark(int slot, SlotRecord record)
        {
            record.Put(_put, 0);
            _state = record.State;
            _stateOnly = false;
            Begin(slot, true);
        }

        /// <summary>Begins to change a slot's state and nothing else of its record.</summary>
        public void BeginRestate(int slot, SlotState state)
        {
            _state = state;
            _stateOnly = true;
            Begin(slot, true);
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

        private void Begin(int slot, bool changes)
        {
            _slot = slot;
            _changes = changes;
            _phase = Phase.ReadA;
        }

        private CardStatus StepPhase()
        {
            if (_phase > Phase.ReadA && _seen != _catalogue.Changes)
            {
                _phase = Phase.ReadA;
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
            _phase = _changes ? Phase.WriteA : Phase.Idle;
            return CardStatus.Ok;
        }

        private CardStatus WriteA()
        {
            int at = CatalogueSector.Record(0, _slot % CatalogueSector.Records);
            if (_stateOnly)
            {
                _sector[at] = (byte)_state;
            }
            else
            {
                Array.Copy(_put, 0, _sector, at, CatalogueSector.RecordBytes);
            }

            CardStatus status = _catalogue.WriteCopyA(_slot, _sector);
            _seen = _catalogue.Changes;
            _phase = Phase.WriteB;
            return status;
        }

        private CardStatus WriteB()
        {
            CardStatus status = _catalogue.WriteCopyB(_slot, _sector);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _catalogue.Changed(_slot, _state);
            _phase = Phase.Idle;
            return CardStatus.Ok;
        }
    }
}
