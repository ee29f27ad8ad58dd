// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Properly signed segments whose layout version 1 does not allow.</summary>
    [TestClass]
    public sealed class FormatTests
    {
        private static SegmentForge Forge => new() { SmallMoov = true };

        private static RecordingResult Not(SegmentForge written)
        {
            RecordingResult r = Judge.Recording(written.Close(1).Slot512());
            Judge.Is(Verdict.NotAuthentic, r);
            return r;
        }

        [TestMethod]
        public void UnknownVersionIsRefused()
        {
            SegmentForge forge = Forge;
            forge.Version = 2;
            SegmentResult r = Judge.Segment(forge.Init().Fragment(700).Close(1).Slot512());
            Assert.AreEqual(SegmentState.Refused, r.State);
            Assert.IsTrue(r.Findings.Single().Text.Contains("format version 2 is refused: this verifier knows version 1 only"));
        }

        [TestMethod]
        public void SealedIsRefused()
        {
            SegmentForge forge = Forge;
            forge.Flags = 1;
            Judge.Has(Not(forge.Init().Fragment(700)), FindingCode.Malformed, "sealed");
        }

        [TestMethod]
        public void FramesMustBeJpegsOfTheirLength()
        {
            byte[] start = SegmentForge.Jpeg(700, 1),
                end = SegmentForge.Jpeg(700, 1),
                late = SegmentForge.Jpeg(700, 1);
            start[0] = 0;
            end[^1] = 0;
            Judge.Has(Not(Forge.Init().Fragment([start], 100)), FindingCode.Malformed, "does not begin as a JPEG");
            Judge.Has(Not(Forge.Init().Fragment([end], 100)), FindingCode.Malformed, "does not end as a JPEG");
            Judge.Has(
                Not(
                    Forge
                        .Init()
                        .Fragment(
                            [
                                [.. late, 0, 0],
                            ],
                            100
                        )
                ),
                FindingCode.Malformed,
                "does not end as a JPEG"
            );
        }

        [TestMethod]
        [DataRow("2026-09-21 14:13:20 UTC UNIT-18")]
        [DataRow("2026-13-21 14:13:20 UTC UNIT-17")]
        [DataRow("2026-09-21T14:13:20 UTC UNIT-17")]
        [DataRow("2026-09-21 14:13:20 UTC UNIT-17 ")]
        [DataRow("clock unset +0000:61:00 UNIT-17")]
        [DataRow("officer 1234 at home")]
        [DataRow("")]
        public void TextMustBeClockAndUnit(string text) =>
            Judge.Has(
                Not(Forge.Init().Fragment([SegmentForge.Jpeg(700, 1)], 100, text)),
                FindingCode.Malformed,
                "its text is not the clock and the unit"
            );

        [TestMethod]
        [DataRow("2026-09-21 15:13:20 UTC UNIT-17", "3600000 ms off")]
        [DataRow("2026-09-21 14:13:21 UTC UNIT-17", "1000 ms off")]
        [DataRow("2026-09-21 14:13:19 UTC UNIT-17", "-1000 ms off")]
        [DataRow("clock unset +0000:00:20 UNIT-17", "differ in whether the clock was set")]
        public void ATextThatTellsAnotherClockThanTheHeaderIsFound(string text, string says) =>
            Judge.Has(Not(Forge.Init().Fragment([SegmentForge.Jpeg(700, 1)], 100, text)), FindingCode.Clock, says);

        [TestMethod]
        public void OverlapInTimeIsFound()
        {
            SegmentForge forge = Forge.Init().Fragment(700);
            forge.Time -= 1;
            Judge.Has(Not(forge.Fragment(600)), FindingCode.TimeOverlap, "before the frames before it end");
        }

        [TestMethod]
        public void HoleInTheFrameIndicesIsFound()
        {
            SegmentForge forge = Forge.Init().Fragment(700);
            forge.Frames++;
            Judge.Has(Not(forge.Fragment(600)), FindingCode.FrameHole, "index 2, 1 must follow");
        }

        [TestMethod]
        public void MoreThan24FramesAreRefused() =>
            Assert.IsFalse(Judge.All(null, Forge.Init().Fragment([.. Enumerable.Repeat(300, 25)]).Close(1).Slot512()).Authentic);

        [TestMethod]
        public void MoreThan1400FragmentsAreRefused()
        {
            SegmentForge forge = Forge;
            forge.SlotSectors = 4400;
            forge.Init();
            for (int i = 0; i < 1401; i++)
            {
                forge.Fragment(300);
            }

            Judge.Has(Not(forge), FindingCode.Malformed, "more than 1400 fragments");
        }

        [TestMethod]
        public void TheMostFragmentsAreAuthentic()
        {
            SegmentForge forge = Forge;
            forge.SlotSectors = 4400;
            forge.Init();
            for (int i = 0; i < 1400; i++)
            {
                forge.Fragment(300);
            }

            Judge.Is(Verdict.Authentic, Judge.Recording(forge.Close(1).Slot512()));
        }

        [TestMethod]
        public void ManifestAsLargeAsAllowedIsAuthentic()
        {
            SegmentForge forge = Forge;
            int size = 0;
            forge.Tweak = k => k[22] = c => SegmentForge.Array(c, new string('x', size), null, "bench", "virtual", null);
            int room = 12288 - forge.Init().Fragment(700).Manifest(2, 127, 1, 1, 1, new byte[32]).Length;
            size = room - 2;
            Assert.AreEqual(12288, forge.Manifest(2, 127, 1, 1, 1, new byte[32]).Length);
            Judge.Is(Verdict.Authentic, Judge.Recording(forge.Close(1).Slot512()));
        }
    }
}
