// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// Bytes that nothing signs change nothing of what is said of signed ones: not their time, not the coverage before them.
    /// </summary>
    [TestClass]
    public sealed class UnsignedTests
    {
        private static readonly Action<AuditForge>[] Appended =
        [
            log => log.Entry(AuditKind.ClockSet, 901_000, 2, 0, 1_500_000_000_000, [0, 0, 0, 1]),
            log => log.NewBoot(1).Entry(AuditKind.ClockSet, 10, 2, 0, 1_500_000_000_000, [0, 0, 0, 1]),
            log => log.NewBoot(9).Entry(AuditKind.Boot, 10, 2).Entry(AuditKind.ClockSet, 20, 2, 0, 1_500_000_000_000, [0, 0, 0, 1]),
            log => log.Entry(AuditKind.State, 901_000, 5, 1).Entry(AuditKind.Lost, 901_000, 9),
            log => log.Card(ShiftForge.LogId, (1L << 40) + 50, 3).Entry(AuditKind.Alive, 901_000, 1),
        ];

        [TestMethod]
        public void SignedEntriesAndTheCoverageOfTheirTimeStayAsTheyWere()
        {
            (List<string> entries, List<string> spans) = Said(new ShiftForge());
            Assert.IsTrue(entries.Count > 10 && spans.Count > 3);
            for (int i = 0; i < Appended.Length; i++)
            {
                var shift = new ShiftForge();
                Appended[i](shift.Log);
                (List<string> after, List<string> covered) = Said(shift);
                CollectionAssert.AreEqual(entries, after, "kind " + i);
                CollectionAssert.AreEqual(spans, covered, "kind " + i);
            }
        }

        [TestMethod]
        public void ARecordingWithoutAClockIsBoundBySignedEntriesWhateverFollowsThem()
        {
            foreach (bool altered in new[] { false, true })
            {
                var device = new ForgeDevice(1);
                AuditForge log = new AuditForge(device, 5).NewBoot(3)
                    .Entry(AuditKind.Boot, 100, 2)
                    .Entry(AuditKind.ClockSet, 90_000, 2, 0, 1_790_000_000_000, [0, 0, 0, 100])
                    .Checkpoint();
                if (altered)
                {
                    log.NewBoot(1).Entry(AuditKind.ClockSet, 10, 2, 0, 1_500_000_000_000, [0, 0, 0, 1]);
                }

                using CardForge card = new CardForge(4, device.KeyFile())
                    .Put(RecordingForge.Segments(1, change: s => (s.ZeroUtc, s.Source) = (0, 0), number: 1))
                    .WriteCatalogue();
                File.WriteAllBytes(Path.Combine(card.Root, "AUDIT.LOG"), log.File(5, 32));
                RecordingResult recording = CardVerifier.Verify(card.Path, null).Recordings.Single();
                Assert.AreEqual(DateTime.UnixEpoch.AddMilliseconds(1_790_000_000_000 - 29_000), recording.Bound!.Utc);
            }
        }

        private static (List<string> Entries, List<string> Spans) Said(ShiftForge shift)
        {
            AuditResult log = AuditVerifier.Verify(
                new MemorySource(shift.LogFile),
                "AUDIT.LOG",
                shift.Device.Trusted,
                shift.Recordings.SelectMany(r => r).Select(s => Judge.Segment(s.Slot512()))
            );
            Func<AuditEntry, BoundTime?> clock = AuditClock.Of(log);
            return (
                [.. log.Entries.Where(e => e.Signed).Select(e => clock(e)?.Utc.ToString("O") + " " + e.Sequence + " " + e.Kind)],
                [.. Coverage.Of(log, null, null).Spans.Where(s => s.Signed).Select(s => s.ToString())]
            );
        }
    }
}
