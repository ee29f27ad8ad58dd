// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>What was read in the slots: segments, claims of a release, and files without either.</summary>
    internal sealed class SlotResults
    {
        private readonly CardContents _card;
        private readonly List<Finding> _findings;

        private SlotResults(CardContents card, List<Finding> findings) => (_card, _findings) = (card, findings);

        public List<SegmentResult> Segments { get; } = [];

        public List<Release> Claims { get; } = [];

        public int WithoutSegment { get; private set; }

        /// <summary>Reads them all; what they say against the catalogue goes to <paramref name="findings"/>.</summary>
        public static SlotResults Read(CardContents card, IReadOnlyDictionary<DeviceFolder, KeyChoice> keys, List<Finding> findings)
        {
            var results = new SlotResults(card, findings);
            foreach (SlotRead read in SlotReading.All(card, keys))
            {
                results.Take(read);
            }

            return results;
        }

        private void Take(SlotRead read)
        {
            (SlotFile slot, SlotStart start, SegmentResult? segment) = (read.Slot, read.Start, read.Segment);
            CatalogueRecord? record = slot.Slot == null ? null : _card.Catalogue?[slot.Slot.Value];
            if (IsClaim(record, start, segment))
            {
                Claims.Add(Claim(slot, start.Note, record));
                return;
            }

            if (segment == null || segment.State == SegmentState.None)
            {
                WithoutSegment++;
                Empty(read, record);
            }
            else if (segment.RecordingId == null)
            {
                _findings.AddRange(segment.Findings);
            }
            else
            {
                Segments.Add(segment);
            }

            if (record != null && segment?.Header != null)
            {
                Compare(record, slot, segment);
            }
        }

        /// <summary>
        /// Whether a slot holds no evidence any more by what it says itself (FORMAT.md 10.3). While it is being released, header and
        /// envelope may be half there; one that is whole is judged like any other, whatever the state byte says.
        /// </summary>
        private static bool IsClaim(CatalogueRecord? record, SlotStart start, SegmentResult? segment)
        {
            bool whole = segment is { State: SegmentState.Closed, HasErrors: false };
            return record?.State switch
            {
                null => start.Note != null,
                CatalogueRecord.Releasing => !whole,
                CatalogueRecord.Released => start.Note != null || segment == null || segment.State == SegmentState.None,
                CatalogueRecord.Free => start.Note != null,
                _ => false,
            };
        }

        private static Release Claim(SlotFile slot, SlotNote? note, CatalogueRecord? record) =>
            note != null
                ? new Release(slot.Name, slot.Slot!.Value, note.RecordingNumber, note.Segment, note.Digest, ReleaseProof.NotKnown)
                {
                    NotedDevice = note.DeviceId,
                }
                : new Release(slot.Name, slot.Slot!.Value, record!.RecordingNumber, record.Segment, record.Digest, ReleaseProof.NotKnown);

        /// <summary>A slot without a segment is nothing to speak of, unless one ought to be there or something passes for one.</summary>
        private void Empty(SlotRead read, CatalogueRecord? record)
        {
            if (record is { State: CatalogueRecord.Open or CatalogueRecord.Closed })
            {
                _findings.Add(
                    new Finding(
                        Severity.Error,
                        FindingCode.NoSegment,
                        "holds no segment, where by the catalogue segment "
                            + N(record.Segment)
                            + " of recording "
                            + N(record.RecordingNumber)
                            + " must be: its beginning was overwritten"
                    )
                    {
                        File = read.Slot.Name,
                    }
                );
            }
            else if (read.Start.IsOtherMovie)
            {
                _findings.Add(
                    new Finding(
                        _card.Kind == CardKind.File ? Severity.Error : Severity.Warning,
                        FindingCode.OtherMovie,
                        "plays as a movie and is no segment of a camera: not counted, nothing in it is evidence"
                    )
                    {
                        File = read.Slot.Name,
                    }
                );
            }
            else if (_card.Kind == CardKind.File)
            {
                _findings.AddRange(read.Segment!.Findings.Select(f => f with { Severity = Severity.Error }));
            }
            else if (_card.Kind == CardKind.Folder)
            {
                _findings.AddRange(read.Segment?.Findings ?? []);
            }
        }

        private void Compare(CatalogueRecord record, SlotFile slot, SegmentResult segment)
        {
            void Say(Severity severity, string text) =>
                _findings.Add(new Finding(severity, FindingCode.Catalogue, text) { File = slot.Name, Segment = segment.Segment });

            SegmentHeader header = segment.Header!;
            if (record.State is CatalogueRecord.Free or CatalogueRecord.Released or CatalogueRecord.Releasing)
            {
                Say(
                    Severity.Note,
                    "by the catalogue this slot is "
                        + (
                            record.State == CatalogueRecord.Free ? "free"
                            : record.State == CatalogueRecord.Released ? "released"
                            : "being released"
                        )
                        + ": what it holds is an older recording's, or the catalogue was altered"
                );
            }
            else if (
                record.State is CatalogueRecord.Open or CatalogueRecord.Closed
                && (record.RecordingNumber != header.RecordingNumber || record.Segment != header.Segment)
            )
            {
                Say(
                    Severity.Warning,
                    "by the catalogue this is segment " + N(record.Segment) + " of recording " + N(record.RecordingNumber)
                );
            }
            else if (
                record.State == CatalogueRecord.Closed
                && segment.State == SegmentState.Closed
                && (
                    BinaryPrimitives.ReadUInt64BigEndian(segment.CloseDigest) != record.Digest
                    || record.Fragments != segment.LastManifest!.Fragments
                )
            )
            {
                Say(Severity.Warning, "the catalogue names another close than the one that is there");
            }
            else if (record.State == CatalogueRecord.Closed && segment.State == SegmentState.Open)
            {
                Say(Severity.Error, "by the catalogue this segment was closed: its close was removed or altered");
            }
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
