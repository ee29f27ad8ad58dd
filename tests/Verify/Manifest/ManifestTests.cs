// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Properly signed manifests that version 1 does not allow, or that say something else than what stands before them.</summary>
    [TestClass]
    public sealed class ManifestTests
    {
        private static RecordingResult With(Action<SortedDictionary<int, Action<CborWriter>>> tweak) =>
            Make(new SegmentForge { Tweak = tweak });

        private static RecordingResult Make(SegmentForge forge)
        {
            forge.SmallMoov = true;
            RecordingResult r = Judge.Recording(forge.Init().Fragment(700).Checkpoint().Fragment(800).Close(1).Slot512());
            Judge.Is(Verdict.NotAuthentic, r);
            return r;
        }

        [TestMethod]
        public void UnknownKeyIsRefused() =>
            Judge.Has(With(k => k[31] = c => c.WriteInt32(1)), FindingCode.UnknownManifestKey, "key 31, unknown in version 1");

        [TestMethod]
        [DataRow(251u, (byte)2)]
        [DataRow(250u, (byte)1)]
        public void AnotherUncertaintyOrSourceThanTheHeadersIsRefused(uint uncertainty, byte source) =>
            Judge.Has(
                With(k => k[13] = c => SegmentForge.Array(c, 61_000ul, 1_790_000_000_000ul, uncertainty, source, 3u, 61_900ul)),
                FindingCode.ManifestMismatch,
                "the uncertainty or the source of its clock"
            );

        [TestMethod]
        public void TextKeyIsRefused() =>
            Judge.Has(
                Make(new SegmentForge { TweakBytes = m => [(byte)0xb8, (byte)(m[1] + 1), .. m[2..], 0x61, 0x61, 0x01] }),
                FindingCode.UnknownManifestKey,
                "not a number"
            );

        [TestMethod]
        public void UnknownVersionIsRefused() =>
            Judge.Has(
                With(k => k[1] = c => c.WriteInt32(2)),
                FindingCode.UnknownVersion,
                "format version 2: this verifier knows version 1 only"
            );

        [TestMethod]
        public void EachMissingKeyIsRefused()
        {
            for (int key = 1; key <= 26; key++)
            {
                int gone = key;
                RecordingResult r = With(k => k.Remove(gone));
                Judge.Has(r, key == 2 ? FindingCode.BadManifest : FindingCode.BadManifest, "key " + key + " is missing");
            }
        }

        [TestMethod]
        public void MissingCloseKeysAreRefused()
        {
            for (int key = 27; key <= 30; key++)
            {
                int gone = key;
                Judge.Has(With(k => k.Remove(gone)), FindingCode.BadManifest, "key " + key + " is missing");
            }
        }

        [TestMethod]
        public void CheckpointWithCloseKeyIsRefused() =>
            Judge.Has(With(k => k[27] = c => c.WriteInt32(1)), FindingCode.UnknownManifestKey, "only a close may have");

        [TestMethod]
        public void StatisticsOutsideTheLastCloseAreRefused() =>
            Judge.Has(
                With(k =>
                {
                    if (k.ContainsKey(29))
                    {
                        k[29] = c => c.WriteNull();
                    }
                }),
                FindingCode.UnknownManifestKey,
                "statistics"
            );

        [TestMethod]
        [DataRow("long integer")]
        [DataRow("indefinite map")]
        [DataRow("indefinite array")]
        [DataRow("key order")]
        [DataRow("repeated key")]
        [DataRow("long length")]
        [DataRow("trailing byte")]
        [DataRow("float")]
        [DataRow("tag")]
        public void EncodingThatIsNotDeterministicIsRefused(string how)
        {
            // Every manifest begins b8 nn 01 01 02 kk: map, key 1, version, key 2, kind.
            var forge = new SegmentForge();
            switch (how)
            {
                case "long integer":
                    forge.TweakBytes = m => [m[0], m[1], 0x01, 0x18, 0x01, .. m[4..]];
                    break;
                case "indefinite map":
                    forge.TweakBytes = m => [0xbf, .. m[2..], 0xff];
                    break;
                case "indefinite array":
                    forge.Tweak = k => k[20] = c => c.WriteEncodedValue(new byte[] { 0x9f, 0xff });
                    break;
                case "key order":
                    forge.TweakBytes = m => [m[0], m[1], m[4], m[5], m[2], m[3], .. m[6..]];
                    break;
                case "repeated key":
                    forge.TweakBytes = m => [m[0], (byte)(m[1] + 1), m[2], m[3], m[2], m[3], .. m[4..]];
                    break;
                case "long length":
                    forge.TweakBytes = m => [0xb9, 0x00, m[1], .. m[2..]];
                    break;
                case "trailing byte":
                    forge.TweakBytes = m => [.. m, 0x00];
                    break;
                case "float":
                    forge.Tweak = k => k[21] = c => c.WriteDouble(0);
                    break;
                default:
                    forge.Tweak = k => k[21] = c => c.WriteEncodedValue(new byte[] { 0xc1, 0x00 });
                    break;
            }
            Judge.Has(Make(forge), FindingCode.BadManifest, "refused");
        }

        [TestMethod]
        public void EachFieldIsComparedWithWhatWasRead()
        {
            var wrong = new Dictionary<int, (Action<CborWriter> Value, FindingCode Code)>
            {
                [3] = (c => c.WriteByteString(new byte[16]), FindingCode.WrongIdentity),
                [4] = (c => c.WriteByteString(new byte[16]), FindingCode.WrongIdentity),
                [5] = (c => c.WriteInt32(8), FindingCode.WrongIdentity),
                [6] = (c => c.WriteInt32(1), FindingCode.WrongIdentity),
                [7] = (c => c.WriteInt32(1), FindingCode.WrongIdentity),
                [8] = (c => c.WriteInt32(77), FindingCode.Removed),
                [9] = (c => c.WriteByteString(new byte[32]), FindingCode.Altered),
                [10] = (c => c.WriteInt32(1), FindingCode.ManifestMismatch),
                [11] = (c => c.WriteByteString(new byte[32]), FindingCode.LinkMismatch),
                [12] = (c => c.WriteByteString(new byte[32]), FindingCode.LinkMismatch),
                [13] = (c => SegmentForge.Array(c, 61_001, 1_790_000_000_000, 250, 2, 3, 90_000), FindingCode.WrongIdentity),
                [14] = (c => SegmentForge.Array(c, 1, 1, 0, 100), FindingCode.ManifestMismatch),
                [16] = (c => SegmentForge.Array(c, 1, 1, 0, 6, 0, 0), FindingCode.BadManifest),
                [18] = (c => c.WriteEncodedValue(new byte[] { 0x81, 0x84, 0x00, 0x00, 0x00, 0x05 }), FindingCode.BadManifest),
                [20] = (c => SegmentForge.Array(c, 1), FindingCode.BadManifest),
                [21] = (c => c.WriteInt32(1), FindingCode.BadManifest),
                [22] = (c => SegmentForge.Array(c, "0.1\u001b[2J", null, "bench", "virtual", null), FindingCode.BadManifest),
            };
            foreach ((int key, (Action<CborWriter> value, FindingCode code)) in wrong)
            {
                RecordingResult r = With(k => k[key] = value);
                Assert.IsTrue(
                    r.Findings.Any(f => f.Code == code && f.Severity == Severity.Error),
                    "key " + key + ":\n" + Judge.Text(r.Findings)
                );
            }
        }

        [TestMethod]
        public void SignedFramesAndTimesMustBeThoseThatWereRead()
        {
            Judge.Has(With(k => k[14] = c => SegmentForge.Array(c, 0, 9, 0, 100)), FindingCode.ManifestMismatch, "9 frames, 1 were read");
            Judge.Has(
                With(k => k[14] = c => SegmentForge.Array(c, 0, 1, 0, 99)),
                FindingCode.ManifestMismatch,
                "0 to 99 ms, the frames run from 0 to 100 ms"
            );
        }

        [TestMethod]
        public void IndexMustBeTheFragments()
        {
            Judge.Has(
                With(k => Replace(k, 28, c => SegmentForge.Array(c, 127, 1, new byte[32]))),
                FindingCode.IndexMismatch,
                "not the one that was signed"
            );
            Judge.Has(
                With(k => Replace(k, 28, c => SegmentForge.Array(c, 126, 1, new byte[32]))),
                FindingCode.ManifestMismatch,
                "place of the index"
            );
            Judge.Has(
                With(k => Replace(k, 28, c => SegmentForge.Array(c, 0, 128, new byte[32]))),
                FindingCode.ManifestMismatch,
                "place of the index"
            );
        }

        [TestMethod]
        public void SignedTimesMustNotRunBack() =>
            Judge.Has(
                With(k => k[13] = c => SegmentForge.Array(c, 61_000, 1_790_000_000_000, 250, 2, 3, 7)),
                FindingCode.ManifestMismatch,
                "signed before what stands before it"
            );

        private static void Replace(SortedDictionary<int, Action<CborWriter>> keys, int key, Action<CborWriter> value)
        {
            if (keys.ContainsKey(key))
            {
                keys[key] = value;
            }
        }
    }
}
