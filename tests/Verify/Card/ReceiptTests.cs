// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>What a card says was released, and its log does not tell of: an archive's receipt shows it.</summary>
    [TestClass]
    public sealed class ReceiptTests
    {
        [TestMethod]
        public void TheArchivesReceiptForThatSegmentShowsIt()
        {
            (CardResult result, string text) = Verify(s => ReceiptForge.Make(s));
            Assert.AreEqual(ReleaseProof.Receipt, result.Releases.Single().Proof, text);
            StringAssert.Contains(text, "is no evidence any more: the given archive's receipts say that it has it.");
            Assert.IsFalse(result.Findings.Any(f => f.Code is FindingCode.ReleaseNotKnown or FindingCode.ReceiptRefused), text);
            Assert.IsTrue(result.AllAuthentic, text);
            Assert.AreEqual(Whereabouts.Released, result.Accounts.Single(a => a.From <= 6 && a.To >= 6).Where, text);
            Assert.AreEqual(Whereabouts.NotKnown, result.Accounts.Single(a => a.From <= 5 && a.To >= 5).Where, text);
        }

        [TestMethod]
        public void WithoutOneItIsNotKnown()
        {
            (CardResult result, string text) = Verify(null);
            Assert.AreEqual(ReleaseProof.NotKnown, result.Releases.Single().Proof, text);
            Assert.IsTrue(result.Findings.Any(f => f.Code == FindingCode.ReleaseNotKnown), text);
            Assert.AreEqual(Whereabouts.NotKnown, result.Accounts.Single(a => a.From <= 6 && a.To >= 6).Where, text);
        }

        public static IEnumerable<object[]> Wrong =>
            from row in WrongReceipts
            select new object[] { row.What };

        [TestMethod]
        [DynamicData(nameof(Wrong))]
        public void AnyOtherIsRefusedByName(string what)
        {
            (_, Func<SegmentForge, byte[]> make, string says) = WrongReceipts.Single(r => r.What == what);
            (CardResult result, string text) = Verify(make);
            Assert.AreEqual(ReleaseProof.NotKnown, result.Releases.Single().Proof, text);
            Finding refused = result.Findings.Single(f => f.Code == FindingCode.ReceiptRefused);
            Assert.AreEqual("000006/0000.receipt", refused.File);
            StringAssert.Contains(refused.Text, says);
            StringAssert.Contains(text, says);
        }

        [TestMethod]
        public void WhatTheLogSpeaksAgainstNoReceiptMakesTrue()
        {
            using var victim = new Victim(Place.Clear);
            SegmentForge s = victim.Segment(2, 0);
            victim.Note(2, 0);
            victim.State(2, 0, 3);
            string folder = Store(ReceiptForge.Make(s), victim.Folder + "-receipts");
            try
            {
                CardResult result = CardVerifier.Verify(victim.Folder, null, null, ReceiptBook.Read(folder, ReceiptForge.Archive.Trusted));
                Assert.AreEqual(ReleaseProof.Contradicted, result.Releases.Single().Proof);
                Assert.IsFalse(result.AllAuthentic);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static readonly (string What, Func<SegmentForge, byte[]> Make, string Says)[] WrongReceipts =
        [
            ("signed with another key", s => ReceiptForge.Make(s, signer: new ForgeDevice(41)), "another key than the archive's signed it"),
            ("a bit of the signature", s => Flipped(ReceiptForge.Make(s), -1), "its signature is not the archive's"),
            ("a bit of the digest", s => Flipped(ReceiptForge.Make(s), -80), "its signature is not the archive's"),
            ("for another camera", s => ReceiptForge.Make(s, device: new ForgeDevice(9).DeviceId), "it is for another camera: device "),
            ("for another close", s => ReceiptForge.Make(s, digest: new byte[32]), "it is for another close of that segment"),
            ("for another segment", s => ReceiptForge.Make(s, segment: 1), "it is for another segment with that close"),
            ("for another recording", s => ReceiptForge.Make(s, recording: 5), "it is for another segment with that close"),
            ("another document", s => ReceiptForge.Make(s, kind: 3), "it is another document than a receipt"),
            ("of another version", s => ReceiptForge.Make(s, version: 2), "a receipt of another version"),
            ("bytes behind it", s => [.. ReceiptForge.Make(s), 0], "it is no"),
            ("cut short", s => ReceiptForge.Make(s)[..^9], "it is no receipt"),
            ("empty", _ => [], "it is empty, or has more than 4096 bytes"),
            ("too long", _ => new byte[4097], "it is empty, or has more than 4096 bytes"),
            ("no receipt", _ => "receipt"u8.ToArray(), "it is no receipt"),
        ];

        /// <summary>A card without a log, of which recording 6 says that it was released and recording 7 is here.</summary>
        private static (CardResult Result, string Text) Verify(Func<SegmentForge, byte[]>? make)
        {
            SegmentForge here = RecordingForge.Segments(1)[0],
                gone = RecordingForge.Segments(1, recording: 0x30, number: 6, firstSlot: 1)[0];
            using var card = new CardForge(4, here.Device.KeyFile());
            card.Put([here, gone]);
            byte[] slot = gone.Slot512();
            ReleaseForge.Note(gone).CopyTo(slot, 0);
            File.WriteAllBytes(card.File_(1), slot);
            card.Records[1] = card.Records[1] with { State = 3 };
            card.WriteCatalogue();
            string folder = card.Path + "-receipts";
            try
            {
                ReceiptBook? receipts = make == null ? null : ReceiptBook.Read(Store(make(gone), folder), ReceiptForge.Archive.Trusted);
                CardResult result = CardVerifier.Verify(card.Path, null, null, receipts);
                var text = new StringWriter();
                VerifyReport.Write(result, text);
                return (result, text.ToString());
            }
            finally
            {
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, true);
                }
            }
        }

        private static string Store(byte[] receipt, string folder)
        {
            string place = Directory.CreateDirectory(Path.Combine(folder, "000006")).FullName;
            File.WriteAllBytes(Path.Combine(place, "0000.receipt"), receipt);
            return folder;
        }

        private static byte[] Flipped(byte[] bytes, int fromEnd)
        {
            bytes[bytes.Length + fromEnd] ^= 1;
            return bytes;
        }
    }
}
