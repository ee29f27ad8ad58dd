// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>Reads the whole catalogue, 16 sectors a step: which segments had been released and which had not.</summary>
    public sealed class CardSurvey
    {
        private const int StepSectors = CatalogueRead.MostSectors;

        private readonly CardStore _store;
        private readonly CatalogueRead _read;
        private int _next;
        private bool _isReading;

        /// <summary>A survey of this card.</summary>
        public CardSurvey(CardStore store)
        {
            _store = store;
            _read = new CatalogueRead(store.Catalogue);
        }

        /// <summary>Segments that are released, as far as their slots were not used again.</summary>
        public readonly SegmentRuns Released = new SegmentRuns();

        /// <summary>Segments that are not: closed, open, or in slots that cannot be read.</summary>
        public readonly SegmentRuns Kept = new SegmentRuns();

        /// <summary>Whether every slot was looked at.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Begins.</summary>
        public void Begin()
        {
            Released.Clear();
            Kept.Clear();
            _next = 0;
            _isReading = false;
            IsDone = false;
        }

        /// <summary>One step.</summary>
        /// <returns>Anything but Ok: the card failed.</returns>
        public CardStatus Step()
        {
            Catalogue catalogue = _store.Catalogue;
            int sectors = Catalogue.SectorsFor(catalogue.Slots);
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

            for (int i = 0; i < count; i++)
            {
                Take(catalogue, _next + i, i * Sector.Size);
            }

            _next += count;
            IsDone = _next >= sectors;
            return CardStatus.Ok;
        }

        private void Take(Catalogue catalogue, int number, int offset)
        {
            int slot = number * CatalogueSector.Records;
            int at = CatalogueSector.Record(offset, 0);
            for (int i = 0; i < CatalogueSector.Records && slot + i < catalogue.Slots; i++, at += CatalogueSector.RecordBytes)
            {
                // The state in memory, not the record's: a slot whose sector is lost in both copies is Unknown there, and its record reads
                // as zero.
                SlotState state = catalogue.State(slot + i);

                // Neither holds a segment. Unknown and open ones may: the certificate lists them as not released rather than leave them
                // out.
                if (state == SlotState.Free || state == SlotState.Bad)
                {
                    continue;
                }

                // A release that was begun is carried out by whatever comes next: its segment is with an archive.
                SegmentRuns runs = state == SlotState.Released || state == SlotState.Releasing ? Released : Kept;
                runs.Add(BigEndian.Get32(_read.Buffer, at + 4), BigEndian.Get32(_read.Buffer, at + 8));
            }
        }
    }
}
