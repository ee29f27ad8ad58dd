// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Hands out open slots. One, the spare, is opened ahead: opening takes about 100 ms on the device, and neither a press nor the end of
    /// a full slot is to wait for it. One card operation a step: the open, then the write that clears the slot's end.
    /// </summary>
    public sealed class SlotAllocator : IFileHolder
    {
        private readonly CardStore _store;
        private readonly RecordAccess _access;
        private readonly byte[] _zeros = new byte[Sector.Size];
        private ICardFile _file;
        private FileUse _use;
        private bool _isCleared;
        private int _slot = -1;

        /// <summary>Slots of this card.</summary>
        public SlotAllocator(CardStore store)
        {
            _store = store;
            _access = new RecordAccess(store.Catalogue);
            store.Files.SetHolder(FileUse.Spare, this);
        }

        /// <summary>Whether a slot is open and ready to be taken.</summary>
        public bool HasSpare
        {
            get { return _isCleared; }
        }

        /// <summary>Whether a slot may come yet when none is free: the card is new, and slots are being made.</summary>
        public bool MayGetSlots
        {
            get { return _store.IsMakingSlots; }
        }

        /// <summary>Number of the slot last taken.</summary>
        public int TakenSlot { get; private set; } = -1;

        /// <summary>Whether the last step found no place for another file: it says nothing about the slot, and is tried again.</summary>
        public bool MustWait { get; private set; }

        /// <summary>
        /// One card operation towards a slot that can be taken. Full when no slot is free and no more are made. A slot that does not
        /// open, or does not take the write, is marked bad, in the steps that follow, and then the next one is tried.
        /// </summary>
        /// <param name="use">Whose place the file is to have.</param>
        public CardStatus Prepare(FileUse use)
        {
            MustWait = false;
            if (_access.IsBusy)
            {
                return _access.Step();
            }

            if (_isCleared)
            {
                return CardStatus.Ok;
            }

            return _file == null ? Open(use) : ClearEnd();
        }

        /// <summary>The slot table.</summary>
        public Catalogue Catalogue
        {
            get { return _store.Catalogue; }
        }

        /// <summary>
        /// Takes the slot that is ready: its file is this use's from now on. Only when <see cref="HasSpare"/>, and once the slot taken
        /// before is open in the catalogue.
        /// </summary>
        public ICardFile Take(FileUse use)
        {
            _store.Files.Pass(_use, use);
            ICardFile file = _file;
            TakenSlot = _slot;
            _store.Catalogue.Reserved = _slot;
            _file = null;
            _isCleared = false;
            return file;
        }

        /// <summary>Closes what is open here: the card goes away.</summary>
        public void Discard()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            _isCleared = false;
            _access.Abandon();
        }

        /// <summary>Another needs the place of the spare.</summary>
        public void PutOut()
        {
            Discard();
        }

        private CardStatus Open(FileUse use)
        {
            int slot = _store.Catalogue.NextFree();
            if (slot < 0)
            {
                MustWait = MayGetSlots;
                return MustWait ? CardStatus.Ok : CardStatus.Full;
            }

            _file = _store.OpenSlot(use, slot);
            _use = use;
            _slot = slot;
            if (_file != null)
            {
                return CardStatus.Ok;
            }

            MustWait = _store.OpenStatus == CardStatus.Busy;
            return MustWait ? CardStatus.Ok : GiveUpSlot(_store.OpenStatus);
        }

        // An index of the slot's former segment there would mislead players of the next one (FORMAT.md 3.7).
        private CardStatus ClearEnd()
        {
            CardStatus status = CardStatus.Unformatted;
            if (_file.Length == _store.Catalogue.SlotBytes)
            {
                status = _file.Write(_file.Length - Sector.Size, _zeros, 0, Sector.Size);
            }

            _isCleared = status == CardStatus.Ok;
            return _isCleared ? CardStatus.Ok : GiveUpSlot(status);
        }

        // A card that is gone is not the slot's fault.
        private CardStatus GiveUpSlot(CardStatus status)
        {
            Discard();
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            _access.BeginMark(_slot, SlotRecord.Without(SlotState.Bad));
            return CardStatus.Ok;
        }
    }
}
