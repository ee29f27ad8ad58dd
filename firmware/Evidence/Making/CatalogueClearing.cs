// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Clears both copies of a new card's catalogue: a fresh file may hold a stale catalogue of an earlier life of the card. One write a
    /// step: both together take seconds, in which the camera has to answer presses and the port.
    /// </summary>
    internal sealed class CatalogueClearing
    {
        // A megabyte of zeros for both copies, in pieces that are small beside the heap.
        private const int PieceBytes = 32768;

        private readonly CataloguePair _pair;
        private readonly int _copyBytes;
        private int _cleared;

        // While the two copies are open for it; null otherwise.
        private byte[] _zeros;

        internal CatalogueClearing(CataloguePair pair, int copyBytes)
        {
            _pair = pair;
            _copyBytes = copyBytes;
        }

        /// <summary>One step. Ok with <paramref name="done"/> false means: call again. Anything but Ok ends it.</summary>
        internal CardStatus Step(out bool done)
        {
            done = false;
            if (_zeros == null)
            {
                CardStatus opened = _pair.Open(Catalogue.MostSlots);
                if (opened == CardStatus.Ok)
                {
                    _cleared = 0;
                    _zeros = new byte[PieceBytes];
                }

                return opened;
            }

            if (_cleared == 2 * _copyBytes)
            {
                Abandon();
                done = true;
                return CardStatus.Ok;
            }

            bool isFirst = _cleared < _copyBytes;
            int at = isFirst ? _cleared : _cleared - _copyBytes;
            int count = _copyBytes - at < PieceBytes ? _copyBytes - at : PieceBytes;
            CardStatus written = (isFirst ? _pair.A : _pair.B).Write(at, _zeros, 0, count);
            _cleared += count;
            if (written != CardStatus.Ok)
            {
                Abandon();
            }

            return written;
        }

        /// <summary>Closes both copies.</summary>
        internal void Abandon()
        {
            if (_zeros != null)
            {
                _zeros = null;
                _pair.Close();
            }
        }
    }
}
