// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>Forgeries with whole segments, files and the catalogue, by who has the card or the store.</summary>
    internal static class CardForgeries
    {
        private const string Holder = "who has the card",
            Camera = "who has the card and the camera",
            Planter = "who wants true evidence doubted";

        public static IEnumerable<Forgery> All => [.. Removals, .. Shortenings, .. Releases, .. Plants];

        private static IEnumerable<Forgery> Removals =>
            [
                Removed("the first recording is removed", "recording 1 is MISSING", 1),
                Removed("a recording in the midst is removed", "recording 2 is MISSING", 2),
                Removed("the last recording is removed", "recording 3 is MISSING", 3),
                Removed("the first two recordings are removed", "recording 2 is MISSING", 1, 2),
                Removed("all recordings are removed", "No recording is here: 3 MISSING.", 1, 2, 3) with { Where = Place.Cards },
                new(
                    "the first segment of a recording is removed",
                    Holder,
                    Place.All,
                    v => v.Wipe(1, 0),
                    1,
                    FindingCode.MissingSegment,
                    "segment 0 is missing",
                    1
                ),
                new(
                    "the last segment of a recording is removed",
                    Holder,
                    Place.All,
                    v => v.Wipe(1, 1),
                    1,
                    FindingCode.MissingSegment,
                    "the last segment is missing",
                    1
                ),
                new(
                    "a slot's file is deleted and the catalogue left as it is",
                    Holder,
                    Place.Cards,
                    v => File.Delete(v.File_(2, 0)),
                    1,
                    FindingCode.MissingFile,
                    "the file of slot 2 is missing, which by the catalogue holds segment 0 of recording 2"
                ),
                new(
                    "a slot's beginning is overwritten and the catalogue left as it is",
                    Holder,
                    Place.Cards,
                    v => v.Alter(2, 0, b => [.. new byte[512], .. b[512..]]),
                    1,
                    FindingCode.NoSegment,
                    "its beginning was overwritten"
                ),
            ];

        private static IEnumerable<Forgery> Shortenings =>
            [
                new(
                    "a closed recording is cut and the camera signs the stump as recovered",
                    Camera,
                    Place.All,
                    v => v.Put(v.Stump(2), 2, 0),
                    1,
                    FindingCode.Shortened,
                    "here recovery closed it: it was shortened",
                    2
                ),
                new(
                    "a recovered recording is cut once more and recovered again",
                    Camera,
                    Place.Cut,
                    v => v.Put(v.Stump(3), 3, 1),
                    1,
                    FindingCode.RecoveredOtherwise,
                    "here it ends with another one: it was replaced",
                    3
                ),
                new(
                    "a closed recording is cut, recovered, and the log taken away",
                    Camera,
                    Place.All,
                    v =>
                    {
                        v.Put(v.Stump(2), 2, 0);
                        File.Delete(v.LogFile);
                    },
                    1,
                    FindingCode.LinkMismatch,
                    "recording 3 names another last close of the recording before it than that of recording 2",
                    2
                ),
            ];

        private static IEnumerable<Forgery> Releases =>
            [
                new(
                    "the catalogue calls a wiped segment released",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Wipe(2, 0);
                        v.State(2, 0, 3);
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "reaches back that far and has no entry of it: it was removed"
                ),
                new(
                    "a release note is written and the catalogue says released",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Note(2, 0);
                        v.State(2, 0, 3);
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "1 segment is only claimed to be released, by bytes that nothing signs"
                ),
                new(
                    "a release note is written and the catalogue destroyed",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Note(2, 0);
                        v.Card.WriteCatalogue(true, true);
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "recording 2 is MISSING"
                ),
                new(
                    "a release note is written over a segment that the catalogue calls closed",
                    Holder,
                    Place.Cards,
                    v => v.Note(2, 0),
                    1,
                    FindingCode.NoSegment,
                    "holds no segment, where by the catalogue"
                ),
                new(
                    "a release note is written, the catalogue says so, and an entry is appended to the log",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Note(2, 0);
                        v.State(2, 0, 3);
                        SegmentForge s = v.Segment(2, 0);
                        v.Append(log =>
                            log.Entry(AuditKind.Released, 900_500, (int)s.Slot, 2, 0, [.. s.CloseDigest, .. new byte[32]])
                        );
                    },
                    1,
                    FindingCode.ReleaseUnsigned,
                    "the entry in the audit log is not signed yet, and anybody can have written it"
                ),
                new(
                    "the catalogue says that a segment is being released, which is wiped",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Wipe(2, 0);
                        v.State(2, 0, 5);
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "recording 2 is MISSING"
                ),
                new(
                    "the catalogue says that a segment is released, which is whole",
                    Holder,
                    Place.Cards,
                    v => v.State(2, 0, 3),
                    0,
                    FindingCode.Catalogue,
                    "3 recordings: 3 authentic"
                ),
                new(
                    "the catalogue says that a segment is being released, which is whole",
                    Holder,
                    Place.Cards,
                    v => v.State(2, 0, 5),
                    0,
                    FindingCode.Catalogue,
                    "3 recordings: 3 authentic"
                ),
                new(
                    "the catalogue says that a slot is free, whose segment is whole",
                    Holder,
                    Place.Cards,
                    v => v.State(2, 0, 0),
                    0,
                    FindingCode.Catalogue,
                    "by the catalogue this slot is free"
                ),
                new(
                    "one segment of a recording is made to look released",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        v.Note(1, 1);
                        v.State(1, 1, 3);
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "segment 1 of recording 1 is claimed to be released",
                    1
                ),
            ];

        private static IEnumerable<Forgery> Plants =>
            [
                new(
                    "a slot is copied into a free one",
                    Planter,
                    Place.Cards,
                    v => File.Copy(v.File_(1, 0), v.Card.File_(9), true),
                    0,
                    FindingCode.Copy,
                    "Not counted: 00000009.MP4: a copy of segment 0 of recording 1, which is in 00000000.MP4"
                ),
                new(
                    "an altered copy of a slot is put into a free one",
                    Planter,
                    Place.Cards,
                    v =>
                    {
                        byte[] copy = File.ReadAllBytes(v.File_(1, 0));
                        copy[v.Segment(1, 0).Regions.First(r => r.Name == "frame").Start + 50] ^= 1;
                        File.WriteAllBytes(v.Card.File_(9), copy);
                    },
                    1,
                    FindingCode.AlteredCopy,
                    "Not counted: 00000009.MP4: not segment 0 of recording 1 though it says so"
                ),
                new(
                    "a twin of a slot whose name differs by case",
                    Planter,
                    Place.Cards,
                    v => File.Copy(v.File_(1, 0), Path.ChangeExtension(v.File_(1, 0), ".mp4")),
                    0,
                    FindingCode.Copy,
                    "Not counted: 00000000.mp4: a copy of segment 0"
                ),
                new(
                    "an altered twin of a slot whose name differs by case",
                    Planter,
                    Place.Cards,
                    v =>
                    {
                        byte[] copy = File.ReadAllBytes(v.File_(1, 0));
                        copy[^600] ^= 1;
                        copy[700] ^= 1;
                        File.WriteAllBytes(Path.ChangeExtension(v.File_(1, 0), ".mp4"), copy);
                    },
                    1,
                    FindingCode.AlteredCopy,
                    "an altered copy, not counted"
                ),
                new(
                    "a copy as a browser names it lies beside the slot",
                    Planter,
                    Place.Cards,
                    v => File.Copy(v.File_(1, 0), v.Beside("S000", "00000000 (1).MP4")),
                    0,
                    FindingCode.Foreign,
                    "Not judged: files that are not the camera's"
                ),
                new(
                    "a copy of a segment lies in the store",
                    Planter,
                    Place.Store,
                    v => File.Copy(v.File_(1, 0), v.Beside("000001", "0000 (1).mp4")),
                    0,
                    FindingCode.Copy,
                    "/000001/0000 (1).mp4: a copy of segment 0 of recording 1"
                ),
                new(
                    "a beginning of a segment lies beside it in the store",
                    Planter,
                    Place.Store,
                    v =>
                    {
                        byte[] copy = File.ReadAllBytes(v.File_(1, 0));
                        copy.AsSpan(v.Unit(1, 0, "close").Start, 512).Clear();
                        File.WriteAllBytes(v.Beside("000001", "0007.mp4"), copy);
                    },
                    0,
                    FindingCode.Copy,
                    "a copy of the beginning of segment 0 of recording 1"
                ),
                new(
                    "a second card root whose name differs by case",
                    Planter,
                    Place.Cards,
                    v => Directory.CreateDirectory(Path.Combine(v.Folder, "lapel", "S000")),
                    1,
                    FindingCode.SecondRoot,
                    "Not counted: lapel: a second card root beside LAPEL"
                ),
                new(
                    "a movie that plays lies under a free slot's name",
                    Planter,
                    Place.Cards,
                    v =>
                    {
                        byte[] movie = File.ReadAllBytes(v.Card.File_(9));
                        SegmentForge
                            .Box("ftyp", "isom"u8.ToArray(), SegmentForge.U32(1), "isomavc1"u8.ToArray())
                            .CopyTo(movie, 0);
                        File.WriteAllBytes(v.Card.File_(9), movie);
                    },
                    0,
                    FindingCode.OtherMovie,
                    "Not counted: 00000009.MP4: plays as a movie and is no segment of a camera"
                ),
                new(
                    "the catalogue names another recording for a slot",
                    Planter,
                    Place.Cards,
                    v =>
                    {
                        v.Card.Records[2] = v.Card.Records[2] with { Number = 77 };
                        v.Card.WriteCatalogue();
                    },
                    0,
                    FindingCode.Catalogue,
                    "by the catalogue this is segment 0 of recording 77"
                ),
                new(
                    "the catalogue is destroyed in both copies",
                    Planter,
                    Place.Cards,
                    v => v.Card.WriteCatalogue(true, true),
                    0,
                    FindingCode.Catalogue,
                    "damaged in both copies"
                ),
            ];

        private static Forgery Removed(string what, string says, params uint[] numbers) =>
            new(
                what,
                Holder,
                Place.All,
                v =>
                {
                    foreach (uint number in numbers)
                    {
                        v.Remove(number);
                    }
                },
                1,
                FindingCode.MissingRecording,
                says
            );
    }
}
