// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>What the log shows behind the claimed end of a recording that recovery closed (FORMAT.md 5.3, ActivityAfterEnd).</summary>
    [TestClass]
    public sealed class ShortenedByLogTests
    {
        // Recording 3 ends at 600 ms and states a bound of 1,000 ms; 3 s more are tolerated.
        private const long Most = 600 + 1000 + 3000;

        [TestMethod]
        [DataRow("alive")]
        [DataRow("marker")]
        [DataRow("press")]
        public void ItIsFoundByAnythingThatShowsItRecordingLater(string kind)
        {
            Assert.IsNull(Judged(kind, Most));
            Finding found = Judged(kind, Most + 1)!;
            Assert.AreEqual(Severity.Error, found.Severity);
            StringAssert.Contains(found.Text, "it was shortened");
        }

        [TestMethod]
        public void BehindAFaultTheLogSaysNothingAgainstIt() => Assert.IsNull(Judged("fault", Most + 60_000));

        private static Finding? Judged(string kind, long ms)
        {
            long zero = (long)ShiftForge.Zero(3);
            var shift = new ShiftForge(
                cut: true,
                beforeCut: log =>
                {
                    switch (kind)
                    {
                        case "alive":
                            log.Entry(AuditKind.Alive, zero + ms, 2);
                            break;
                        case "marker":
                            log.Entry(AuditKind.Marker, zero + ms, 1, zero + ms - 100);
                            break;
                        case "press":
                            log.Entry(AuditKind.Press, zero + ms, 1, zero + ms - 300, 90, [1]);
                            break;
                        default:
                            log.Entry(AuditKind.Faults, zero + 700, 1).Entry(AuditKind.Alive, zero + ms, 2);
                            break;
                    }
                }
            );
            using CardForge card = shift.Card();
            CardResult result = CardVerifier.Verify(card.Path, null);
            RecordingResult three = result.Recordings.Single(r => r.RecordingNumber == 3);
            Assert.AreEqual(600, three.Segments[^1].EndTime);
            return three.Findings.Concat(three.Segments.SelectMany(s => s.Findings)).SingleOrDefault(f =>
                f.Code == FindingCode.ActivityAfterEnd
            );
        }
    }
}
