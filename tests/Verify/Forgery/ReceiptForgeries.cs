// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify.Tests
{
    /// <summary>Receipts beside a card on which recording 2 is claimed to be released.</summary>
    internal static class ReceiptForgeries
    {
        private const string Holder = "who has the card and can lay files beside it",
            Nobody = "nobody: what is true";

        public static IEnumerable<Forgery> All =>
            [
                Without(
                    "without the log, and no receipt names the release",
                    Holder,
                    _ => [],
                    FindingCode.ReleaseNotKnown,
                    "2         MISSING: there is no audit log that could say where"
                ),
                Without(
                    "a receipt that a stranger signed",
                    Holder,
                    s => [Made(s, signer: new ForgeDevice(41))],
                    "another key than the archive's"
                ),
                Without("a receipt with a bit flipped", Holder, s => [Flipped(Made(s))], "its signature is not the archive's"),
                Without(
                    "a receipt for another camera",
                    Holder,
                    s => [Made(s, device: new ForgeDevice(9).DeviceId)],
                    "it is for another camera"
                ),
                Without(
                    "a receipt for another close",
                    Holder,
                    s => [Made(s, digest: new byte[32])],
                    "it is for another close of that segment"
                ),
                Without("a receipt for another segment", Holder, s => [Made(s, segment: 1)], "it is for another segment with that close"),
                Without(
                    "a receipt for another recording",
                    Holder,
                    s => [Made(s, recording: 5)],
                    "it is for another segment with that close"
                ),
                Without("a receipt that is cut short", Holder, s => [Made(s)[..^9]], "it is no receipt"),
                new(
                    "the archive's receipt for a release of which no log tells",
                    Nobody,
                    Place.Cards,
                    v =>
                    {
                        Claim(v, true);
                        v.Receipts.Add(Made(v.Segment(2, 0)));
                    },
                    1,
                    FindingCode.Removed,
                    "2         released: receipts of the given archive"
                ),
                new(
                    "the archive's receipt for a release against which the log speaks",
                    "who has the card, and took the footage before it was released",
                    Place.Cards,
                    v =>
                    {
                        Claim(v, false);
                        v.Receipts.Add(Made(v.Segment(2, 0)));
                    },
                    1,
                    FindingCode.ReleaseContradicted,
                    "reaches back that far and has no entry of it: it was removed"
                ),
                new(
                    "the archive's receipt for a release whose entry nobody has signed yet",
                    Nobody,
                    Place.Cards,
                    v =>
                    {
                        Unsigned(v);
                        v.Receipts.Add(Made(v.Segment(2, 0)));
                    },
                    0,
                    null,
                    "the given archive's receipts say that it has it"
                ),
                new(
                    "a stranger's receipt for a release whose entry nobody has signed yet",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        Unsigned(v);
                        v.Receipts.Add(Made(v.Segment(2, 0), signer: new ForgeDevice(41)));
                    },
                    1,
                    FindingCode.ReleaseUnsigned,
                    "another key than the archive's signed it"
                ),
            ];

        private static Forgery Without(string what, string by, Func<SegmentForge, byte[][]> make, string says) =>
            Without(what, by, make, FindingCode.ReceiptRefused, says);

        private static Forgery Without(string what, string by, Func<SegmentForge, byte[][]> make, FindingCode code, string says) =>
            new(
                what,
                by,
                Place.Cards,
                v =>
                {
                    Claim(v, true);
                    v.Receipts.AddRange(make(v.Segment(2, 0)));
                },
                1,
                code,
                says
            );

        // The slot looks as a released one does.
        private static void Claim(Victim v, bool withoutLog)
        {
            v.Note(2, 0);
            v.State(2, 0, 3);
            if (withoutLog)
            {
                File.Delete(v.LogFile);
            }
        }

        private static void Unsigned(Victim v)
        {
            Claim(v, false);
            SegmentForge s = v.Segment(2, 0);
            v.Append(log => log.Entry(AuditKind.Released, 900_500, (int)s.Slot, 2, 0, [.. s.CloseDigest, .. new byte[32]]));
        }

        private static byte[] Flipped(byte[] bytes)
        {
            bytes[^1] ^= 1;
            return bytes;
        }

        private static byte[] Made(
            SegmentForge s,
            ForgeDevice? signer = null,
            byte[]? device = null,
            byte[]? digest = null,
            uint? segment = null,
            uint? recording = null
        ) => ReceiptForge.Make(s, signer, device, digest, segment, recording);
    }
}
