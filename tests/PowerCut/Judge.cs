// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;

namespace Lapel.PowerCut
{
    /// <summary>Looks at a recovered card with the independent verifier and compares it with the clean run.</summary>
    internal sealed class Judge
    {
        private const long PresentMs = 1000;
        private const long StallMs = 300;

        // The entry with the log's head, and where its number stands in the file: behind the store's own 12 bytes.
        private static readonly string[] HeadFiles = ["AUDIT.A", "AUDIT.B"];
        private const int HeadAt = 16;

        private readonly Shift _shift;
        private readonly TrustedKey _key;
        private readonly Dictionary<string, (byte[]? Close, uint Fragments)> _final = [];

        // Slots as the shift found them and as it left them, with what the verifier says of each: most slots of a cut card are one of the
        // two, byte for byte. Key and slot number are always the same.
        private readonly Dictionary<string, List<(MemorySnapshot Card, SegmentResult Result)>> _known = [];

        public Judge(Shift shift)
        {
            _shift = shift;
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(shift.FinalCard);
            _key = TrustedKey.Parse(card.ReadAll("LAPEL/DEVICE.PUB"));
            Know(card, shift.FinalCard);
            var found = new MemoryMedium { Stale = shift.Stale };
            MemorySnapshot made = shift.Writes.First(w => w.IsSlot && w.Sectors[0].AsSpan(4, 4).SequenceEqual("ftyp"u8)).Card;
            found.Restore(made);
            Know(found, made);
            foreach ((string path, SegmentResult segment) in Segments(card))
            {
                _final[path] = (segment.CloseDigest, segment.SignedFragments);
            }

            IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(
                Segments(card).Select(s => s.Result).Where(s => s.State != SegmentState.None)
            );
            Recordings = recordings;
        }

        /// <summary>The audit log.</summary>
        public const string Log = "LAPEL/AUDIT.LOG";

        /// <summary>
        /// What is wrong with the audit log after a second boot, or null: each sector that the clean run had written, and each of the first
        /// boot, is still there.
        /// </summary>
        public string? Entries(byte[] first, byte[] second, WriteRecord at, WriteRecord? lost)
        {
            bool There(long position, ReadOnlySpan<byte> sector) => second.AsSpan((int)position * 512, 512).SequenceEqual(sector);
            AuditResult log = AuditVerifier.Verify(new MemorySource(second), Log, _key, []);
            if (lost?.Path == Log && Unnoticed(log, at, lost) is string unnoticed)
            {
                return unnoticed;
            }

            if (lost?.Path != Log && !log.Agrees)
            {
                return "the audit log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing);
            }

            foreach (
                WriteRecord write in _shift.Writes.Take(at.Index).Where(w => w.Path == Log && w != lost && w.Sectors[0][0] == (byte)'L')
            )
            {
                if (!There(write.Sector, write.Sectors[0]))
                {
                    return "an audit entry that was written is lost, sector " + write.Sector;
                }
            }

            foreach (AuditSector sector in AuditVerifier.Verify(new MemorySource(first), Log, _key, []).Sectors)
            {
                if (!There(sector.Position, first.AsSpan((int)sector.Position * 512, 512)))
                {
                    return "the second boot lost an audit entry, sector " + sector.Position;
                }
            }

            return null;
        }

        // A sector of the log that the card lost is noticed as soon as anything names it: a later sector, or the head in internal storage.
        // Else it is as if the power had gone before it.
        private string? Unnoticed(AuditResult log, WriteRecord at, WriteRecord lost)
        {
            long sequence = BinaryPrimitives.ReadInt64BigEndian(lost.Sectors[0].AsSpan(40));
            if (lost.Sectors[0][0] != (byte)'L')
            {
                return null;
            }

            bool later = _shift
                .Writes.Skip(lost.Index + 1)
                .Take(at.Index - lost.Index - 1)
                .Any(w => w.Path == Log && w.Sectors[0][0] == (byte)'L');
            var flash = new MemoryMedium();
            flash.Restore(at.Flash);
            bool stored = HeadFiles.Any(file =>
                flash.FileExists(file)
                && flash.Length(file) > HeadAt + 8
                && BinaryPrimitives.ReadInt64BigEndian(flash.ReadAll(file).AsSpan(HeadAt)) >= sequence
            );
            bool noticed = !log.Agrees || log.Entries.Any(e => e.Kind == AuditKind.LogFound && e.First > 0);
            return (later || stored) && !noticed ? $"the card lost sector {sequence} of the audit log, and nobody says so" : null;
        }

        /// <summary>The clean run's recordings.</summary>
        public IReadOnlyList<RecordingResult> Recordings { get; }

