// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Finds the end of the audit log on a card, one read a step: at the sector last known when it is there, else by halving, since places
    /// rise along the file; then forward to the last whole sector. What cannot be read counts as not whole.
    /// </summary>
    public sealed class AuditSearch
    {
        /// <summary>Sectors looked at in a step: 8 KiB.</summary>
        /// <remarks>
        /// A MAC and a comparison each, some 600 instructions, stay within a slice of 6 ms. As many sectors may be missing in a row without
        /// hiding the ones behind them.
        /// </remarks>
        public const int BlockSectors = 16;

        private enum Phase
        {
            Fresh,
            Known,
            First,
            Halving,
            Forward,
            Done,
        }

        private readonly AuditSector _sector;
        private readonly byte[] _block = new byte[BlockSectors * Sector.Size];

        // Told apart from what is not whole: behind a sector that cannot be read there may be a later one, so the log goes on behind it.
        private readonly bool[] _unreadable = new bool[BlockSectors];
        private readonly AuditHead _own = new AuditHead();
        private Phase _phase;
        private ICardFile _file;
        private AuditHead _known;
        private int _positions;
        private int _low;
        private int _high;
        private long _firstPlace;
        private long _next;
        private long _lastPlace;
        private int _skipped;

        /// <summary>A search for logs of this device.</summary>
        public AuditSearch(AuditSector sector)
        {
            _sector = sector;
        }

        /// <summary>Whether the end is known.</summary>
        public bool IsDone
        {
            get { return _phase == Phase.Done; }
        }

        /// <summary>Whether there is a log at all.</summary>
        public bool IsFound { get; private set; }

        /// <summary>The first sectors cannot be read: whether there is a log is not known.</summary>
        public bool IsUnreadable { get; private set; }

        /// <summary>Whether the sector last known stands in it.</summary>
        public bool HoldsKnown { get; private set; }

        /// <summary>Id of the log.</summary>
        public long Log { get; private set; }

        /// <summary>Place for the next sector: behind the last whole one, and behind those that could not be read.</summary>
        public long NextPlace { get; private set; }

        /// <summary>The last sector of this device; sequence number 0 when there is none.</summary>
        public AuditHead Own
        {
            get { return _own; }
        }

        /// <summary>Sectors that are not whole, or cannot be read, between whole ones or at the end.</summary>
        public int Missing { get; private set; }

        /// <summary>Begins.</summary>
        /// <param name="file">The log's file; at least 16 sectors.</param>
        /// <param name="known">The sector last known; sequence number 0 when there was none.</param>
        public void Begin(ICardFile file, AuditHead known)
        {
            _file = file;
            _known = known;
            _positions = (int)(file.Length / Sector.Size);
            _own.Sequence = 0;
            IsFound = false;
            IsUnreadable = false;
            HoldsKnown = false;
            Missing = 0;
            NextPlace = 0;

            // A device that has never written has no place to look at.
            _phase = known.Sequence == 0 ? Phase.First : Phase.Fresh;
        }

        /// <summary>One read.</summary>
        /// <returns>NoCard when the card went away, else Ok.</returns>
        public CardStatus Step()
        {
            switch (_phase)
            {
                case Phase.Fresh:
                    return LookWhetherFresh();
                case Phase.Known:
                    return LookWhereItWas();
                case Phase.First:
                    return LookAtFirst();
                case Phase.Halving:
                    return Halve();
                case Phase.Forward:
                    return GoForward();
                default:
                    return CardStatus.Ok;
            }
        }

        // A card that was made anew over its old content can still have the sector last known at its place: it is stale.
        private CardStatus LookWhetherFresh()
        {
            CardStatus status = _file.Read(0, _block, 0, Sector.Size);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            _unreadable[0] = status != CardStatus.Ok;
            _phase = IsZero(0) ? Phase.Done : Phase.Known;
            return CardStatus.Ok;
        }

        private CardStatus LookWhereItWas()
        {
            // The usual case, one read: the log is where internal storage says. From there only what came after the last stored head is
            // walked over.
            int position = (int)(_known.Place % _positions);
            CardStatus status = _file.Read((long)position * Sector.Size, _block, 0, Sector.Size);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            bool there =
                status == CardStatus.Ok
                && _known.Place >= 0
                && _sector.IsWhole(_block, 0, position, _positions)
                && AuditSector.LogOf(_block, 0) == _known.Log
                && AuditSector.PlaceOf(_block, 0) == _known.Place
                && SegmentHead.Same(_known.Digest, 0, _sector.Hash(_block, 0));

            // Another card, or this one made anew: its log is looked for from the start.
            if (!there)
            {
                _phase = Phase.First;
                return CardStatus.Ok;
            }

            HoldsKnown = true;
            Take(0);
            _own.Take(_known);
            return CardStatus.Ok;
        }

        // A fresh file begins with a sector of zeros, and what follows it is stale.
        private CardStatus LookAtFirst()
        {
            CardStatus status = ReadBlock(0);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            int first = 0;

            // Among the first 16: some may be spoilt by cuts, and any whole one says which log this is.
            while (first < BlockSectors && !_sector.IsWhole(_block, first * Sector.Size, first, _positions))
            {
                first++;
            }

            if (first == BlockSectors || IsZero(0))
            {
                // Not taken for an empty log: beginning anew would overwrite one that only the reader of today cannot read.
                IsUnreadable = status != CardStatus.Ok && !IsZero(0);
                _phase = Phase.Done;
                return CardStatus.Ok;
            }

            Take(first * Sector.Size);
            _firstPlace = AuditSector.PlaceOf(_block, first * Sector.Size);
            _low = 0;
            _high = (_positions + BlockSectors - 1) / BlockSectors;
            _phase = Phase.Halving;
            return CardStatus.Ok;
        }

        private CardStatus Halve()
        {
            // Places rise along the file and fall once, where the ring goes round: halving finds that edge in 11 reads of a 16 MiB file.
            if (_high - _low <= 1)
            {
                _phase = Phase.Forward;
                return CardStatus.Ok;
            }

            int middle = (_low + _high) / 2;
            CardStatus status = ReadBlock(middle);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            bool later = false;
            for (int i = 0; i < BlockSectors; i++)
            {
                int position = middle * BlockSectors + i;

                // A block counts as before the edge when any sector in it is later than the first: single spoilt sectors do not mislead.
                if (!IsLater(i * Sector.Size, position, _firstPlace))
                {
                    continue;
                }

                later = true;
                if (AuditSector.PlaceOf(_block, i * Sector.Size) >= _next)
                {
                    Take(i * Sector.Size);
                }
            }

            if (later)
            {
                _low = middle;
            }
            else
            {
                _high = middle;
            }

            _phase = Phase.Halving;
            return CardStatus.Ok;
        }

        // From behind the last whole sector on, until a whole block holds no later one.
        private CardStatus GoForward()
        {
            int position = (int)(_next % _positions);
            int block = position / BlockSectors;
            int begin = position % BlockSectors;
            CardStatus status = ReadBlock(block);
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            for (int i = begin; i < BlockSectors && block * BlockSectors + i < _positions; i++)
            {
                int offset = i * Sector.Size;
                long place = _next;
                _next++;
                if (IsLater(offset, block * BlockSectors + i, place) && AuditSector.PlaceOf(_block, offset) == place)
                {
                    // Holes count only when something whole follows: the unwritten end of the log is no hole.
                    Missing += _skipped;
                    Take(offset);
                    continue;
                }

                _skipped++;
                if (_unreadable[i])
                {
                    NextPlace = _next;
                }
            }

            // Sixteen in a row without a later one: that is the end. Fewer can be what writes that failed left.
            if (_skipped < BlockSectors)
            {
                return CardStatus.Ok;
            }

            Missing += (int)(NextPlace - _lastPlace - 1);
            _phase = Phase.Done;
            return CardStatus.Ok;
        }

        private void Take(int offset)
        {
            IsFound = true;
            Log = AuditSector.LogOf(_block, offset);
            _lastPlace = AuditSector.PlaceOf(_block, offset);
            _next = _lastPlace + 1;
            NextPlace = _next;
            _skipped = 0;
            if (_sector.IsOwn(_block, offset))
            {
                _own.Sequence = AuditSector.SequenceOf(_block, offset);
                _own.Digest = _sector.Hash(_block, offset);
                _own.Log = Log;
                _own.Place = _lastPlace;
            }

            _phase = Phase.Forward;
        }

        private bool IsLater(int offset, int position, long place)
        {
            return position < _positions
                && _sector.IsWhole(_block, offset, position, _positions)
                && AuditSector.LogOf(_block, offset) == Log
                && AuditSector.PlaceOf(_block, offset) >= place;
        }

        // Sector by sector when the block as a whole cannot be read.
        private CardStatus ReadBlock(int block)
        {
            long at = (long)block * _block.Length;
            int count = _file.Length - at < _block.Length ? (int)(_file.Length - at) : _block.Length;
            Array.Clear(_unreadable, 0, BlockSectors);
            Array.Clear(_block, count, _block.Length - count);

            // In one go, which is nearly always all; sector by sector only where the card fails.
            CardStatus status = _file.Read(at, _block, 0, count);
            if (status == CardStatus.Ok || status == CardStatus.NoCard)
            {
                return status;
            }

            for (int i = 0; i < count / Sector.Size; i++)
            {
                CardStatus one = _file.Read(at + i * Sector.Size, _block, i * Sector.Size, Sector.Size);
                if (one == CardStatus.NoCard)
                {
                    return one;
                }

                if (one == CardStatus.Ok)
                {
                    continue;
                }

                _unreadable[i] = true;
                Array.Clear(_block, i * Sector.Size, Sector.Size);
            }

            return status;
        }

        private bool IsZero(int offset)
        {
            if (_unreadable[offset / Sector.Size])
            {
                return false;
            }

            for (int i = 0; i < Sector.Size; i++)
            {
                if (_block[offset + i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
