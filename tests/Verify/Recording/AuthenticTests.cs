// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    [TestClass]
    public sealed class AuthenticTests
    {
        internal static SegmentForge Three() =>
            new SegmentForge { SlotSectors = 256 }
                .Init()
                .Fragment(900, 20000, 700)
                .Fragment(514)
                .Checkpoint()
                .Fragment(40000)
                .Close(1);

        [TestMethod]
        public void OneSegmentIsAuthentic()
        {
            RecordingResult r = Judge.Recording(Three().Slot512());
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(0, r.Findings.Count, Judge.Text(r.Findings));
            Assert.AreEqual(5, r.SignedFrames);
            Assert.AreEqual(3, r.SignedFragments);
            Assert.AreEqual(0, r.FromMs);
            Assert.AreEqual(500, r.ToMs);
            Assert.AreEqual("2026-09-21 14:13:20", r.FromUtc!.Value.ToString("yyyy-MM-dd HH:mm:ss"));
            Assert.AreEqual(250ul, r.UncertaintyMs);
            Assert.AreEqual(30000ul, r.PreEvent!.Asked);
            Assert.AreEqual(-1200, r.Markers.Single().Time);
            Assert.AreEqual(2, r.Presses.Count);
            Assert.AreEqual(2ul, r.UnlistedPresses);
            Assert.AreEqual(800ul, r.Statistics!.FramesPerSecondX100);
            Assert.AreEqual(new FirmwareStatement("0.1.0", null, "bench", "virtual", null), r.Firmware.Single());
            Assert.AreEqual("UNIT-17", r.Unit);
            Assert.AreEqual(1u, r.SegmentCount);
        }

        [TestMethod]
        public void ClockUnsetIsAuthentic()
        {
            var forge = new SegmentForge
            {
                ZeroUtc = 0,
                Source = 0,
                Uncertainty = 0xFFFFFFFF,
            };
            RecordingResult r = Judge.Recording(forge.Init().Fragment(900).Close(1).Slot512());
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(0, r.Findings.Count, Judge.Text(r.Findings));
            Assert.IsNull(r.FromUtc);
            Assert.AreEqual(61000ul, r.ZeroMonotonic);
        }

        [TestMethod]
        public void SegmentWithoutFragmentIsAuthentic()
        {
            RecordingResult r = Judge.Recording(new SegmentForge().Init().Close(1).Slot512());
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(0, r.SignedFrames);
        }

        [TestMethod]
        public void LargestFragmentAndUnitAreAuthentic()
        {
            var forge = new SegmentForge { Unit = "SIXTEEN-LETTERS!", SlotSectors = 4096 };
            forge.Init().Fragment([.. Enumerable.Repeat(30000, 24)]).Fragment([.. Enumerable.Repeat(512, 9)]).Fragment(1000000).Close(1);
            Judge.Is(Verdict.Authentic, Judge.Recording(forge.Slot512()));
        }

        [TestMethod]
        public void EveryPaddingLengthIsAuthentic()
        {
            // Marker lists of all lengths move the ends of checkpoint and close over every place in a sector.
            for (int n = 0; n < 520; n += 3)
            {
                int firmware = n;
                var forge = new SegmentForge { SmallMoov = true };
                forge.Tweak = keys => keys[22] = c => SegmentForge.Array(c, new string('x', firmware), null, "bench", "virtual", null);
                Judge.Is(Verdict.Authentic, Judge.Recording(forge.Init().Fragment(100 + n).Checkpoint().Close(1).Slot512()));
            }
        }

        [TestMethod]
        public void StaleBytesHaveNoEffect()
        {
            SegmentForge forge = Three();
            for (int stale = 0; stale < 256; stale += 51)
            {
                Judge.Is(Verdict.Authentic, Judge.Recording(forge.Slot512(stale)));
            }

            byte[] slot = forge.Slot512();
            (string _, int from, int to) = forge.Units[2];
            slot[from..to].CopyTo(slot, forge.Length);
            Judge.Is(Verdict.Authentic, Judge.Recording(slot));
        }
    }
}
