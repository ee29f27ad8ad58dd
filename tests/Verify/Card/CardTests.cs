// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>`lapel verify` on card folders.</summary>
    [TestClass]
    public sealed class CardTests
    {
        private static CardForge Good() =>
            new CardForge(8, new ForgeDevice(1).KeyFile())
                .Put(RecordingForge.Segments(3, 1, firstSlot: 0))
                .Put(RecordingForge.Segments(2, recording: 0x70, number: 8, firstSlot: 3))
                .WriteCatalogue();

        private static void Has(string text, string words) =>
            Assert.IsTrue(text.Contains(words, StringComparison.Ordinal), "no '" + words + "' in:\n" + text);

        [TestMethod]
        public void GoodCardIsAuthentic()
        {
            using CardForge card = Good();
            (int code, string text, string error) = card.Verify();
            Assert.AreEqual(0, code, text);
            Assert.AreEqual("", error);
            Has(text, "Recording 7: AUTHENTIC");
            Has(text, "Recording 8: AUTHENTIC");
            Has(text, "2 recordings: 2 authentic");
            Has(text, "key on the card, fingerprint " + Convert.ToHexStringLower(Judge.Device.Fingerprint));
            Has(text, "only that the card is consistent with itself");
            Has(text, "2026-09-21 14:13:20.000 to 2026-09-21 14:13:20.900 UTC, set by a host, within 250 ms (0.9 s)");
            Has(text, "64 x 48, 9 frames (10.0 a second)");
            Has(text, "3 of 3: 0 in 00000000.MP4, 1 in 00000001.MP4, 2 in 00000002.MP4; pre-event footage is in 0 to 0; stopped");
            Has(text, "30.0 s asked, 12.0 s obtained (3 frames): not long enough on");
            Has(text, "3: -0:00:01.200 event button, ");
            Assert.IsFalse(text.Contains("error", StringComparison.Ordinal), text);
        }

        [TestMethod]
        public void TheLapelFolderItselfMayBeGiven()
        {
            using CardForge card = Good();
            Assert.AreEqual(0, card.Verify(path: card.Root).Code);
        }

        [TestMethod]
        public void GivenKeyIsNamedAndJudgedWith()
        {
            using CardForge card = Good();
            string key = card.Key("hex", System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Judge.Device.PublicKey)));
            (int code, string text, string _) = card.Verify(key);
            Assert.AreEqual(0, code, text);
            Has(text, "Judged with the given key, fingerprint " + Convert.ToHexStringLower(Judge.Device.Fingerprint));
        }

        [TestMethod]
        public void AnotherGivenKeyIsNotAuthentic()
        {
            using CardForge card = Good();
            (int code, string text, string _) = card.Verify(card.Key("pub", new ForgeDevice(9).KeyFile()));
            Assert.AreEqual(1, code);
            Has(text, "Recording 7: NOT AUTHENTIC");
            Has(text, "another device's segment, or forged");
            Has(text, "DEVICE.PUB holds another key than the given one");
        }

        [TestMethod]
        public void JsonSaysTheSame()
        {
            using CardForge card = Good();
            File.Delete(card.File_(4));
            (int code, string text, string _) = card.Verify(json: true);
            Assert.AreEqual(1, code);
            JsonElement[] lines =
            [
                .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement),
            ];
            Assert.AreEqual(3, lines.Length);
            Assert.AreEqual("recording", lines[0].GetProperty("type").GetString());
            Assert.AreEqual("authentic", lines[0].GetProperty("verdict").GetString());
            Assert.AreEqual(9, lines[0].GetProperty("signedFrames").GetInt32());
            Assert.AreEqual("2026-09-21T14:13:20.000Z", lines[0].GetProperty("fromUtc").GetString());
            Assert.AreEqual("card", lines[0].GetProperty("keySuppliedBy").GetString());
            Assert.AreEqual("parts missing", lines[1].GetProperty("verdict").GetString());
            Assert.AreEqual("summary", lines[2].GetProperty("type").GetString());
            Assert.IsFalse(lines[2].GetProperty("allAuthentic").GetBoolean());
            Assert.AreEqual(1, lines[2].GetProperty("partsMissing").GetInt32());
        }

        [TestMethod]
        public void MissingSlotFileIsNamed()
        {
            using CardForge card = Good();
            File.Delete(card.File_(1));
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "Recording 7: PARTS MISSING");
            Has(text, "segment 1 is missing");
            Has(text, "the file of slot 1 is missing, which by the catalogue holds segment 1 of recording 7");
        }

        [TestMethod]
        public void MissingRecordingShowsInTheCatalogueAlone()
        {
            using CardForge card = new CardForge(4, new ForgeDevice(1).KeyFile())
                .Put(RecordingForge.Segments(1))
                .Put(RecordingForge.Segments(1, recording: 0x70, number: 8, firstSlot: 1))
                .WriteCatalogue();
            File.WriteAllBytes(card.File_(1), new byte[32 * 512]);
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "1 recording: 1 authentic; but see what is said beside the recordings");
            Has(text, "holds no segment, where by the catalogue segment 0 of recording 8 must be");
        }

        [TestMethod]
        public void SwappedFilesAreNamed()
        {
            using CardForge card = Good();
            byte[] a = File.ReadAllBytes(card.File_(1)),
                b = File.ReadAllBytes(card.File_(2));
            File.WriteAllBytes(card.File_(1), b);
            File.WriteAllBytes(card.File_(2), a);
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "Recording 7: NOT AUTHENTIC");
            Has(text, "the file is named as slot 1, its header says slot 2: files were swapped or renamed");
            Has(text, "Recording 8: AUTHENTIC");
        }

        [TestMethod]
        public void ForeignFilesAreReportedAndLeftAlone()
        {
            using CardForge card = Good();
            string foreign = Path.Combine(card.Root, "S000", "HOLIDAY.JPG");
            File.WriteAllText(foreign, "x");
            File.WriteAllText(Path.Combine(card.Path, "notes.txt"), "x");
            File.WriteAllText(Path.Combine(card.Root, "S000", "00000100.MP4"), "in the wrong folder");
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(0, code, text);
            Has(text, Path.Combine("LAPEL", "S000", "HOLIDAY.JPG") + ": not the camera's, left alone");
            Has(text, "notes.txt: not the camera's");
            Has(text, "00000100.MP4: not the camera's");
            Assert.AreEqual("x", File.ReadAllText(foreign));
        }

        [TestMethod]
        public void DamagedKeyFileOnTheCardIsAnErrorUnlessAKeyIsGiven()
        {
            byte[] key = new ForgeDevice(1).KeyFile();
            key[60] ^= 1;
            using CardForge card = new CardForge(2, key).Put(RecordingForge.Segments(1)).WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "DEVICE.PUB is damaged");
            Assert.AreEqual(0, card.Verify(card.Key("raw", Judge.Device.PublicKey)).Code);
        }

        [TestMethod]
        public void KeyFileOnTheCardHasOneFormOnly()
        {
            using CardForge card = new CardForge(2, new ForgeDevice(1).PublicKey).Put(RecordingForge.Segments(1)).WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "DEVICE.PUB is damaged: a DEVICE.PUB has 512 bytes, this has 32");
        }

        [TestMethod]
        public void MissingKeyFileOnTheCardIsSaid()
        {
            using CardForge card = new CardForge(2, null).Put(RecordingForge.Segments(1)).WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(0, code, text);
            Has(text, "DEVICE.PUB is missing");
            Has(text, "Judged with the key in each segment");
        }

        [TestMethod]
        public void DamagedCatalogueDoesNotMatter()
        {
            foreach ((bool a, bool b) in new[] { (true, false), (false, true), (true, true) })
            {
                using CardForge card = new CardForge(20, new ForgeDevice(1).KeyFile()).Put(RecordingForge.Segments(2)).WriteCatalogue(a, b);
                (int code, string text, string _) = card.Verify();
                Assert.AreEqual(0, code, text);
                Assert.AreEqual(
                    a && b,
                    text.Contains("1 sectors of the catalogue are damaged in both copies", StringComparison.Ordinal),
                    text
                );
            }
        }

        [TestMethod]
        public void GarbageInEveryFileGivesFindings()
        {
            using CardForge card = Good();
            var random = new Random(3);
            foreach (string file in Directory.EnumerateFiles(card.Root, "*", SearchOption.AllDirectories))
            {
                var bytes = new byte[random.Next(20_000)];
                random.NextBytes(bytes);
                File.WriteAllBytes(file, bytes);
            }
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "No recording found.");
        }

        [TestMethod]
        public void EmptyCardIsNotAuthentic()
        {
            using CardForge card = new CardForge(3, new ForgeDevice(1).KeyFile()).WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "No recording found.");
        }

        [TestMethod]
        public void ReplacedKeyAndSegmentsAreSeenOnlyWithTheDevicesKey()
        {
            // Someone signs a whole card anew with a key of his own and puts that on the card.
            using CardForge card = new CardForge(2, new ForgeDevice(2).KeyFile())
                .Put(RecordingForge.Segments(2, device: 2))
                .WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(0, code, text);
            Has(text, "only that the card is consistent with itself");
            Assert.AreEqual(1, card.Verify(card.Key("raw", Judge.Device.PublicKey)).Code);
        }

        [TestMethod]
        public void ForeignDevicesSegmentOnTheCardIsNotAuthentic()
        {
            using CardForge card = new CardForge(4, new ForgeDevice(1).KeyFile())
                .Put(RecordingForge.Segments(1))
                .Put(RecordingForge.Segments(1, recording: 0x70, number: 8, firstSlot: 1, device: 2))
                .WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(1, code);
            Has(text, "Recording 7: AUTHENTIC");
            Has(text, "Recording 8: NOT AUTHENTIC");
        }

        [TestMethod]
        public void SingleFileAndFolderOfFilesAreTaken()
        {
            using CardForge card = Good();
            (int code, string text, string _) = card.Verify(path: card.File_(1));
            Assert.AreEqual(1, code);
            Has(text, "PARTS MISSING");
            string folder = Path.Combine(card.Path, "export");
            Directory.CreateDirectory(folder);
            for (int i = 0; i < 3; i++)
            {
                File.Copy(card.File_(i), Path.Combine(folder, "evidence-" + i + ".mp4"));
            }

            (code, text, string _) = card.Verify(path: folder);
            Assert.AreEqual(0, code, text);
            Has(text, "Folder ");
            File.WriteAllText(Path.Combine(folder, "junk.mp4"), "junk");
            Has(card.Verify(path: folder).Out, "junk.mp4: holds no segment");
            (code, text, string _) = card.Verify(path: Path.Combine(folder, "junk.mp4"));
            Assert.AreEqual(1, code);
            Has(text, "No recording found.");
        }

        [TestMethod]
        public void UnusablePathsAndKeysExitWithTwo()
        {
            using CardForge card = Good();
            (int code, string text, string error) = card.Verify(path: Path.Combine(card.Path, "nowhere"));
            Assert.AreEqual(2, code);
            Assert.AreEqual("", text);
            Has(error, "lapel: no such file or folder");
            Has(error, "hint: ");
            string empty = Directory.CreateDirectory(Path.Combine(card.Path, "empty")).FullName;
            (code, _, error) = card.Verify(path: empty);
            Assert.AreEqual(2, code);
            Has(error, "lapel: no LAPEL folder");
            (code, _, error) = card.Verify(Path.Combine(card.Path, "nokey"));
            Assert.AreEqual(2, code);
            Has(error, "lapel: cannot use the key file");
            (code, _, error) = card.Verify(card.Key("bad", new byte[31]));
            Assert.AreEqual(2, code);
        }

        [TestMethod]
        public void ReleasedSlotIsSaid()
        {
            using CardForge card = Good();
            card.Records[3] = card.Records[3] with { State = 3 };
            card.WriteCatalogue();
            (int code, string text, string _) = card.Verify();
            Assert.AreEqual(0, code, text);
            Has(text, "by the catalogue this slot is released");
        }

        [TestMethod]
        public void ControlCharactersInNamesDoNotReachTheTerminal()
        {
            using CardForge card = Good();
            File.WriteAllText(Path.Combine(card.Root, "a\u001b[2Jb"), "x");
            Assert.IsFalse(card.Verify().Out.Contains('\u001b'));
        }
    }
}
