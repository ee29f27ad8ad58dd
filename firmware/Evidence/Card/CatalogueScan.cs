// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Finds the slot of a segment in the catalogue, 16 sectors a step, beginning where the last one was found: receipts come in the order
    /// of the slots. Sectors without a slot that could be it are not read.
    /// </summary>
    public sealed class CatalogueScan
    {
        private const int StepSectors = CatalogueRead.MostSectors;

        private readonly Catalogue _catalogue;
        private readonly CatalogueRead _read;
        private int _recording;
        private int _segment;
        private byte[] _digest;
        private int _next;
        private int _left;
        private bool _isReading;

        /// <summary>A scan of this catalogue.</summary>
        public CatalogueScan(Catalogue catalogue)
        {
            _catalogue = catalogue;
            _read = new CatalogueRead(catalogue);
        }

        /// <summary>Whether <see cref="Slot"/> is the answer.</summary>
        public bool IsDone { get; private set; }

        /// <summary>The slot; -1 when no slot is it.</summary>
        public int Slot { get; private set; }

        /// <summary>Its state: closed, being released, or released.</summary>
        public SlotState State { get; private set; }

        /// <summary>Begins to look for a segment.</summary>
        /// <param name="recording">Recording number.</param>
        /// <param name="segment">Segment number.</param>
        /// <param name="closeDigest">Its close digest, of which the catalogue has the first 8 bytes.</param>
        public void Begin(int recording, int segment, byte[] closeDigest)
        {
            _recording = recording;
            _segment = segment;
            _digest = closeDigest;
            Slot = -1;
            IsDone = false;
            _isReading = false;
            int sectors = Catalogue.SectorsFor(_catalogue.Slots);
            _left = (sectors + StepSectors - 1) / StepSectors;

            // The scan before was perhaps of a card with more slots.
            if (_next >= sectors)
            {
                _next = 0;
            }
        }

        /// <summary>One step.</summary>
        /// <returns>Anything but Ok: the card failed.</returns>
        public CardStatus Step()
        {
            int sectors = Catalogue.SectorsFor(_catalogue.Slots);
            while (!_isReading && _left > 0 && !HasCandidate(_next))
            {
                Advance(sectors);
            }

            if (_left == 0)
            {
                IsDone = true;
                return CardStatus.Ok;
            }

            int count = sectors - _next < StepSectors ? sectors - _next : StepSectors;
            if (!_isReading)
            {
                _isReading = true;
                _read.Begin(_next, count);
            }

            CardStatus status = _read.Step();
            if (status != CardStatus.Ok || !_read.IsDone)
            {
                return status;
            }

            _isReading = false;
            for (int i = 0; i < count && !IsDone; i++)
            {
                Look(_next + i, i * Sector.Size);
            }

            if (!IsDone)
            {
                Advance(sectors);
            }

            return CardStatus.Ok;
        }

        private void Advance(int sectors)
        {
            _left--;
            _next += StepSectors;
            if (_next >= sectors)
            {
                _next = 0;
            }
        }

        private bool HasCandidate(int first)
        {
            int slot = first * CatalogueSector.Records;
            int end = slot + StepSectors * CatalogueSector.Records;
            if (end > _catalogue.Slots)
            {
                end = _catalogue.Slots;
            }

            for (; slot < end; slot++)
            {
                if (IsCandidate(_catalogue.State(slot)))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsCandidate(SlotState state)
        {
            return state == SlotState.Closed || state == SlotState.Released || state == SlotState.Releasing;
        }

        private void Look(int number, int offset)
        {
            int slot = number * CatalogueSector.Records;
            int at = CatalogueSector.Record(offset, 0);
            for (int i = 0; i < CatalogueSector.Records && slot + i < _catalogue.Slots; i++, at += CatalogueSector.RecordBytes)
            {
                if (
                    BigEndian.Get32(_read.Buffer, at + CatalogueSector.SegmentAt) != _segment
                    || BigEndian.Get32(_read.Buffer, at + CatalogueSector.RecordingAt) != _recording
                )
                {
                    continue;
                }

                if (!IsCandidate(_catalogue.State(slot + i)) || !HasDigest(at + CatalogueSector.DigestAt))
                {
                    continue;
                }

                Slot = slot + i;
                State = _catalogue.State(slot + i);
                IsDone = true;
                return;
            }
        }

        private bool HasDigest(int at)
        {
            return BigEndian.Get64(_read.Buffer, at) == BigEndian.Get64(_digest, 0);
        }
    }
}
