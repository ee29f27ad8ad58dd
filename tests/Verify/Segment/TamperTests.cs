// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Units removed, repeated, reordered, replayed, or rewritten by someone without the key.</summary>
    [TestClass]
    public sealed class TamperTests
    {
        private static SegmentForge Long(Action<SegmentForge>? change = null)
        {
            var forge = new SegmentForge { SlotSectors = 96, SmallMoov = true };
            change?.Invoke(forge);
            forge.Init();
            for (int i = 0; i < 12; i++)
            {
                forge.Fragment(600 + i);
                if (i % 4 == 3)
                {
                    forge.Checkpoint();
                }
            }
            return forge.Close(1);
        }

        /// <summary>The units of a slot, put together anew in the given order; the rest of the slot keeps its place.</summary>
        private static byte[] Arrange(SegmentForge forge, IEnumerable<int> order)
        {
            byte[] old = forge.Slot512(),
                slot = forge.Slot512();
            int at = 0;
            foreach (int unit in order)
            {
                (string _, int start, int end) = forge.Units[unit];
                Array.Copy(old, start, slot, at, end - start);
                at += end - start;
            }
            for (int i = at; i < forge.Length; i++)
            {
                slot[i] = 0x3C;
            }

            return slot;
        }

        private static int UnitOf(SegmentForge forge, int fragment) =>
            forge.Units.Select((u, i) => (u, i)).Where(x => x.u.Kind == "fragment").ElementAt(fragment).i;

        private static List<int> Order(SegmentForge forge) => [.. Enumerable.Range(0, forge.Units.Count)];

        [TestMethod]
        public void RemovedFragmentIsNamed()
        {
            SegmentForge forge = Long();
            List<int> order = Order(forge);
            order.RemoveAt(UnitOf(forge, 5));
            RecordingResult r = Judge.Recording(Arrange(forge, order));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Removed, "fragment 4 is followed by fragment 6: fragment 5 is missing");
        }

        [TestMethod]
        public void BlankedFragmentIsNamed()
        {
            SegmentForge forge = Long();
            byte[] slot = forge.Slot512();
            (string _, int start, int end) = forge.Units[UnitOf(forge, 5)];
            Array.Clear(slot, start, end - start);
            RecordingResult r = Judge.Recording(slot);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Malformed, "neither a fragment nor a signed block stands after fragment 4");
            Judge.Has(r, FindingCode.Removed, "fragment 5 is missing");
        }

        [TestMethod]
        public void RepeatedFragmentIsNamed()
        {
            SegmentForge forge = Long();
            List<int> order = Order(forge);
            order.Insert(UnitOf(forge, 5) + 1, UnitOf(forge, 5));
            RecordingResult r = Judge.Recording(Arrange(forge, order));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Repeated, "fragment 5 is followed by fragment 5");
        }

        [TestMethod]
        public void ReorderedFragmentsAreNamed()
        {
            SegmentForge forge = Long();
            List<int> order = Order(forge);
            int a = UnitOf(forge, 5);
            (order[a], order[a + 1]) = (order[a + 1], order[a]);
            RecordingResult r = Judge.Recording(Arrange(forge, order));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Removed, "fragment 4 is followed by fragment 6");
            Judge.Has(r, FindingCode.OutOfOrder, "fragment 6 is followed by fragment 5");
        }

        [TestMethod]
        public void RemovedCheckpointIsNamed()
        {
            SegmentForge forge = Long();
            List<int> order = Order(forge);
            order.RemoveAt(forge.Units.FindIndex(u => u.Kind == "checkpoint"));
            RecordingResult r = Judge.Recording(Arrange(forge, order));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.CheckpointRemoved, "sectors before it were removed, no fragment: a checkpoint");
        }

        [TestMethod]
        public void ReplayedCheckpointIsNamed()
        {
            SegmentForge forge = Long();
            List<int> order = Order(forge);
            order.Insert(UnitOf(forge, 6), forge.Units.FindIndex(u => u.Kind == "checkpoint"));
            RecordingResult r = Judge.Recording(Arrange(forge, order));
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.CheckpointReplayed, "a second time");
        }

        [TestMethod]
        public void EveryUnitRemovedRepeatedOrSwappedIsFound()
        {
            SegmentForge forge = Long();
            for (int unit = 1; unit < forge.Units.Count; unit++)
            {
                List<int> without = Order(forge),
                    twice = Order(forge),
                    swapped = Order(forge);
                without.RemoveAt(unit);
                twice.Insert(unit, unit);
                (swapped[unit], swapped[unit - 1]) = (swapped[unit - 1], swapped[unit]);
                bool close = forge.Units[unit].Kind == "close";
                Assert.AreEqual(
                    close ? Verdict.PartsMissing : Verdict.NotAuthentic,
                    Judge.All(null, Arrange(forge, without)).Verdict,
                    "without " + unit
                );
                if (!close)
                {
                    Assert.AreEqual(Verdict.NotAuthentic, Judge.All(null, Arrange(forge, twice)).Verdict, "twice " + unit);
                }

                Assert.IsFalse(Judge.All(null, Arrange(forge, swapped)).Authentic, "swapped " + unit);
            }
        }

        [TestMethod]
        public void TruncatedFileIsNamed()
        {
            SegmentForge forge = Long();
            byte[] slot = forge.Slot512();
            for (int cut = 1; cut < slot.Length; cut += 331)
            {
                (bool authentic, Verdict? _, List<Finding> findings) = Judge.All(Judge.Device.Trusted, slot[..cut]);
                Assert.IsFalse(authentic);
                if (cut >= 512)
                {
                    Assert.IsTrue(
                        findings.Any(f => f.Code == FindingCode.Truncated && f.Text.Contains("truncated", StringComparison.Ordinal)),
                        "cut at " + cut
                    );
                }
            }
        }

        [TestMethod]
        public void AddedBytesAreNamed() =>
            Judge.Has(Judge.Recording([.. Long().Slot512(), .. new byte[512]]), FindingCode.Malformed, "bytes were added");

        [TestMethod]
        public void ForgerWithoutTheKeyWhoMakesTheChainAnewIsFound()
        {
            // He writes a segment of his own choice with right numbers and chain values, and sets the genuine signed blocks into it.
            SegmentForge genuine = Long(),
                forged = new SegmentForge { SlotSectors = 96, SmallMoov = true }.Init();
            for (int i = 0; i < 12; i++)
            {
                forged.Fragment(600 + i + (i == 6 ? 1 : 0));
                if (i % 4 == 3)
                {
                    forged.Checkpoint();
                }
            }
            byte[] slot = forged.Close(1).Slot512(),
                old = genuine.Slot512();
            foreach ((string kind, int start, int end) in genuine.Units.Where(u => u.Kind is "checkpoint" or "close"))
            {
                Array.Copy(old, start, slot, start, end - start);
            }

            RecordingResult r = Judge.Recording(slot);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Altered, "the chain does not lead to the value that was signed");
            Assert.AreEqual(4, r.SignedFragments, "what the first checkpoint signed stands");
        }

        [TestMethod]
        public void ForgerWhoRemovesAFragmentAndRenumbersIsFound()
        {
            SegmentForge genuine = Long();
            SegmentForge forged = new SegmentForge { SlotSectors = 96, SmallMoov = true }.Init();
            for (int i = 0; i < 3; i++)
            {
                forged.Fragment(600 + i);
            }

            (string _, int start, int end) = genuine.Units.First(u => u.Kind == "checkpoint");
            byte[] slot = forged.Slot512();
            genuine.Slot512()[start..end].CopyTo(slot, forged.Length);
            RecordingResult r = Judge.Recording(slot);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Removed, "it was signed after 4 fragments, 3 stand before it: fragments were removed");
        }

        [TestMethod]
        public void SegmentSignedByAnotherKeyIsFoundWithAndWithoutTheKey()
        {
            // The header keeps the device's key: no key needed to see it.
            byte[] slot = Long(f => f.Signer = new ForgeDevice(2)).Slot512();
            foreach (TrustedKey? key in new[] { Judge.Device.Trusted, null })
            {
                (bool _, Verdict? verdict, List<Finding> findings) = Judge.All(key, slot);
                Assert.AreEqual(Verdict.NotAuthentic, verdict);
                Assert.IsTrue(findings.Any(f => f.Code == FindingCode.KeyMismatch), Judge.Text(findings));
            }
        }

        [TestMethod]
        public void ForgeryUnderAnotherKeyNeedsTheDevicesKeyToBeSeen()
        {
            byte[] slot = Long(f => f.Device = new ForgeDevice(2)).Slot512();
            (bool _, Verdict? verdict, List<Finding> findings) = Judge.All(Judge.Device.Trusted, slot);
            Assert.AreEqual(Verdict.NotAuthentic, verdict);
            Assert.IsTrue(findings.Any(f => f.Code == FindingCode.KeyMismatch), Judge.Text(findings));
            SegmentResult own = SegmentVerifier.Verify(new MemorySource(slot), "S", null, KeyChoice.FromSegment);
            Assert.AreEqual(KeySupplier.Segment, own.KeySupplier);
            Assert.IsFalse(own.HasErrors);
        }

        [TestMethod]
        public void TransplantedCheckpointOfAnotherSegmentIsFound()
        {
            List<SegmentForge> segments = RecordingForge.Segments(2);
            byte[] slot = segments[0].Slot512(),
                other = segments[1].Slot512();
            (string _, int start, int end) = segments[0].Units.First(u => u.Kind == "checkpoint");
            (string _, int from, int to) = segments[1].Units.First(u => u.Kind == "checkpoint");
            Assert.AreEqual(end - start, to - from);
            Array.Copy(other, from, slot, start, to - from);
            RecordingResult r = Judge.Recording(slot, other);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.WrongIdentity, "segment number");
        }

        [TestMethod]
        public void FragmentOfAnotherSegmentIsFound()
        {
            List<SegmentForge> segments = RecordingForge.Segments(2, change: f => f.SlotSectors = 40);
            byte[] slot = segments[0].Slot512(),
                other = segments[1].Slot512();
            (string _, int start, int end) = segments[0].Units[3];
            (string _, int from, int to) = segments[1].Units[3];
            Assert.AreEqual(end - start, to - from);
            Array.Copy(other, from, slot, start, to - from);
            RecordingResult r = Judge.Recording(slot, other);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.WrongIdentity, "it belongs to segment 1");
        }
    }
}
