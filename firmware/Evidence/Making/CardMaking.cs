// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Makes a card that is none of ours yet: folder, catalogue, log, the key's file, the first slots. In steps of one card operation,
    /// taken up again where a cut left it. Nothing that is on the card already is overwritten.
    /// </summary>
    internal sealed class CardMaking
    {
        private enum Phase
        {
            Idle,
            CatalogueA,
            CatalogueB,
            Log,
            LookForKey,
            Clearing,
            Key,
            Slots,
            Catalogue,
        }

        private const int CatalogueBytes =
            (Catalogue.MostSlots + CatalogueSector.Records - 1) / CatalogueSector.Records * Sector.Size;

        private readonly ICard _card;
        private readonly INatives _natives;
        private readonly CataloguePair _pair;
        private readonly CatalogueClearing _clearing;
        private readonly FileMaker _file;
        private readonly SlotFileMaker _slots;
        private Phase _phase;
        private int _slotBytes;
        private int _firstSlots;
        private int _made;

        internal CardMaking(ICard card, CardFiles files, INatives natives, CataloguePair pair, SlotFileMaker slots)
        {
            _card = card;
            _natives = natives;
            _pair = pair;
            _clearing = new CatalogueClearing(pair, CatalogueBytes);
            _file = new FileMaker(card, files);
            _slots = slots;
        }

        /// <summary>Whether a card is being made. Once it is not, and nothing failed, the card can be opened.</summary>
        internal bool IsBusy
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>Begins with our folder.</summary>
        /// <param name="slotBytes">Size of a slot.</param>
        /// <param name="firstSlots">Slots with which the card is ready, where there is room.</param>
        internal CardStatus Begin(int slotBytes, int firstSlots)
        {
            _slotBytes = slotBytes;
            _firstSlots = firstSlots;
            _made = 0;
            _phase = Phase.CatalogueA;
            return _card.CreateFolder(SlotPath.Root);
        }

        /// <summary>One step. Anything but Ok ends it.</summary>
        internal CardStatus Step()
        {
            CardStatus status = StepPhase();
            if (status != CardStatus.Ok)
            {
                Abandon();
            }

            return status;
        }

        /// <summary>Leaves the card as far as it was made.</summary>
        internal void Abandon()
        {
            _clearing.Abandon();
            _file.Abandon();
            _phase = Phase.Idle;
        }

        private CardStatus StepPhase()
        {
            switch (_phase)
            {
                case Phase.CatalogueA:
                    return MakeFile(FileUse.Setup, SlotPath.CatalogueA, CatalogueBytes, Phase.CatalogueB);
                case Phase.CatalogueB:
                    return MakeFile(FileUse.Setup, SlotPath.CatalogueB, CatalogueBytes, Phase.Log);
                case Phase.Log:
                    // Before the slots: they take all the room that there is, and the log must not be what finds none.
                    return MakeFile(FileUse.Log, SlotPath.AuditLog, AuditLogFile.Bytes(_slotBytes), Phase.LookForKey);
                case Phase.LookForKey:
                    return LookForKey();
                case Phase.Clearing:
                    return Clear();
                case Phase.Key:
                    return StepFile(Phase.Slots);
                case Phase.Slots:
                    return MakeSlot();
                case Phase.Catalogue:
                    return MakeCatalogue();
                default:
                    return CardStatus.Ok;
            }
        }

        private CardStatus MakeFile(FileUse use, string path, int bytes, Phase next)
        {
            if (!_file.IsBusy)
            {
                _file.Begin(use, path, bytes);
            }

            return StepFile(next);
        }

        private CardStatus StepFile(Phase next)
        {
            CardStatus status = _file.Step();
            if (status == CardStatus.Ok && !_file.IsBusy)
            {
                ICardFile found = _file.Take();
                if (found != null)
                {
                    found.Close();
                }

                _phase = next;
            }

            return status;
        }

        // Both copies are cleared before the key's file is made, and without the key's file neither is believed. With it there, empty
        // perhaps after a cut, they were cleared before: only slots are missing.
        private CardStatus LookForKey()
        {
            _phase = Phase.Clearing;
            if (_card.Exists(SlotPath.PublicKey))
            {
                BeginKey();
            }

            return CardStatus.Ok;
        }

        private CardStatus Clear()
        {
            bool done;
            CardStatus status = _clearing.Step(out done);
            if (done)
            {
                BeginKey();
            }

            return status;
        }

        private void BeginKey()
        {
            _file.BeginOver(FileUse.Setup, SlotPath.PublicKey, Sector.Size);
            _phase = Phase.Key;
        }

        // The catalogue's room is taken first and its content written last: until then the card holds no evidence and is taken up again
        // here.
        private CardStatus MakeSlot()
        {
            if (!_slots.IsBusy)
            {
                if (_made >= _firstSlots)
                {
                    _phase = Phase.Catalogue;
                    return CardStatus.Ok;
                }

                _slots.Begin(_made, _slotBytes);
            }

            CardStatus status = _slots.Step();
            if (status != CardStatus.Ok || _slots.IsBusy)
            {
                return status;
            }

            if (!_slots.IsFull)
            {
                _made++;
                return CardStatus.Ok;
            }

            // Fewer than two are of no use.
            _phase = Phase.Catalogue;
            return _made < CardStore.LeastSlots ? CardStatus.Full : CardStatus.Ok;
        }

        private CardStatus MakeCatalogue()
        {
            CardStatus status = _pair.Open(_made);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            // Closed and loaded again by the next step, like any card: what is used afterwards is what can be read back.
            status = Catalogue.Create(_natives, _pair.A, _pair.B, _made, _slotBytes / Sector.Size, false);
            _pair.Close();
            _phase = Phase.Idle;
            return status;
        }
    }
}