        /// <summary>What is wrong with a card after the recovery of a cut, or null.</summary>
        /// <param name="card">The card.</param>
        /// <param name="at">The write at which the power went.</param>
        /// <param name="variant">The fault.</param>
        /// <param name="lost">The write that was lost, or null.</param>
        public string? Check(MemoryMedium card, WriteRecord at, CutVariant variant, WriteRecord? lost)
        {
            Dictionary<string, Truth> truth = Truth.Before(_shift, at.Index);
            List<(string Path, SegmentResult Result)> found = Segments(card);
            Verify.Catalogue catalogue = Verify.Catalogue.Read(
                new MemoryStream(card.ReadAll("LAPEL/CATALOG.A")),
                new MemoryStream(card.ReadAll("LAPEL/CATALOG.B"))
            );
            if (catalogue.UnknownSectors > 0)
            {
                return "catalogue sectors are lost";
            }

            foreach ((string path, SegmentResult segment) in found)
            {
                truth.TryGetValue(path, out Truth? slot);
                string? wrong = Slot(card, path, segment, slot, lost?.Path == path, catalogue);
                if (wrong != null)
                {
                    return path + ": " + wrong;
                }
            }

            foreach (
                RecordingResult recording in RecordingVerifier.Judge(found.Select(s => s.Result).Where(s => s.State != SegmentState.None))
            )
            {
                if (recording.Verdict == Verdict.NotAuthentic && lost is not { IsSlot: true })
                {
                    return "recording "
                        + recording.RecordingNumber
                        + " is not authentic: "
                        + recording.Findings.First(f => f.Severity == Severity.Error);
                }
            }

            return lost is not { IsSlot: true } ? Present(found, at, variant) : null;
        }

        private string? Slot(MemoryMedium card, string path, SegmentResult segment, Truth? slot, bool lostHere, Verify.Catalogue catalogue)
        {
            byte state = (byte)(catalogue[uint.Parse(path.AsSpan(path.Length - 12, 8))]?.State ?? 255);
            bool was = segment.State != SegmentState.None;
            if (slot == null)
            {
                return was && state != 0 ? "a segment that was never begun" : null;
            }

            if (was && Forged(card, path, segment) is string forged)
            {
                return forged;
            }

            if (lostHere)
            {
                return null;
            }

            if (segment.HasErrors)
            {
                return "does not verify: " + segment.Findings.First(f => f.Severity == Severity.Error);
            }

            if (slot.Closed && (segment.State != SegmentState.Closed || !Same(segment.CloseDigest, _final[path].Close)))
            {
                return "a closed segment is lost";
            }

            if (slot.Fragments > 0 && segment.State != SegmentState.Closed)
            {
                return "is not closed";
            }

            if (segment.State == SegmentState.Open)
            {
                return "is still open";
            }

            if (segment.State == SegmentState.Closed && state != 2)
            {
                return "is closed, the catalogue says state " + state;
            }

            if (segment.SignedFragments < slot.Fragments)
            {
                return segment.SignedFragments + " fragments, " + slot.Fragments + " were written";
            }

            return segment.SignedFragments > slot.Fragments + 1 ? "more fragments than were written" : null;
        }

        // Whatever a segment claims must be what the clean run wrote at that place, up to a close by recovery.
        private string? Forged(MemoryMedium card, string path, SegmentResult segment)
        {
            if (segment.State != SegmentState.Closed || segment.HasErrors || card.IsSame(path, _shift.FinalCard))
            {
                return null;
            }

            long end = (long)segment.LastManifest!.Sector * 512;
            byte[] bytes = card.ReadAll(path);
            return bytes.AsSpan(0, (int)end).SequenceEqual(_shift.Final[path].AsSpan(0, (int)end))
                ? null
                : "accepted bytes that were not recorded there";
        }

        private static string? Present(List<(string Path, SegmentResult Result)> found, WriteRecord at, CutVariant variant)
        {
            if (at.Recording == 0)
            {
                return null;
            }

            long end = at.PressMs - at.ZeroMs;
            foreach ((_, SegmentResult segment) in found)
            {
                if (
                    segment.Header?.RecordingNumber == at.Recording
                    && segment.Segment >= segment.Header.FirstLive
                    && segment.State == SegmentState.Closed
                    && segment.EndTime is long segmentEnd
                    && segmentEnd > end
                    && segment.Header.ZeroMonotonic == (ulong)at.ZeroMs
                )
                {
                    end = segmentEnd;
                }
            }

            long lost = at.PicturesEndMs - at.ZeroMs - end;
            return lost > PresentMs + (variant == CutVariant.Stall ? StallMs : 0) ? lost + " ms of live footage are lost" : null;
        }

        private List<(string Path, SegmentResult Result)> Segments(MemoryMedium card)
        {
            var list = new List<(string, SegmentResult)>();
            foreach (string path in card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)))
            {
                uint slot = uint.Parse(path.AsSpan(path.Length - 12, 8));
                SegmentResult? known = _known.TryGetValue(path, out var same)
                    ? same.FirstOrDefault(k => card.IsSame(path, k.Card)).Result
                    : null;
                list.Add((path, known ?? SegmentVerifier.Verify(new MemorySource(card.ReadAll(path)), path, slot, KeyChoice.Given(_key))));
            }

            return list;
        }

        private void Know(MemoryMedium card, MemorySnapshot snapshot)
        {
            foreach ((string path, SegmentResult result) in Segments(card))
            {
                if (!_known.TryGetValue(path, out var list))
                {
                    _known[path] = list = [];
                }

                list.Add((snapshot, result));
            }
        }

        private static bool Same(byte[]? a, byte[]? b) => a != null && b != null && a.AsSpan().SequenceEqual(b);
    }
}
