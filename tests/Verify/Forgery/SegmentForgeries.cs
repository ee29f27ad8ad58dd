// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>Forgeries inside segments, by who has the card.</summary>
    internal static class SegmentForgeries
    {
        private const string Holder = "who has the card";

        public static IEnumerable<Forgery> All =>
            [.. Flips, .. Units, .. Files, .. Sealed];

        private static IEnumerable<Forgery> Flips =>
            [
                Bit("a bit of a frame", "frame", FindingCode.Altered, "its frame data was altered", 40),
                Bit("a bit of a fragment's number", "fragment header", FindingCode.Malformed, "its moof is not what", 27, fragment: 1),
                Bit("a bit of a frame's duration", "moof", FindingCode.Malformed, "moof", 67),
                Bit("a bit of the text's form", "text", FindingCode.Malformed, "its text is not the clock and the unit", 6),
                Bit("a bit of the text's clock", "text", FindingCode.Altered, "its frame data was altered", 20),
                Bit("a bit of a header block's padding", "header padding", FindingCode.Malformed, "the padding of its header block", 1),
                Bit("a bit of a trailer's chain value", "trailer", FindingCode.Malformed, "", 30, FindingCode.Altered),
                Bit("a bit of a fragment's MAC", "trailer", FindingCode.Altered, "the device MAC", 70),
                Bit("a bit of a checkpoint's manifest", "checkpoint manifest", FindingCode.BadSignature, "is not that of the manifest", 60),
                Bit("a bit of a checkpoint's signature", "checkpoint signature", FindingCode.BadSignature, "not by the trusted key", 120),
                Bit("a bit of the last signature's fingerprint", "checkpoint signature", FindingCode.KeyMismatch, "another key", 12),
                Bit("a bit of the close", "close manifest", FindingCode.BadSignature, "", 60),
                Bit("a bit of the index", "index", FindingCode.IndexMismatch, "the index was altered", 500),
                Bit("a bit of the unit's name", "segment header", FindingCode.Altered, "the init was altered", 137),
                Bit("a bit of the recording's number", "segment header", FindingCode.WrongIdentity, "recording number", 63),
                Bit("a bit of the boot's number", "segment header", FindingCode.WrongIdentity, "boot number", 159),
                Bit("a bit of the key in the header", "segment header", FindingCode.KeyMismatch, "", 110, FindingCode.Malformed),
                Bit("a bit of moov", "moov", FindingCode.Altered, "the init was altered", 40),
            ];

        private static IEnumerable<Forgery> Units =>
            [
                new(
                    "a fragment is cut out",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int start, int end) = v.Unit(1, 0, "fragment", 1);
                        v.CutOut(1, 0, start, end);
                    },
                    1,
                    FindingCode.Removed,
                    "fragments were removed",
                    1
                ),
                new(
                    "a checkpoint is cut out",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int start, int end) = v.Unit(1, 0, "checkpoint");
                        v.CutOut(1, 0, start, end);
                    },
                    1,
                    FindingCode.Altered,
                    "",
                    1
                ),
                new(
                    "the first fragment is cut out",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int start, int end) = v.Unit(2, 0, "fragment");
                        v.CutOut(2, 0, start, end);
                    },
                    1,
                    FindingCode.Removed,
                    "",
                    2
                ),
                new(
                    "a fragment is replaced by one of another recording",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int start, int end) = v.Unit(2, 0, "fragment");
                        byte[] other = v.Segment(1, 0).Slot512();
                        v.Alter(
                            2,
                            0,
                            bytes =>
                            {
                                other.AsSpan(start, end - start).CopyTo(bytes.AsSpan(start));
                                return bytes;
                            }
                        );
                    },
                    1,
                    FindingCode.WrongIdentity,
                    "it belongs to recording",
                    2
                ),
                new(
                    "a checkpoint stands in the place of the last fragment",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int start, int end) = v.Unit(1, 0, "checkpoint");
                        (int to, _) = v.Unit(1, 0, "fragment", 1);
                        v.Alter(
                            1,
                            0,
                            bytes =>
                            {
                                bytes.AsSpan(start, end - start).ToArray().CopyTo(bytes, to);
                                return bytes;
                            }
                        );
                    },
                    1,
                    FindingCode.CheckpointReplayed,
                    "stands here a second time",
                    1
                ),
                new(
                    "the close of another segment is put in the place of its own",
                    Holder,
                    Place.All,
                    v =>
                    {
                        (int from, int end) = v.Unit(1, 1, "close");
                        (int to, _) = v.Unit(1, 0, "close");
                        byte[] other = v.Segment(1, 1).Slot512();
                        v.Alter(
                            1,
                            0,
                            bytes =>
                            {
                                other.AsSpan(from, end - from).CopyTo(bytes.AsSpan(to));
                                return bytes;
                            }
                        );
                    },
                    1,
                    FindingCode.DuplicateSegment,
                    "segment 1 is there 2 times",
                    1
                ),
                new(
                    "a `free` box stands in the place of the close of a segment in the midst",
                    Holder,
                    Place.All,
                    v => Free(v, 1, 0, "close"),
                    1,
                    FindingCode.LinkMismatch,
                    "the end of segment 0 was removed or altered",
                    1
                ),
                new(
                    "a `free` box stands in the place of the last close",
                    Holder,
                    Place.All,
                    v => Free(v, 2, 0, "close"),
                    1,
                    FindingCode.Shortened,
                    "segment 0 here has no close: it was removed",
                    2
                ),
                new(
                    "a `free` box stands behind the first fragment of a closed recording",
                    Holder,
                    Place.All,
                    v => Free(v, 2, 0, "checkpoint"),
                    1,
                    FindingCode.Malformed,
                    "the segment ends after fragment 0, and yet units of it follow",
                    2
                ),
            ];

        private static IEnumerable<Forgery> Files =>
            [
                new("the file is cut off", Holder, Place.All, v => v.Alter(1, 0, b => b[..^512]), 1, FindingCode.Truncated, "truncated", 1),
                new(
                    "bytes are added to the file",
                    Holder,
                    Place.All,
                    v => v.Alter(1, 0, b => [.. b, .. new byte[512]]),
                    1,
                    FindingCode.Malformed,
                    "bytes were added",
                    1
                ),
                new(
                    "two segments of a recording are swapped",
                    Holder,
                    Place.Cards,
                    v =>
                    {
                        byte[] first = v.Segment(1, 0).Slot512();
                        v.Alter(1, 0, _ => v.Segment(1, 1).Slot512());
                        v.Alter(1, 1, _ => first);
                    },
                    1,
                    FindingCode.SlotMismatch,
                    "files were swapped or renamed",
                    1
                ),
                new(
                    "stale bytes behind the close are changed",
                    Holder,
                    Place.All,
                    v =>
                    {
                        int end = v.Unit(1, 0, "close").End;
                        v.Alter(
                            1,
                            0,
                            bytes =>
                            {
                                bytes[end + 100] ^= 1;
                                return bytes;
                            }
                        );
                    },
                    0,
                    null,
                    "authentic"
                ),
            ];

        private static IEnumerable<Forgery> Sealed =>
            [
                new(
                    "another envelope is put into one segment",
                    Holder,
                    Place.Sealed,
                    v => Byte(v, 1, 0, 200 + 24 + 30),
                    1,
                    FindingCode.Altered,
                    "the init was altered",
                    1
                ),
                new(
                    "the key id of one segment's envelope is changed",
                    Holder,
                    Place.Sealed,
                    v => Byte(v, 1, 0, 200 + 24 + 6),
                    1,
                    FindingCode.HeaderDisagrees,
                    "its seal is not that of segment",
                    1
                ),
                new(
                    "a frame's vector is changed",
                    Holder,
                    Place.Sealed,
                    v => v.Flip(1, 0, "moof", 64 + 20 + 16 + 53 + 5, 0),
                    1,
                    FindingCode.Altered,
                    "its frame data was altered",
                    1
                ),
                new(
                    "the flag that says sealed is taken away",
                    Holder,
                    Place.Sealed,
                    v => Byte(v, 1, 0, 32 + 24 + 3),
                    1,
                    FindingCode.Malformed,
                    "",
                    1
                ),
                new(
                    "the sealed private box is changed",
                    Holder,
                    Place.Sealed,
                    v => Byte(v, 1, 0, 200 + 24 + 132 + 24 + 40),
                    1,
                    FindingCode.Altered,
                    "the init was altered",
                    1
                ),
            ];

        private static Forgery Bit(
            string what,
            string region,
            FindingCode code,
            string says,
            int at,
            FindingCode? or = null,
            int fragment = -1
        ) =>
            new(what + " is flipped", Holder, Place.All, v => v.Flip(1, 0, region, at, fragment), 1, code, says, 1) { Or = or };

        // The terminator of FORMAT.md 3.7: what a cut would have left there.
        private static void Free(Victim v, uint recording, int segment, string from)
        {
            int at = v.Unit(recording, segment, from).Start;
            v.Alter(
                recording,
                segment,
                bytes =>
                {
                    bytes.AsSpan(at, 512).Clear();
                    SegmentForge.U32((uint)(bytes.Length - at)).CopyTo(bytes, at);
                    "free"u8.CopyTo(bytes.AsSpan(at + 4));
                    return bytes;
                }
            );
            if (v.Place != Place.Store)
            {
                v.State(recording, segment, 1);
            }
        }

        private static void Byte(Victim v, uint recording, int segment, int at) =>
            v.Alter(
                recording,
                segment,
                bytes =>
                {
                    bytes[at] ^= 1;
                    return bytes;
                }
            );
    }
}
