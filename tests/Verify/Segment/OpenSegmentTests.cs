// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Segments of a camera that was cut off.</summary>
    [TestClass]
    public sealed class OpenSegmentTests
    {
        private static SegmentForge Open() =>
            new SegmentForge { SmallMoov = true, SlotSectors = 64 }
                .Init()
                .Fragment(700)
                .Fragment(800)
                .Checkpoint()
                .Fragment(900, 901)
                .Fragment(600);

        [TestMethod]
        public void SignedUpToTheLastCheckpoint()
        {
            RecordingResult r = Judge.Recording(Open().Slot512());
            Judge.Is(Verdict.PartsMissing, r);
            Assert.AreEqual(2, r.SignedFragments);
            Assert.AreEqual(2, r.UnsignedFragments);
            Assert.AreEqual(2, r.SignedFrames);
            Assert.AreEqual(3, r.UnsignedFrames);
            Judge.Has(r, FindingCode.NotClosed, "signed up to fragment 1; 2 further fragments");
        }

        [TestMethod]
        public void NothingSigned()
        {
            RecordingResult r = Judge.Recording(
                new SegmentForge { SmallMoov = true }
                    .Init()
                    .Fragment(700)
                    .Fragment(800)
                    .Slot512()
            );
            Judge.Is(Verdict.NotSigned, r);
            Assert.AreEqual(2, r.UnsignedFragments);
            Judge.Is(Verdict.NotSigned, Judge.Recording(new SegmentForge().Init().Slot512(0)));
        }

        [TestMethod]
        public void CutAnywhereNeverLooksLikeTampering()
        {
            // Sectors are written in order; a cut leaves what the slot held before.
            SegmentForge forge = Open();
            byte[] whole = forge.Slot512();
            int init = forge.Units[0].End;
            foreach (byte[] before in new[] { new byte[whole.Length], Older(), Stale(whole.Length) })
            {
                for (int cut = init; cut <= forge.Length; cut += 512)
                {
                    byte[] slot = [.. whole[..cut], .. before[cut..]];
                    RecordingResult r = Judge.Recording(slot);
                    Verdict expected = cut >= forge.Units[3].End ? Verdict.PartsMissing : Verdict.NotSigned;
                    Assert.AreEqual(expected, r.Verdict, "cut at sector " + cut / 512 + "\n" + Judge.Text(r.Findings));
                }
            }
        }

        [TestMethod]
        public void CutInTheCloseIsNotTampering()
        {
            SegmentForge forge = Open();
            int at = forge.Length;
            byte[] whole = forge.Close(1).Slot512();
            Assert.IsTrue(forge.Length - at >= 1024);
            // An older close that stood in just these sectors cannot be told from an altered signature, and counts as one.
            for (int cut = at + 512; cut < forge.Length; cut += 512)
            {
                foreach (byte[] before in new[] { new byte[whole.Length], Stale(whole.Length) })
                {
                    Judge.Is(
                        Verdict.PartsMissing,
                        Judge.Recording([.. whole[..cut], .. before[cut..forge.Length], .. whole[forge.Length..]])
                    );
                }
            }
        }

        [TestMethod]
        public void StaleBytesAfterTheEndHaveNoEffect()
        {
            SegmentForge forge = Open();
            byte[] whole = forge.Slot512();
            var random = new Random(5);
            for (int i = 0; i < 200; i++)
            {
                byte[] slot = (byte[])whole.Clone();
                random.NextBytes(slot.AsSpan(forge.Length));
                RecordingResult r = Judge.Recording(slot);
                Judge.Is(Verdict.PartsMissing, r);
                Assert.AreEqual(2, r.UnsignedFragments);
            }
        }

        [TestMethod]
        public void AlteredBeforeTheCheckpointIsTampering()
        {
            SegmentForge forge = Open();
            byte[] slot = forge.Slot512();
            slot[forge.Units[2].Start + 600] ^= 1;
            RecordingResult r = Judge.Recording(slot);
            Judge.Is(Verdict.NotAuthentic, r);
            Judge.Has(r, FindingCode.Altered, "fragment 1");
            Assert.AreEqual(0, r.SignedFragments);
        }

        [TestMethod]
        public void AlteredAfterTheCheckpointIsNotCounted()
        {
            SegmentForge forge = Open();
            byte[] slot = forge.Slot512();
            slot[forge.Units[4].Start + 600] ^= 1;
            RecordingResult r = Judge.Recording(slot);
            Judge.Is(Verdict.PartsMissing, r);
            Assert.AreEqual(0, r.UnsignedFragments);
            Judge.Has(r, FindingCode.UnclaimedTail, "no signature claims it");
        }

        /// <summary>
        /// An older recording in the same slot, of the same layout: its units stand just where those of the new one would.
        /// </summary>
        private static byte[] Older()
        {
            var forge = new SegmentForge
            {
                SmallMoov = true,
                SlotSectors = 64,
                RecordingNumber = 4,
                ZeroMonotonic = 1000,
                RecordingId = [.. Enumerable.Repeat((byte)9, 16)],
            };
            return forge.Init().Fragment(700).Fragment(800).Checkpoint().Fragment(900, 901).Fragment(600).Close(1).Slot512();
        }

        private static byte[] Stale(int length)
        {
            var bytes = new byte[length];
            new Random(3).NextBytes(bytes);
            return bytes;
        }
    }
}
