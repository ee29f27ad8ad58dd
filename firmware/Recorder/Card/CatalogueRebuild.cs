// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>Rebuilds catalogue sectors that are lost in both copies from the slots they describe, one step at a time.</summary>
    public sealed class CatalogueRebuild
    {
        private readonly CardStore _store;
        private readonly SlotInspector _inspector;
        private readonly byte[] _sector = new byte[Sector.Size];
        private int _slot;
        private bool _begun;

        /// <summary>Rebuilds this card's catalogue.</summary>
        public CatalogueRebuild(CardStore store, SlotInspector inspector)
        {
            _store = store;
            _inspector = inspector;
        }

        /// <summary>Whether every sector was looked at.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Whether a sector is being rebuilt.</summary>
        public bool IsRunning
        {
            get { return !IsDone && _slot > 0 && _store.Catalogue.UnknownSlots > 0; }
        }

        /// <summary>Begins anew: the card was opened.</summary>
        public void Restart()
        {
            if (_begun)
            {
                _inspector.Abandon();
            }

            _begun = false;
            _slot = 0;
            IsDone = false;
        }

        /// <summary>One step. Anything but Ok: the card failed.</summary>
        public CardStatus Step()
        {
            if (_begun)
            {
                return Inspect();
            }

            Catalogue catalogue = _store.Catalogue;
            if (catalogue.UnknownSlots == 0)
            {
                _slot = catalogue.Slots;
            }

            while (_slot < catalogue.Slots && catalogue.State(_slot) != SlotState.Unknown)
            {
                _slot++;
            }

            IsDone = _slot >= catalogue.Slots;
            if (IsDone)
            {
                return CardStatus.Ok;
            }

            int record = _slot % CatalogueSector.Records;
            if (record == 0)
            {
                CatalogueSector.Clear(_sector, 0, _slot / CatalogueSector.Records, catalogue.Slots, catalogue.SlotBytes / Sector.Size);
            }

            ICardFile file = _store.OpenSlot(FileUse.Recovery, _slot);
            if (file == null && _store.OpenStatus == CardStatus.NoCard)
            {
                return CardStatus.NoCard;
            }

            // No place for it now says nothing about the slot.
            if (file == null && _store.OpenStatus == CardStatus.Busy)
            {
                return CardStatus.Ok;
            }

            if (file == null || file.Length != catalogue.SlotBytes)
            {
                if (file != null)
                {
                    file.Close();
                }

                return Take(record, true);
            }

            _inspector.Begin(file, _slot);
            _begun = true;
            return CardStatus.Ok;
        }

        private CardStatus Inspect()
        {
            CardStatus status = _inspector.Step();
            if (status == CardStatus.Ok && !_inspector.IsDone)
            {
                return CardStatus.Ok;
            }

            _inspector.Abandon();
            _begun = false;
            return status == CardStatus.NoCard ? status : Take(_slot % CatalogueSector.Records, status != CardStatus.Ok);
        }

        private CardStatus Take(int record, bool unreadable)
        {
            if (unreadable)
            {
                SlotRecord.Without(SlotState.Bad).Put(_sector, CatalogueSector.Record(0, record));
            }
            else
            {
                _inspector.PutRecord(_sector, record);
            }

            _slot++;
            bool last = record == CatalogueSector.Records - 1 || _slot == _store.Catalogue.Slots;
            return last ? _store.Catalogue.Replace((_slot - 1) / CatalogueSector.Records, _sector) : CardStatus.Ok;
        }
    }
}
