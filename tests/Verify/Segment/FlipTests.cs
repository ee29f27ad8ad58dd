// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>A flipped bit anywhere in a closed segment is reported as what it is.</summary>
    [TestClass]
    public sealed class FlipTests
    {
        private static readonly SegmentForge Forge = new SegmentForge { SlotSectors = 256 }
            .Init()
            .Fragment(900, 20000, 701)
            .Fragment(514, 777)
            .Fragment([.. Enumerable.Repeat(600, 12)])
            .Checkpoint()
            .Fragment(1000, 40000)
            .Fragment(640)
            .Checkpoint()
            .Fragment(555)
            .Close(1);

        private static readonly byte[] Slot = Forge.Slot512();

        private static IEnumerable<object[]> RegionNames => Forge.Regions.Select(r => r.Name).Distinct().Select(n => new object[] { n });

        [TestMethod]
        [DynamicData(nameof(RegionNames))]
        public void FlippedBitIsFoundAndItsRegionNamed(string name)
        {
            var random = new Random(name.Length);
            List<Region> regions = Forge.Regions.FindAll(r => r.Name == name);
            for (int i = 0; i < 150; i++)
            {
                Region region = regions[random.Next(regions.Count)];
                Check(region, region.Start + random.Next(region.Length), random.Next(8));
            }
        }

        [TestMethod]
        public void RegionsCoverEveryClaimedByte()
        {
            var covered = new bool[Slot.Length];
            foreach (Region region in Forge.Regions)
            {
                for (int i = 0; i < region.Length; i++)
                {
                    Assert.IsFalse(covered[region.Start + i], region.Name);
                    covered[region.Start + i] = true;
                }
            }

            int index = Forge.Regions.Single(r => r.Name == "index").Start;
            for (int i = 0; i < Slot.Length; i++)
            {
                Assert.AreEqual(i < Forge.Length || i >= index, covered[i], "byte " + i);
            }
        }

        [TestMethod]
        public void EveryByteOfATinySegmentCounts()
        {
            SegmentForge forge = new SegmentForge { SmallMoov = true, SlotSectors = 16 }
                .Init()
                .Fragment(300)
                .Close(1);
            byte[] slot = forge.Slot512();
            int index = forge.Regions.Single(r => r.Name == "index").Start;
            for (int at = 0; at < slot.Length; at++)
            {
                byte flipped = (byte)(1 << at % 8);
                slot[at] ^= flipped;
                (bool authentic, Verdict? verdict, List<Finding> findings) = Judge.All(Judge.Device.Trusted, slot);
                bool claimed = at < forge.Length || at >= index;
                Assert.AreEqual(!claimed, authentic, "byte " + at + ": " + Judge.Text(findings));
                if (claimed)
                {
                    Assert.IsTrue(verdict is null or Verdict.NotAuthentic, "byte " + at + " " + verdict + ": " + Judge.Text(findings));
                }

                slot[at] ^= flipped;
            }
        }

        private static void Check(Region region, int at, int bit)
        {
            byte[] slot = (byte[])Slot.Clone();
            slot[at] ^= (byte)(1 << bit);
            (bool authentic, Verdict? verdict, List<Finding> findings) = Judge.All(Judge.Device.Trusted, slot);
            string what =
                region.Name
                + " byte "
                + at
                + " ("
                + (at - region.Start)
                + " in it) bit "
                + bit
                + " -> "
                + verdict
                + "\n"
                + Judge.Text(findings);
            Assert.IsFalse(authentic, what);
            Assert.IsTrue(verdict is null or Verdict.NotAuthentic, what);
            Assert.IsTrue(findings.Any(f => (f.Parts & region.Part) != 0), what);
            if (region.Fragment < 0)
            {
                return;
            }
            // The device MAC in a trailer shows only where the chain goes on.
            bool near = findings.Any(f =>
                f.Fragment == region.Fragment
                || region.Part == SegmentPart.Trailer
                    && (f.Fragment == region.Fragment + 1 || f.Text.Contains("device MAC", StringComparison.Ordinal))
                || f.Fragment == null && f.Offset == Forge.Units.First(u => u.Start <= at && at < u.End).Start
            );
            Assert.IsTrue(near, what);
        }
    }
}
