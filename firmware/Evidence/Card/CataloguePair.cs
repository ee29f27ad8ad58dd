// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>Opens the files of the catalogue's two copies.</summary>
    internal sealed class CataloguePair
    {
        private readonly CardFiles _files;

        internal CataloguePair(CardFiles files)
        {
            _files = files;
        }

        /// <summary>Copy A, once open.</summary>
        internal ICardFile A { get; private set; }

        /// <summary>Copy B, once open.</summary>
        internal ICardFile B { get; private set; }

        /// <summary>Opens both. Unformatted: one is too short for so many slots; such files are not ours to make longer.</summary>
        internal CardStatus Open(int slots)
        {
            A = _files.Open(FileUse.Catalogue, SlotPath.CatalogueA);
            if (A == null)
            {
                return _files.Status;
            }

            B = _files.Open(FileUse.Catalogue, SlotPath.CatalogueB);
            CardStatus status = B == null ? _files.Status : CardStatus.Ok;
            if (B != null && (!Catalogue.HasRoom(A, slots) || !Catalogue.HasRoom(B, slots)))
            {
                status = CardStatus.Unformatted;
            }

            if (status != CardStatus.Ok)
            {
                Close();
            }

            return status;
        }

        /// <summary>Closes what is open.</summary>
        internal void Close()
        {
            if (A != null)
            {
                A.Close();
            }

            if (B != null)
            {
                B.Close();
            }

            A = null;
            B = null;
        }
    }
}
