// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Where each number is, as FORMAT.md 5.2 has it: one card and one log with every state.</summary>
    [TestClass]
    public sealed class AccountTests
    {
        private const ulong Own = 5,
            Other = 6;

        [TestMethod]
        public void EveryNumberIsAccountedForByTheStateThatTheLogProves()
        {
            CardResult result = Judged();
            Assert.IsTrue(result.Audits[0].Agrees, string.Join("; ", result.Audits[0].Findings));
            CollectionAssert.AreEqual(
                new[]
                {
                    (1u, 1u, Whereabouts.Here),
                    (2u, 2u, Whereabouts.Missing),
                    (3u, 3u, Whereabouts.NeverBegan),
                    (4u, 4u, Whereabouts.Released),
                    (5u, 6u, Whereabouts.OtherCard),
                    (7u, 7u, Whereabouts.Here),
                    (8u, 8u, Whereabouts.NeverBegan),
                },
                result.Accounts.Select(a => (a.From, a.To, a.Where)).ToArray()
            );
            string[] missing = [.. Said(result, Severity.Missing)],
                warnings = [.. Said(result, Severity.Warning)];
            Assert.HasCount(1, missing);
            StringAssert.Contains(missing[0], "recording 2 is MISSING: the audit log says that it was recorded and closed");
            Assert.HasCount(1, warnings);
            StringAssert.Contains(warnings[0], "recording 8 is not here: it began less than 10 s before");
            Assert.IsFalse(result.AllAuthentic);
        }

        [TestMethod]
        public void WithoutALogWhatLiesBetweenIsMissingAndWhatLiesBeforeIsNotKnown()
        {
            CardResult result = Judged(withLog: false, first: 3);
            CollectionAssert.AreEqual(
                new[]
                {
                    (1u, 2u, Whereabouts.NotKnown),
                    (3u, 3u, Whereabouts.Here),
                    (4u, 6u, Whereabouts.Missing),
                    (7u, 7u, Whereabouts.Here),
                },
                result.Accounts.Select(a => (a.From, a.To, a.Where)).ToArray()
            );
        }

        private static IEnumerable<string> Said(CardResult result, Severity severity) =>
            result.Findings.Where(f => f.Code == FindingCode.MissingRecording && f.Severity == severity).Select(f => f.Text);

        private static CardResult Judged(bool withLog = true, uint first = 1)
        {
            var device = new ForgeDevice(1);
            List<SegmentForge> one = RecordingForge.Segments(1, number: first),
                seven = RecordingForge.Segments(1, recording: 0x70, number: 7, firstSlot: 1);
            AuditForge log = new AuditForge(device, Own).NewBoot(3).Entry(AuditKind.Boot, 100, 2);
            Recording(log, 1, 61_000, one[0]);
            Recording(log, 2, 100_000, null);
            log.Checkpoint();
            Recording(log, 4, 200_000, null);
            log.Entry(AuditKind.Released, 230_000, 5, 4, 0, [.. Digest(4), .. new byte[32]]).Checkpoint();
            long known = log.Head.Sequence,
                place = known;
            log.Card(Other).Entry(AuditKind.LogFound, 240_000, 1, known, 0);
            Recording(log, 5, 250_000, null);
            Recording(log, 6, 300_000, null);
            long away = log.Head.Sequence;
            log.Card(Own, place, 2).Entry(AuditKind.LogFound, 400_000, 2, away, known);
            Recording(log, 7, 461_000, seven[0]);
            log.Entry(AuditKind.RecordingBegan, 600_000, 8, 599_000, 0, new byte[16]).Checkpoint();
            using CardForge card = new CardForge(4, device.KeyFile()).Put([.. one, .. seven]).WriteCatalogue();
            if (withLog)
            {
                File.WriteAllBytes(Path.Combine(card.Root, "AUDIT.LOG"), log.File(Own, 64));
            }

            return CardVerifier.Verify(card.Path, null);
        }

        private static void Recording(AuditForge log, int number, long zero, SegmentForge? here)
        {
            byte[] id = here?.RecordingId ?? [.. Enumerable.Repeat((byte)number, 16)];
            log.Entry(AuditKind.RecordingBegan, zero + 50, number, here == null ? zero : (long)here.ZeroMonotonic, 12_000, id);
            log.Entry(AuditKind.RecordingClosed, zero + 20_000, number, 1, 0, here?.CloseDigest ?? Digest(number));
        }

        private static byte[] Digest(int number) => [.. Enumerable.Repeat((byte)(0x80 + number), 32)];
    }
}
