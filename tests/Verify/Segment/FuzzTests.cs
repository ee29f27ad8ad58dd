// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Any bytes whatsoever give a finding, never a failure.</summary>
    [TestClass]
    public sealed class FuzzTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void MutatedSegmentsNeverFailAndNeverPass()
        {
            SegmentForge forge = new SegmentForge { SmallMoov = true, SlotSectors = 32 }
                .Init()
                .Fragment(300)
                .Checkpoint()
                .Fragment(200, 310)
                .Close(1);
            byte[] good = forge.Slot512();
            List<Region> regions = forge.Regions;
            var random = new Random(20260721);
            var watch = Stopwatch.StartNew();
            int mutants = TestSize.Of(sample: 2_000, sweep: 20_000);
            for (int i = 0; i < mutants; i++)
            {
                byte[] slot = (byte[])good.Clone();
                int changes = 1 + random.Next(4);
                for (int c = 0; c < changes; c++)
                {
                    Mutate(ref slot, random, regions);
                }

                bool same =
                    slot.Length == good.Length
                    && regions.TrueForAll(r => slot.AsSpan(r.Start, r.Length).SequenceEqual(good.AsSpan(r.Start, r.Length)));
                (bool authentic, Verdict? _, List<Finding> findings) = Judge.All(i % 2 == 0 ? Judge.Device.Trusted : null, slot);
                Assert.AreEqual(same, authentic, "mutant " + i + "\n" + Judge.Text(findings));
            }
            Assert.IsTrue(watch.Elapsed < TimeSpan.FromSeconds(90), "took " + watch.Elapsed);
        }

        [TestMethod]
        public void RandomFilesHoldNoSegment()
        {
            var random = new Random(1);
            for (int i = 0; i < 2000; i++)
            {
                var bytes = new byte[random.Next(5000)];
                random.NextBytes(bytes);
                Assert.AreEqual(SegmentState.None, Judge.Segment(bytes).State);
            }
        }

        [TestMethod]
        public void RandomFilesBehindAGoodInitNeverFail()
        {
            byte[] init = new SegmentForge { SmallMoov = true }
                .Init()
                .Slot512(0);
            var random = new Random(2);
            for (int i = 0; i < 300; i++)
            {
                byte[] slot = (byte[])init.Clone();
                random.NextBytes(slot.AsSpan(512));
                // Units of ours that begin anywhere and say anything.
                for (int sector = 1; sector < 128; sector++)
                {
                    if (random.Next(2) == 0)
                    {
                        byte[] head =
                        [
                            .. SegmentForge.U32((uint)random.Next(2000)),
                            .. "uuid"u8,
                            .. Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c"),
                            (byte)random.Next(6),
                        ];
                        head.CopyTo(slot, sector * 512);
                        if (random.Next(2) == 0)
                        {
                            Array.Clear(slot, sector * 512 + 24, 100);
                        }

                        if (random.Next(2) == 0)
                        {
                            slot[sector * 512 + 69] = (byte)random.Next(30);
                        }
                    }
                }

                Assert.IsFalse(Judge.All(null, slot).Authentic);
            }
        }

        [TestMethod]
        public void HugeClaimsTakeNoMemory()
        {
            // A slot of 2 GiB that is not there: only its first and last megabyte hold anything, boxes claim up to 4 GiB.
            SegmentForge forge = new SegmentForge { SmallMoov = true, SlotSectors = 1u << 22 };
            forge.Init();
            byte[] start = new byte[1 << 20];
            forge.Head().CopyTo(start, 0);
            var random = new Random(4);
            for (int i = 0; i < 6; i++)
            {
                int at = forge.Length;
                byte[] head =
                [
                    .. SegmentForge.U32(uint.MaxValue),
                    .. "uuid"u8,
                    .. Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c"),
                    (byte)(2 + i % 3),
                ];
                head.CopyTo(start, at);
                if (i >= 3)
                {
                    Array.Fill(start, (byte)0xff, at + 24, 400);
                }

                var source = new SparseSource(start, 1L << 31);
                long before = GC.GetTotalAllocatedBytes(true);
                SegmentResult r = SegmentVerifier.Verify(source, "HUGE", null, KeyChoice.Given(Judge.Device.Trusted));
                long taken = GC.GetTotalAllocatedBytes(true) - before;
                Assert.AreNotEqual(SegmentState.Closed, r.State);
                Assert.IsTrue(taken < 8 << 20, "allocated " + taken);
            }
        }

        [TestMethod]
        public void ManyFalseSignaturesTakeNoTimeWithoutEnd()
        {
            SegmentForge forge = new SegmentForge
            {
                SmallMoov = true,
                SlotSectors = 1 << 16,
                Signer = new ForgeDevice(2),
            };
            forge.Init();
            for (int i = 0; i < 10_000; i++)
            {
                forge.Checkpoint();
            }

            var watch = Stopwatch.StartNew();
            SegmentResult r = Judge.Segment(forge.Slot512());
            Assert.IsTrue(r.HasErrors);
            Assert.IsTrue(r.Findings.Count < 200);
            Assert.IsTrue(watch.Elapsed < TimeSpan.FromSeconds(10), "took " + watch.Elapsed);
        }

        [TestMethod]
        public void TimesBeyondAllCalendarsNeverFail()
        {
            foreach (ulong zero in new[] { ulong.MaxValue, 1ul << 63, 253402300799999ul, 253402300799998ul })
            {
                foreach (uint duration in new[] { 1u, uint.MaxValue / 2 })
                {
                    var forge = new SegmentForge
                    {
                        SmallMoov = true,
                        ZeroUtc = zero,
                        ZeroMonotonic = zero,
                        Signed = ulong.MaxValue,
                    };
                    forge
                        .Init()
                        .Fragment([SegmentForge.Jpeg(300, 1), SegmentForge.Jpeg(300, 2)], duration, "2026-09-21 14:13:20 UTC UNIT-17")
                        .Close(1);
                    RecordingResult r = Judge.Recording(forge.Slot512());
                    var card = new CardResult
                    {
                        Path = "",
                        Kind = CardKind.File,
                        Key = null,
                        KeySupplier = KeySupplier.Segment,
                        Recordings = [r],
                        Audits = [],
                        WithoutSegment = 0,
                        Findings = [],
                    };
                    VerifyReport.Write(card, System.IO.TextWriter.Null);
                    VerifyJson.Write(card, System.IO.TextWriter.Null);
                }
            }
        }

        private static void Mutate(ref byte[] slot, Random random, List<Region> regions)
        {
            Region region = regions[random.Next(regions.Count)];
            int at = Math.Min(region.Start + random.Next(region.Length), slot.Length - 1);
            switch (random.Next(7))
            {
                case 0:
                    slot[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    slot[at] = (byte)random.Next(256);
                    break;
                case 2:
                    slot.AsSpan(at, Math.Min(4, slot.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    int from = random.Next(slot.Length / 512) * 512,
                        to = random.Next(slot.Length / 512) * 512;
                    Array.Copy((byte[])slot.Clone(), from, slot, to, Math.Min(slot.Length - from, slot.Length - to) > 512 ? 512 : 0);
                    break;
                case 4:
                    random.NextBytes(slot.AsSpan(at, Math.Min(random.Next(1, 700), slot.Length - at)));
                    break;
                case 5:
                    if (random.Next(8) == 0)
                    {
                        slot = slot[..(1 + random.Next(slot.Length))];
                    }

                    break;
                default:
                    int bytes = Math.Min(random.Next(1, 64), slot.Length - at);
                    Array.Copy((byte[])slot.Clone(), random.Next(slot.Length - bytes + 1), slot, at, bytes);
                    break;
            }
        }

        private sealed class SparseSource(byte[] start, long length) : IByteSource
        {
            public long Length => length;

            public int Read(long offset, Span<byte> into)
            {
                into = into[..(int)Math.Min(into.Length, length - offset)];
                into.Clear();
                if (offset < start.Length)
                {
                    start.AsSpan((int)offset, (int)Math.Min(into.Length, start.Length - offset)).CopyTo(into);
                }

                return into.Length;
            }

            public void Dispose() { }
        }
    }
}
