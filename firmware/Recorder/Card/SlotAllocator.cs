// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Hands out open slots. One spare is opened ahead while the camera is idle, since opening takes about 100 ms on the device, and a
    /// press must
    /// not wait for it.
    /// </summary>
    public sealed class SlotAllocator
    {
        private readonly CardStore _store;
        private readonly byte[] _zeros = new byte[Sector.Size];
        private ICardFile _spare;
        private int _spareSlot = -1;
        private int _takenSlot = -1;

        /// <summary>Slots of this card.</summary>
        public SlotAllocator(CardStore store)
        {
            _store = store;
        }

        /// <summary>Whether a spare is open.</summary>
        public bool HasSpare
        {
            get { return _spare != null; }
        }

        /// <summary>Number of the slot last taken.</summary>
        public int TakenSlot
        {
            get { return _takenSlot; }
        }

        /// <summary>
        /// Opens a spare when there is none and a slot is free. A slot that cannot be opened is marked bad and the next one tried at the
        /// next call.
        /// </summary>
        public CardStatus Prepare()
        {
            if (_spare != null)
            {
                return CardStatus.Ok;
            }

            int slot = _store.Catalogue.NextFree();
            if (slot < 0)
            {
                return CardStatus.Full;
            }

            _spare = _store.OpenSlot(slot);
            _spareSlot = slot;
            CardStatus status = _spare == null ? _store.OpenStatus : ClearEnd(_spare);
            if (status == CardStatus.Ok)
            {
                return CardStatus.Ok;
            }

            Discard();
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            return _store.Catalogue.Mark(slot, SlotState.Bad, 0, 0, 0, 0, 0, null);
        }

        // An index of the slot's former segment there would mislead players of the next one (FORMAT.md 3.7).
        private CardStatus ClearEnd(ICardFile slot)
        {
            if (slot.Length != _store.Catalogue.SlotBytes)
            {
                return CardStatus.Unformatted;
            }

            return slot.Write(slot.Length - Sector.Size, _zeros, 0, Sector.Size);
        }

        /// <summary>Takes an open slot and marks it open in the catalogue. Null when that failed: see <see cref="Status"/>.</summary>
        public ICardFile Take(RecordingFacts recording, int segment, long utcMs)
        {
            Status = Prepare();
            while (Status == CardStatus.Ok && _spare == null)
            {
                Status = Prepare();
            }

            if (Status != CardStatus.Ok)
            {
                return null;
            }

            Status = _store.Catalogue.Mark(_spareSlot, SlotState.Open, recording.Number, segment, 0, (int)(utcMs / 1000), 0, recording.Id);
            if (Status != CardStatus.Ok)
            {
                return null;
            }

            ICardFile file = _spare;
            _takenSlot = _spareSlot;
            _spare = null;
            _spareSlot = -1;
            return file;
        }

        /// <summary>Outcome of the last <see cref="Take"/>.</summary>
        public CardStatus Status { get; private set; }

        /// <summary>Closes the spare: the card goes away.</summary>
        public void Discard()
        {
            if (_spare != null)
            {
                _spare.Close();
            }

            _spare = null;
            _spareSlot = -1;
        }
    }
}
