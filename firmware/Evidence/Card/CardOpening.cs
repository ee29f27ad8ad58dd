// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>Looks at a card, and loads the catalogue of one that is ours.</summary>
    internal sealed class CardOpening
    {
        // "ftyp", the second word of a segment.
        private const int FileTypeBox = 0x66747970;

        private readonly ICard _card;
        private readonly CardFiles _files;
        private readonly Catalogue _catalogue;
        private readonly CataloguePair _pair;
        private readonly byte[] _sector = new byte[Sector.Size];

        internal CardOpening(ICard card, CardFiles files, Catalogue catalogue, CataloguePair pair)
        {
            _card = card;
            _files = files;
            _catalogue = catalogue;
            _pair = pair;
        }

        /// <summary>Mounts the card and loads its catalogue.</summary>
        /// <param name="isUnmade">Whether nothing on it is evidence, and it was never finished: it is to be made.</param>
        /// <returns>
        /// Ok and not unmade: the catalogue is loaded. Unformatted: files of ours are missing beside evidence. Only a person may decide
        /// what becomes of such a card.
        /// </returns>
        internal CardStatus Open(out bool isUnmade)
        {
            isUnmade = false;
            CardStatus status = _card.Mount();
            if (status != CardStatus.Ok)
            {
                return status;
            }

            // The key's file is made after both catalogues were cleared: with it in place what stands in them is of this life of the card.
            bool whole = _card.Exists(SlotPath.PublicKey) && _card.Exists(SlotPath.CatalogueA) && _card.Exists(SlotPath.CatalogueB);
            if (whole)
            {
                status = Load();
                if (status != CardStatus.Unformatted)
                {
                    return status;
                }
            }

            if (!HoldsEvidence())
            {
                isUnmade = true;
                return CardStatus.Ok;
            }

            // Evidence is never made over. Its catalogue is rebuilt from the slots, which say themselves what they hold.
            return whole ? LoadUnknown() : CardStatus.Unformatted;
        }

        private CardStatus Load()
        {
            CardStatus status = _pair.Open(1);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            status = _catalogue.Load(_pair.A, _pair.B);
            if (status != CardStatus.Ok)
            {
                _catalogue.Close();
                return status;
            }

            // A cut leaves one file at most behind those that the catalogue knows. Where there are more, it lost sectors that it had.
            if (!_catalogue.IsWhole && (_catalogue.IsEndLost || _card.Exists(SlotPath.File(_catalogue.Slots + 1))))
            {
                _catalogue.Extend(CountSlots(_catalogue.Slots));
            }

            return CardStatus.Ok;
        }

        // Both copies are lost while the slots hold evidence: every slot is unknown until it was looked at.
        private CardStatus LoadUnknown()
        {
            ICardFile slot = _files.Open(FileUse.Setup, SlotPath.File(0));
            if (slot == null)
            {
                return _files.Status;
            }

            int sectors = (int)(slot.Length / Sector.Size);
            slot.Close();

            int slots = CountSlots(CardStore.LeastSlots);
            CardStatus status = _pair.Open(slots);
            if (status == CardStatus.Ok)
            {
                _catalogue.LoadUnknown(_pair.A, _pair.B, slots, sectors);
            }

            return status;
        }

        // Halving: 14 look-ups tell how many slot files there are, where otherwise 8,000 names would be asked for. They are numbered
        // without a gap.
        private int CountSlots(int there)
        {
            int beyond = Catalogue.MostSlots + 1;
            while (there + 1 < beyond)
            {
                int middle = (there + beyond) / 2;
                if (_card.Exists(SlotPath.File(middle - 1)))
                {
                    there = middle;
                }
                else
                {
                    beyond = middle;
                }
            }

            return there;
        }

        // A catalogue without a whole sector is either damaged or was never finished. The first recording on a card takes slot 0, and no
        // recording is made before slot 1 exists: so a segment in slot 0 beside a slot 1 means damage, and the card is left alone.
        private bool HoldsEvidence()
        {
            if (!_card.Exists(SlotPath.File(1)))
            {
                return false;
            }

            ICardFile slot = _files.Open(FileUse.Setup, SlotPath.File(0));
            if (slot == null)
            {
                return true;
            }

            CardStatus status = slot.Read(0, _sector, 0, Sector.Size);
            slot.Close();
            return status != CardStatus.Ok || BigEndian.Get32(_sector, 4) == FileTypeBox;
        }
    }
}
