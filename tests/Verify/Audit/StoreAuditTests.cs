// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// The audit logs beside recordings, on a card and in a store: they count for the verdict, over all files that a device's log has come
    /// into.
    /// </summary>
    [TestClass]
    public sealed class StoreAuditTests
    {
        private const ulong First = 5,
            Second = 6;
        private const int Ring = 16;

        private readonly string _folder = Directory.CreateTempSubdirectory("lapel-store-").FullName;
        private readonly ForgeDevice _device = new(1);

        private string Store => Path.Combine(_folder, Convert.ToHexStringLower(_device.DeviceId));

        [TestCleanup]
        public void Clean() => Directory.Delete(_folder, recursive: true);

        [TestMethod]
        public void AStoresLogIsReadAndWhatASignedManifestNamesIsSigned()
        {
            AuditForge log = new AuditForge(_device, First).Alive(3).Checkpoint().Alive(2);
            Stored(log.Head);
            Log("AUDIT.LOG", log.File(First, Ring));
            CardResult card = Verify(authentic: true);
            Assert.AreEqual((6, 0, 1), (card.Audits[0].Sectors.Count, card.Audits[0].Unsigned, card.Audits[0].Checkpoints));
            (int code, string text) = Run();
            Assert.AreEqual(0, code);
            Assert.Contains("Audit log: AGREES", text);
            (code, text) = Run(json: true);
            JsonElement line = JsonDocument.Parse(text.Split('\n').Single(l => l.Contains("\"auditLog\""))).RootElement;
            Assert.AreEqual((0, true, 6), (code, line.GetProperty("agrees").GetBoolean(), line.GetProperty("sectors").GetInt32()));
        }

        [TestMethod]
        public void OneRecordingsFolderIsJudgedWithTheLogBesideIt()
        {
            AuditForge log = new AuditForge(_device, First).Alive(3);
            Stored(log.Head);
            Log("AUDIT.LOG", log.File(First, Ring));
            CardResult card = CardVerifier.Verify(Path.Combine(Store, "000007"), _device.Trusted);
            Assert.IsTrue(card.AllAuthentic, string.Join("; ", card.Findings));
            Assert.AreEqual(1, card.Audits[0].Heads);
        }

        [TestMethod]
        public void AnAlteredLogCountsForTheVerdict()
        {
            AuditForge log = new AuditForge(_device, First).Alive(3).Checkpoint();
            Stored(log.Head);
            byte[] bytes = log.File(First, Ring);
            bytes[512 + 96 + 4] ^= 1;
            bytes.AsSpan(512 + 508, 4).Clear();
            SegmentForge.U32(AuditTests.Crc(bytes.AsSpan(512, 508))).CopyTo(bytes, 512 + 508);
            Log("AUDIT.LOG", bytes);
            CardResult card = Verify(authentic: false);
            Assert.AreEqual(Verdict.Authentic, card.Recordings[0].Verdict, "the recording is what it was");
            (int code, string text) = Run();
            Assert.AreEqual(1, code);
            Assert.Contains("Audit log: DOES NOT AGREE", text);
            Assert.Contains("but see what is said beside the recordings", text);
        }

        [TestMethod]
        public void ALogThatWasTakenAwayIsMissed()
        {
            Stored((1, new byte[32]));
            CardResult card = Verify(authentic: false);
            Assert.Contains(
                "is not here, though signed manifests name its sector 1: sync again",
                card.Findings.Single(f => f.Severity == Severity.Missing).Text
            );
        }

        [TestMethod]
        public void ALogOlderThanASegmentIsMissingAndNotCalledForged()
        {
            AuditForge log = new AuditForge(_device, First).Alive(3);
            byte[] before = log.File(First, Ring);
            Stored(log.Alive(2).Head);
            Log("AUDIT.LOG", before);
            AuditResult result = Verify(authentic: false).Audits[0];
            Assert.AreEqual(Severity.Missing, result.Findings.Max(f => f.Severity));
            Assert.Contains(
                "names sector 5, and the last one is 3: the log was not brought since, or was cut back",
                string.Join("\n", result.Findings)
            );
        }

        [TestMethod]
        public void LogsOfSeveralCardsAreOneChain()
        {
            AuditForge log = new AuditForge(_device, First).Alive(1);
            (long, byte[]) early = log.Head;
            log.Alive(3).Card(Second).Alive(3).Card(First, place: 4, found: 2).Alive(2).Checkpoint();
            Stored(early);
            Log("AUDIT.LOG", log.File(First, Ring));
            Log("AUDIT-0000000000000006.LOG", log.File(Second, Ring));
            AuditResult result = Verify(authentic: true).Audits[0];
            CollectionAssert.AreEqual(
                Enumerable.Range(1, 10).Select(i => (long)i).ToArray(),
                result.Sectors.Select(s => s.Sequence).ToArray()
            );
            Assert.AreEqual(0, result.Unsigned, "the last checkpoint signs over both cards");

            // Without the other card's log the one that is there says that it went on elsewhere.
            File.Delete(Path.Combine(Store, "AUDIT-0000000000000006.LOG"));
            result = Verify(authentic: true).Audits[0];
            Assert.AreEqual(3, result.Unsigned, "the chain does not lead there any more: what the manifest names is signed, and no more");
        }

        [TestMethod]
        public void OverwrittenSectorsThatWerePutAwayStandBeforeTheRing()
        {
            AuditForge log = new AuditForge(_device, First).Alive(40).Checkpoint();
            Stored(log.Head);
            Log("AUDIT.LOG", log.File(First, Ring));
            Assert.AreEqual(Ring, Verify(authentic: true).Audits[0].Sectors.Count);

            byte[] put = log.Run(First, 0, 41 - Ring);
            Log("AUDIT-0000000000000005.OLD", put);
            AuditResult result = Verify(authentic: true).Audits[0];
            Assert.AreEqual((41, 0), (result.Sectors.Count, result.Unsigned));

            // Put away twice, as after a cut.
            Log("AUDIT-0000000000000005.OLD", [.. put.AsSpan(0, 20 * 512), .. put.AsSpan(0, 20 * 512), .. put.AsSpan(20 * 512)]);
            Assert.AreEqual(41, Verify(authentic: true).Audits[0].Sectors.Count);

            // Some were overwritten before they were brought: said, and no error.
            Log("AUDIT-0000000000000005.OLD", log.Run(First, 0, 20));
            result = Verify(authentic: true).Audits[0];
            Assert.Contains("overwritten sectors between 20 and this one", string.Join("\n", result.Findings));

            // One taken out of the midst of what was put away is an error.
            Log("AUDIT-0000000000000005.OLD", [.. log.Run(First, 0, 10), .. log.Run(First, 11, 41 - Ring)]);
            Verify(authentic: false);
            Log("AUDIT-0000000000000005.OLD", [.. put, .. new byte[100]]);
            Verify(authentic: false);
        }

        [TestMethod]
        public void ACardWithoutTheLogThatItsManifestsNameIsNotWhole()
        {
            AuditForge log = new AuditForge(_device, First).Alive(3);
            using var card = new CardForge(4, _device.KeyFile());
            card.Put([Segment(log.Head)]).WriteCatalogue();
            Assert.AreEqual(1, card.Verify().Code);
            Assert.Contains("the audit log of device", card.Verify().Out);
            File.WriteAllBytes(Path.Combine(card.Root, "AUDIT.LOG"), log.File(First, Ring));
            Assert.AreEqual(0, card.Verify().Code, card.Verify().Out);
        }

        private SegmentForge Segment((long Sequence, byte[] Digest) head) =>
            new SegmentForge
            {
                Device = _device,
                SmallMoov = true,
                Tweak = map => map[25] = c => SegmentForge.Array(c, (ulong)head.Sequence, head.Digest),
            }
                .Init()
                .Fragment(900, 700)
                .Close(1);

        private void Stored((long Sequence, byte[] Digest) head)
        {
            Directory.CreateDirectory(Path.Combine(Store, "000007"));
            File.WriteAllBytes(Path.Combine(Store, "DEVICE.PUB"), _device.KeyFile());
            File.WriteAllBytes(Path.Combine(Store, "000007", "0000.mp4"), Segment(head).Slot512());
        }

        private void Log(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Store, name), bytes);

        private CardResult Verify(bool authentic)
        {
            CardResult card = CardVerifier.Verify(_folder, null);
            Assert.AreEqual(
                authentic,
                card.AllAuthentic,
                string.Join(
                    "; ",
                    card.Findings.Concat(card.Audits.SelectMany(a => a.Findings)).Concat(card.Recordings.SelectMany(r => r.Findings))
                )
            );
            return card;
        }

        private (int Code, string Out) Run(bool json = false)
        {
            var output = new StringWriter();
            return (VerifyCommand.Run(_folder, null, json, output, TextWriter.Null), output.ToString());
        }
    }
}
