// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>A true card or store in a temporary folder, and the hands of somebody who has it.</summary>
    internal sealed class Victim : IDisposable
    {
        private const int SlotBytes = 32 * 512;

        private readonly CardForge? _card;
        private readonly string? _own;

        public Victim(Place place)
        {
            Place = place;
            Shift = new ShiftForge(place == Place.Sealed, place == Place.Cut);
            if (place == Place.Store)
            {
                Folder = Directory.CreateTempSubdirectory("lapel-forgery-").FullName;
                _own = Shift.Store(Folder);
                Second = new ShiftForge(isSealed: true, cut: true, seed: 2);
                SecondFolder = Second.Store(Folder);
            }
            else
            {
                _card = Shift.Card();
                Folder = _card.Path;
            }
        }

        public Place Place { get; }

        public ShiftForge Shift { get; }

        /// <summary>The other camera of a store.</summary>
        public ShiftForge? Second { get; }

        public string? SecondFolder { get; }

        /// <summary>What is verified.</summary>
        public string Folder { get; }

        /// <summary>The attacked camera's own folder: LAPEL, or the one in the store.</summary>
        public string Own => _own ?? _card!.Root;

        /// <summary>The key given to the verifier; null: none.</summary>
        public TrustedKey? Key { get; set; }

        /// <summary>The registry given to the verifier; null: none.</summary>
        public KeyRegistry? Registry { get; set; }

        /// <summary>The receipts given to the verifier, beside its archive's key; empty: none.</summary>
        public List<byte[]> Receipts { get; } = [];

        public CardForge Card => _card!;

        public SegmentForge Segment(uint recording, int segment) => Shift.Recordings[(int)recording - 1][segment];

        public string File_(uint recording, int segment) =>
            _card != null
                ? _card.File_((int)Segment(recording, segment).Slot)
                : Path.Combine(_own!, $"{recording:000000}", $"{segment:0000}.mp4");

        public string LogFile => Path.Combine(Own, "AUDIT.LOG");

        /// <summary>Changes a segment's bytes.</summary>
        public void Alter(uint recording, int segment, Func<byte[], byte[]> how)
        {
            string file = File_(recording, segment);
            File.WriteAllBytes(file, how(File.ReadAllBytes(file)));
        }

        /// <summary>Flips a bit of a part of a segment.</summary>
        public void Flip(uint recording, int segment, string region, int at = 0, int fragment = -1)
        {
            Region r = Segment(recording, segment).Regions.First(x => x.Name == region && (fragment < 0 || x.Fragment == fragment));
            Alter(
                recording,
                segment,
                bytes =>
                {
                    bytes[r.Start + at] ^= 1;
                    return bytes;
                }
            );
        }

        /// <summary>The bytes of a unit of a segment: "fragment", "checkpoint" or "close", the n-th of its kind.</summary>
        public (int Start, int End) Unit(uint recording, int segment, string kind, int n = 0)
        {
            (_, int start, int end) = Segment(recording, segment).Units.Where(u => u.Kind == kind).ElementAt(n);
            return (start, end);
        }

        /// <summary>Takes bytes out of a segment: what stands behind them moves up, as far as its close.</summary>
        public void CutOut(uint recording, int segment, int from, int to)
        {
            int end = Segment(recording, segment).Units[^1].End;
            Alter(
                recording,
                segment,
                bytes =>
                {
                    byte[] cut = (byte[])bytes.Clone();
                    bytes.AsSpan(to, end - to).CopyTo(cut.AsSpan(from));
                    return cut;
                }
            );
        }

        /// <summary>Overwrites a slot with zeros and lets the catalogue call it free; in a store deletes the file.</summary>
        public void Wipe(uint recording, int segment)
        {
            if (_card == null)
            {
                File.Delete(File_(recording, segment));
                return;
            }

            File.WriteAllBytes(File_(recording, segment), new byte[SlotBytes]);
            State(recording, segment, 0);
        }

        /// <summary>Removes a whole recording.</summary>
        public void Remove(uint recording)
        {
            for (int i = 0; i < Shift.Recordings[(int)recording - 1].Count; i++)
            {
                Wipe(recording, i);
            }

            if (_card == null)
            {
                Directory.Delete(Path.GetDirectoryName(File_(recording, 0))!);
            }
        }

        /// <summary>Sets a state in the catalogue.</summary>
        public void State(uint recording, int segment, byte state)
        {
            int slot = (int)Segment(recording, segment).Slot;
            Card.Records[slot] = Card.Records[slot] with { State = state };
            Card.WriteCatalogue();
        }

        /// <summary>Writes a release note over a segment's slot.</summary>
        public void Note(uint recording, int segment) =>
            Alter(
                recording,
                segment,
                bytes =>
                {
                    ReleaseForge.Note(Segment(recording, segment)).CopyTo(bytes, 0);
                    return bytes;
                }
            );

        /// <summary>Replaces a segment by one that was forged for the place.</summary>
        public void Put(SegmentForge forged, uint recording, int segment)
        {
            File.WriteAllBytes(File_(recording, segment), forged.Slot512());
            if (_card != null)
            {
                int slot = (int)Segment(recording, segment).Slot;
                Card.Records[slot] = (2, forged.RecordingNumber, forged.Segment, forged.Fragments, forged.CloseDigest);
                Card.WriteCatalogue();
            }
        }

        /// <summary>A recording's last segment with its first fragment only, as the camera signs it when it takes it for cut.</summary>
        public SegmentForge Stump(uint recording)
        {
            SegmentForge whole = Shift.Recordings[(int)recording - 1][^1];
            var stump = new SegmentForge
            {
                Device = whole.Device,
                RecordingId = whole.RecordingId,
                RecordingNumber = whole.RecordingNumber,
                Segment = whole.Segment,
                Slot = whole.Slot,
                SlotSectors = whole.SlotSectors,
                SmallMoov = true,
                Sealed = whole.Sealed,
                FirstFrame = whole.FirstFrame,
                Start = whole.Start,
                Boot = whole.Boot,
                ZeroMonotonic = whole.ZeroMonotonic,
                ZeroUtc = whole.ZeroUtc,
                Signed = whole.ZeroMonotonic + 500,
                PreviousClose = whole.PreviousClose,
                Tweak = whole.Tweak,
            };
            return stump.Init().Fragment(700 + (int)whole.Segment, 600).Checkpoint().Recover(ShiftForge.Boot + 2);
        }

        /// <summary>Changes the log's bytes.</summary>
        public void AlterLog(Func<byte[], byte[]> how) => File.WriteAllBytes(LogFile, how(File.ReadAllBytes(LogFile)));

        /// <summary>Changes one sector of the log and gives it the right checksum, which takes no key.</summary>
        public void AlterSector(int sector, Action<byte[]> how) =>
            AlterLog(log =>
            {
                byte[] s = log[(sector * 512)..((sector + 1) * 512)];
                how(s);
                SegmentForge.U32(AuditTests.Crc(s.AsSpan(0, 508))).CopyTo(s, 508);
                s.CopyTo(log, sector * 512);
                return log;
            });

        /// <summary>Whole sectors of the log.</summary>
        public int Sectors => (int)Shift.Log.Head.Sequence;

        /// <summary>Writes entries behind the log's end, chained as they must be: that takes no key, a checkpoint would.</summary>
        public void Append(Action<AuditForge> what)
        {
            what(Shift.Log);
            File.WriteAllBytes(LogFile, Shift.LogFile);
        }

        /// <summary>Another file of the camera's place.</summary>
        public string Beside(params string[] names) => Path.Combine([Own, .. names]);

        public (int Exit, CardResult Result, string Text) Verify()
        {
            CardResult result = CardVerifier.Verify(Folder, Key, Registry, Book());
            var text = new StringWriter();
            VerifyReport.Write(result, text);
            return (result.AllAuthentic ? 0 : 1, result, text.ToString());
        }

        private ReceiptBook? Book()
        {
            if (Receipts.Count == 0)
            {
                return null;
            }

            DirectoryInfo folder = Directory.CreateTempSubdirectory("lapel-receipts-");
            try
            {
                for (int i = 0; i < Receipts.Count; i++)
                {
                    File.WriteAllBytes(Path.Combine(folder.FullName, $"{i:0000}.receipt"), Receipts[i]);
                }

                return ReceiptBook.Read(folder.FullName, ReceiptForge.Archive.Trusted);
            }
            finally
            {
                folder.Delete(true);
            }
        }

        public void Dispose()
        {
            if (_card != null)
            {
                _card.Dispose();
            }
            else
            {
                Directory.Delete(Folder, true);
            }
        }

        /// <summary>All findings of a result, wherever they are.</summary>
        public static IEnumerable<Finding> Findings(CardResult result) =>
            result.Findings.Concat(result.Recordings.SelectMany(r => r.Findings)).Concat(result.Audits.SelectMany(a => a.Findings));
    }
}
