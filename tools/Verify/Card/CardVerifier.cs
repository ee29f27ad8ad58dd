// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Verifies everything at a path.</summary>
    public static class CardVerifier
    {
        /// <summary>
        /// Reads every slot and judges every recording. Throws <see cref="CardException"/> when there is nothing to verify.
        /// </summary>
        /// <param name="path">A card folder, a folder of segment files, or one segment file.</param>
        /// <param name="given">The device's public key, when the caller has it from elsewhere.</param>
        public static CardResult Verify(string path, TrustedKey? given)
        {
            CardContents card = CardReader.Open(path);
            KeyChoice key = Choose(card, given);
            var segments = new List<SegmentResult>();
            var findings = new List<Finding>(card.Findings);
            int without = 0,
                released = 0;
            foreach (SlotFile slot in card.Slots)
            {
                if (ReleasedSlot.Is(card.Catalogue, slot))
                {
                    released++;
                    continue;
                }
                SegmentResult segment = SegmentVerifier.Verify(slot.Path, slot.Name, slot.Slot, key);
                if (segment.State == SegmentState.None)
                {
                    without++;
                    Empty(card, slot, segment, findings);
                }
                else if (segment.RecordingId == null)
                {
                    findings.AddRange(segment.Findings);
                }
                else
                {
                    segments.Add(segment);
                }

                if (card.Catalogue != null && slot.Slot != null && segment.Header != null)
                {
                    Compare(card.Catalogue, slot, segment, findings);
                }
            }
            IReadOnlyList<AuditResult> audits = CardAudit.Judge(card, key, segments, findings);
            IReadOnlyList<RecordingResult> recordings =
            [
                .. RecordingVerifier.Judge(segments).Select(r => r with { Bound = CardAudit.Bind(r, audits) }),
            ];
            Sequence(recordings, findings);
            return new CardResult
            {
                Audits = audits,
                Path = path,
                Kind = card.Kind,
                Key = key.Key,
                Rotations = Followed(key, segments),
                KeySupplier = key.Supplier,
                Recordings = recordings,
                WithoutSegment = without,
                Released = released,
                Findings = findings,
            };
        }

        private static IReadOnlyList<RotationStatement> Followed(KeyChoice key, List<SegmentResult> segments)
        {
            IEnumerable<TrustedKey> judged = key.Key != null ? [key.Key] : segments.Where(s => s.Key != null).Select(s => s.Key!);
            return [.. judged.SelectMany(k => KeyChain.Of(k, key.Rotations).Statements).Distinct()];
        }

        private static KeyChoice Choose(CardContents card, TrustedKey? given)
        {
            Severity severity = given != null ? Severity.Warning : Severity.Error;
            if (card.DeviceKeyProblem != null)
            {
                card.Findings.Add(new Finding(severity, FindingCode.DeviceKeyFile, "DEVICE.PUB is damaged: " + card.DeviceKeyProblem));
            }
            else if (card.DeviceKey == null && card.Kind == CardKind.Card)
            {
                card.Findings.Add(new Finding(Severity.Warning, FindingCode.DeviceKeyFile, "DEVICE.PUB is missing"));
            }
            else if (given != null && card.DeviceKey != null && !KeyChain.Of(given, card.Rotations).Holds(card.DeviceKey))
            {
                card.Findings.Add(
                    new Finding(
                        Severity.Warning,
                        FindingCode.DeviceKeyFile,
                        "DEVICE.PUB holds another key than the given one, fingerprint "
                            + Convert.ToHexStringLower(card.DeviceKey.Fingerprint)
                    )
                );
            }

            KeyChoice choice =
                given != null ? KeyChoice.Given(given)
                : card.DeviceKey != null ? new KeyChoice(card.DeviceKey, KeySupplier.Card)
                : KeyChoice.FromSegment;
            return choice with { Rotations = card.Rotations };
        }

        /// <summary>A slot without a segment is nothing to speak of, unless one ought to be there.</summary>
        private static void Empty(CardContents card, SlotFile slot, SegmentResult segment, List<Finding> findings)
        {
            CatalogueRecord? record = slot.Slot == null ? null : card.Catalogue?[slot.Slot.Value];
            if (record is { State: CatalogueRecord.Open or CatalogueRecord.Closed })
            {
                findings.Add(
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
                        File = slot.Name,
                    }
                );
            }
            else if (card.Kind == CardKind.File)
            {
                findings.AddRange(segment.Findings.Select(f => f with { Severity = Severity.Error }));
            }
            else if (card.Kind == CardKind.Folder)
            {
                findings.AddRange(segment.Findings);
            }
        }

        private static void Compare(Catalogue catalogue, SlotFile slot, SegmentResult segment, List<Finding> findings)
        {
            void Say(Severity severity, string text) =>
                findings.Add(new Finding(severity, FindingCode.Catalogue, text) { File = slot.Name, Segment = segment.Segment });

            CatalogueRecord? record = catalogue[slot.Slot!.Value];
            if (record == null)
            {
                return;
            }

            SegmentHeader header = segment.Header!;
            if (record.State is CatalogueRecord.Free or CatalogueRecord.Released)
            {
                Say(
                    Severity.Note,
                    "by the catalogue this slot is "
                        + (record.State == CatalogueRecord.Free ? "free" : "released")
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

        private static void Sequence(IReadOnlyList<RecordingResult> recordings, List<Finding> findings)
        {
            for (int i = 1; i < recordings.Count; i++)
            {
                RecordingResult a = recordings[i - 1],
                    b = recordings[i];
                if (!a.DeviceId.AsSpan().SequenceEqual(b.DeviceId))
                {
                    continue;
                }

                if (a.RecordingNumber == b.RecordingNumber)
                {
                    findings.Add(
                        new Finding(Severity.Warning, FindingCode.Statement, "two recordings have the number " + N(a.RecordingNumber))
                    );
                }
                else if (b.RecordingNumber > a.RecordingNumber + 1)
                {
                    findings.Add(
                        new Finding(
                            Severity.Note,
                            FindingCode.Statement,
                            "between recordings " + N(a.RecordingNumber) + " and " + N(b.RecordingNumber) + " there are none on this card"
                        )
                    );
                }
                else if (
                    a.LastClose != null
                    && b.LastManifest?.PreviousRecording is byte[] previous
                    && !previous.AsSpan().SequenceEqual(a.LastClose)
                )
                {
                    findings.Add(
                        new Finding(
                            Severity.Warning,
                            FindingCode.LinkMismatch,
                            "recording "
                                + N(b.RecordingNumber)
                                + " names another last close of the recording before it than that of recording "
                                + N(a.RecordingNumber)
                        )
                    );
                }
            }
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
