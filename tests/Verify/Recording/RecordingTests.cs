// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Recordings of several segments.</summary>
    [TestClass]
    public sealed class RecordingTests
    {
        [TestMethod]
        [DataRow(1, 0)]
        [DataRow(3, 0)]
        [DataRow(2, 1)]
        [DataRow(5, 2)]
        [DataRow(4, 3)]
        public void LinkedSegmentsAreAuthentic(int count, int past)
        {
            RecordingResult r = Judge.Recording(RecordingForge.Slots(count, past));
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(0, r.Findings.Count, Judge.Text(r.Findings));
            Assert.AreEqual(3L * count, r.SignedFrames);
            Assert.AreEqual((uint)count, r.SegmentCount);
            Assert.AreEqual(300L * count, r.ToMs);
        }

        [TestMethod]
        public void EachMissingSegmentIsNamed()
        {
            for (int past = 0; past < 4; past++)
            {
                for (int gone = 0; gone < 5; gone++)
                {
                    List<byte[]> slots = [.. RecordingForge.Slots(5, past)];
                    slots.RemoveAt(gone);
                    RecordingResult r = Judge.Recording([.. slots]);
                    Judge.Is(Verdict.PartsMissing, r);
                    Judge.Has(r, FindingCode.MissingSegment, gone < 4 ? "segment " + gone + " is missing" : "the last segment is missing");
                    Assert.AreEqual(gone < 4 ? "" + gone : "", string.Join(",", r.Missing));
                }
            }
        }

        [TestMethod]
        public void DuplicateSegmentIsNamed()
        {
            byte[][] slots = RecordingForge.Slots(3);
            RecordingResult r = Judge.Recording([.. slots, slots[1]]);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.DuplicateSegment, "segment 1 is there 2 times: S1, S3");
        }

        [TestMethod]
        public void SegmentOfAnotherTakeIsFound()
        {
            // The same recording id and numbers, properly signed, but another content: the links tell.
            byte[][] slots = RecordingForge.Slots(3);
            byte[][] other = RecordingForge.Slots(3, change: f => f.Uncertainty = 251);
            RecordingResult r = Judge.Recording(slots[0], other[1], slots[2]);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.LinkMismatch, "another close of segment 0");
            Judge.Has(r, FindingCode.LinkMismatch, "another close of segment 1");
        }

        [TestMethod]
        public void PastOfAnotherTakeIsFound()
        {
            byte[][] slots = RecordingForge.Slots(3, 1);
            byte[][] other = RecordingForge.Slots(3, 1, f => f.Uncertainty = 251);
            RecordingResult r = Judge.Recording(other[0], slots[1], slots[2]);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.LinkMismatch, "another close of segment 0");
        }

        [TestMethod]
        public void RemovedCloseShowsInTheNextSegment()
        {
            List<SegmentForge> segments = RecordingForge.Segments(2);
            byte[] first = segments[0].Slot512();
            (string _, int start, int end) = segments[0].Units[^1];
            Array.Clear(first, start, end - start);
            RecordingResult r = Judge.Recording(first, segments[1].Slot512());
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.LinkMismatch, "which no longer has one");
        }

        [TestMethod]
        public void OpenLastSegmentIsPartsMissing()
        {
            List<SegmentForge> segments = RecordingForge.Segments(2);
            byte[] last = segments[1].Slot512();
            (string _, int start, int end) = segments[1].Units[^1];
            Array.Clear(last, start, end - start);
            RecordingResult r = Judge.Recording(segments[0].Slot512(), last);
            Judge.Is(Verdict.PartsMissing, r);
            Assert.IsNull(r.SegmentCount);
            Assert.AreEqual(6, r.SignedFrames + r.UnsignedFrames);
        }

        [TestMethod]
        public void HoleInTheFramesIsFound() =>
            Judge.Has(Not(f => f.FirstFrame += f.Segment), FindingCode.FrameHole, "ends before frame 3");

        [TestMethod]
        public void OverlapInTimeIsFound() => Judge.Has(Not(f => f.Start -= f.Segment), FindingCode.TimeOverlap, "before segment 0 ends");

        [TestMethod]
        public void GapInTimeIsNamed()
        {
            RecordingResult r = Judge.Recording(RecordingForge.Slots(2, change: f => f.Start += f.Segment * 70));
            Judge.Is(Verdict.Authentic, r);
            Judge.Has(r, FindingCode.TimeGap, "no frame for 70 ms");
        }

        [TestMethod]
        public void GapAfterSensorFaultIsNamed()
        {
            SegmentForge forge = new SegmentForge { SmallMoov = true }
                .Init()
                .Fragment(700);
            forge.Time += 4000;
            RecordingResult r = Judge.Recording(forge.Fragment(600).Close(1).Slot512());
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(4000, r.GapMs);
            Judge.Has(r, FindingCode.TimeGap, "no frame for 4000 ms");
        }

        [TestMethod]
        public void HeadersOfOneRecordingMustAgree()
        {
            Judge.Has(Not(f => f.RecordingNumber += f.Segment), FindingCode.HeaderDisagrees, "recording number");
            Judge.Has(Not(f => f.Boot += f.Segment), FindingCode.HeaderDisagrees, "boot number");
            Judge.Has(Not(f => f.ZeroMonotonic += f.Segment), FindingCode.HeaderDisagrees, "recording zero");
            Judge.Has(Not(f => f.Unit += f.Segment), FindingCode.HeaderDisagrees, "unit");
            Judge.Has(Not(f => f.Width += (ushort)f.Segment), FindingCode.HeaderDisagrees, "picture size");
        }

        [TestMethod]
        public void WrongCountInTheLastCloseIsFound() =>
            Judge.Has(
                Not(f =>
                    f.Tweak = k =>
                    {
                        if (k.ContainsKey(30))
                        {
                            k[29] = c => c.WriteInt32(5);
                        }
                    }
                ),
                FindingCode.LinkMismatch,
                "number of segments in the last close"
            );

        [TestMethod]
        public void MissingLinkToThePastIsFound()
        {
            RecordingResult r = Judge.Recording(RecordingForge.Slots(3, 1, f => f.PreEventClose = null));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.LinkMismatch, "does not name the pre-event close");
        }

        [TestMethod]
        [DataRow(12000, 12000, 3, null)]
        [DataRow(300, 200, 2, null)]
        [DataRow(300, 0, 0, null)]
        [DataRow(300, 200, 3, "with 3 frames, 2 are there")]
        [DataRow(300, 150, 1, "and no frame begins there")]
        [DataRow(300, 0, 1, "with 1 frames")]
        [DataRow(300, 400, 3, "of 300 ms obtained")]
        public void WhatIsStatedOfThinningIsComparedWithTheFrames(int obtained, int unthinned, int frames, string? wrong)
        {
            RecordingResult r = Judge.Recording(
                RecordingForge.Slots(
                    2,
                    1,
                    f => f.Tweak = keys => keys[16] = c => SegmentForge.Array(c, 30000, obtained, 3, 0, unthinned, frames)
                )
            );
            Judge.Is(Verdict.Authentic, r);
            string found = Judge.Text(r.Findings);
            if (wrong == null)
            {
                Assert.DoesNotContain("thinned", found);
            }
            else
            {
                Assert.Contains(wrong, found);
            }
        }

        [TestMethod]
        public void SwappedFilesAreNamed()
        {
            byte[] slot = RecordingForge.Slots(1)[0];
            SegmentResult r = Judge.Segment(slot, named: 4);
            Assert.IsTrue(
                r.Findings.Any(f =>
                    f.Code == FindingCode.SlotMismatch
                    && f.Severity == Severity.Error
                    && f.Text.Contains("named as slot 4, its header says slot 0", StringComparison.Ordinal)
                )
            );
        }

        private static RecordingResult Not(Action<SegmentForge> change)
        {
            RecordingResult r = Judge.Recording(RecordingForge.Slots(2, change: change));
            Judge.Is(Verdict.NotAuthentic, r);
            return r;
        }
    }
}
