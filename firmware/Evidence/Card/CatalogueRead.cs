// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Reads sectors of the catalogue, each from a copy in which it is valid, one card operation a step: all of them from copy A at once,
    /// then from copy B one by one those that are not valid. One that is valid in neither is zero.
    /// </summary>
    public sealed class CatalogueRead
    {
        /// <summary>Sectors read at once: 8 KiB a card operation, 240 records a slice.</summary>
        public const int MostSectors = 16;

        private readonly Catalogue _catalogue;
        private readonly byte[] _buffer = new byte[MostSectors * Sector.Size];
        private int _first;
        private int _count;
        private int _at;

        /// <summary>Sectors of this catalogue.</summary>
        public CatalogueRead(Catalogue catalogue)
        {
            _catalogue = catalogue;
        }

        /// <summary>The sectors, one after another.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Whether all of them are there.</summary>
        public bool IsDone
        {
            get { return _at >= _count; }
        }

        /// <summary>Begins.</summary>
        /// <param name="first">The first sector.</param>
        /// <param name="count">How many, at most <see cref="MostSectors"/>.</param>
        public void Begin(int first, int count)
        {
            _first = first;
            _count = count;
            _at = -1;
        }

        /// <summary>One card operation. NoCard when the card went away, else Ok.</summary>
        public CardStatus Step()
        {
            CardStatus status = CardStatus.Ok;
            if (_at < 0)
            {
                _at = 0;
                status = _catalogue.ReadCopyA(_first, _count, _buffer);
            }
            else
            {
                int offset = _at * Sector.Size;
                status = _catalogue.ReadCopyB(_first + _at, _buffer, offset);
                if (!_catalogue.IsValid(_first + _at, _buffer, offset))
                {
                    Array.Clear(_buffer, offset, Sector.Size);
                }

                _at++;
            }

            while (_at < _count && _catalogue.IsValid(_first + _at, _buffer, _at * Sector.Size))
            {
                _at++;
            }

            return status == CardStatus.NoCard ? status : CardStatus.Ok;
        }
    }
}
