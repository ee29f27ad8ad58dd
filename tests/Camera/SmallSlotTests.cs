// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// Slots that are small beside the pictures: nothing is lost while a picture fits, no slot is filled with an empty segment, and a card
    /// that is of no use is refused by name.
    /// </summary>
    [TestClass]
    public sealed class SmallSlotTests
    {
        // Half a second of VGA as it is in daylight, and not much more.
        private const int SlotBytes = 180_224;

        private static VirtualCameraOptions Small(VirtualCameraOptions options) =>
            options with
            {
                SlotBytes = SlotBytes,
                CardMegabytes = 16,
            };

        [TestMethod]
        public void HalfASecondLargerThanASlotIsWrittenInShorterFragments()
        {
            var scene = new SpoiledScene();
            using var bench = new Bench(Small, scene: scene);
            bench.Ready();
            scene.Spoil = picture => Enlarged(picture, 45_000);
            bench.Run(2);
            bench.Start();
            bench.Run(5);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.IsNull(bench.Camera.Status.Fault);
            Assert.IsEmpty(Empty(bench), "a segment without a picture");
            Assert.IsGreaterThan(15UL, (ulong)verdict.SignedFrames);
        }

        [TestMethod]
        public void APictureLargerThanASlotIsDroppedAndTheRecordingGoesOn()
        {
            var scene = new SpoiledScene();
            using var bench = new Bench(Small, scene: scene);
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            scene.Spoil = picture => Enlarged(picture, 175_000);
            bench.Run(4);
            Assert.AreEqual(OperatingState.Recording, bench.State);
            Assert.Contains("PicturesTooLarge", bench.Camera.Status.Fault!);
            scene.Spoil = null;
            bench.Run(4);
            Assert.IsNull(bench.Camera.Status.Fault);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual((uint)FrameQuality.Low, (uint)verdict.Statistics!.LowestQuality);
            Assert.IsGreaterThan(0UL, verdict.Capture!.Damaged);
            Assert.IsEmpty(Empty(bench), "a segment without a picture");
        }

        [TestMethod]
        public void PicturesFromBeforeACardWithSmallSlotsAreLeftOutAndSaidSo()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            using (var made = new Bench(Small, card, flash))
            {
                made.Ready();
            }

            var scene = new SpoiledScene { Spoil = picture => Enlarged(picture, 175_000) };
            using var bench = new Bench(o => Small(o) with { PreEventSeconds = 10 }, card, flash, scene);
            bench.Camera.PullCard();
            bench.Run(4);
            scene.Spoil = null;
            bench.Camera.InsertCard();
            bench.Ready(3);
            bench.Start();
            bench.Run(3);
            bench.Stop();
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(5u, verdict.PreEvent!.Reason);
            Assert.IsEmpty(Empty(bench), "a segment without a picture");
        }

        [TestMethod]
        public void APictureThatNoSlotTakesEndsTheRecordingWithItsReason()
        {
            var scene = new SpoiledScene();
            using var bench = new Bench(Small, scene: scene);
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            scene.Spoil = picture => Enlarged(picture, 175_000);
            for (long end = bench.NowUs + 4_000_000; bench.NowUs < end;)
            {
                // What the pump drops is let through: the sequence of segments has to stop by itself.
                bench.Camera.Firmware.Pump.Judge.MostBytes = Recorder.FrameRing.MaxFrameBytes;
                bench.Camera.Step();
            }

            scene.Spoil = null;
            bench.Until(OperatingState.Buffering);
            RecordingResult verdict = bench.Judge().Single();
            Verdicts.RequireAuthentic(verdict);
            Assert.AreEqual(6u, verdict.CloseReason);
            Assert.IsLessThan(2, Empty(bench).Count, "slot after slot is filled with an empty segment");
            Assert.IsTrue(Entries(bench).Any(e => e is { Kind: AuditKind.RecordingClosed, First: 6 }), "the log gives another reason");
        }

        [TestMethod]
        public void ACardOfSlotsTooSmallForTheConfigurationIsRefusedAndKept()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            using (var small = new Bench(Small, card, flash))
            {
                small.Ready(1);
                small.Start();
                small.Run(2);
                small.Stop();
                small.Run(2);
            }

            var slots = new CardContent(card, f => f.EndsWith(".MP4", StringComparison.Ordinal));
            using var bench = new Bench(o => o with { Size = FrameSize.Hd }, card, flash);
            bench.Until(OperatingState.Fault);
            bench.DoublePress();
            bench.Run(5);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.Contains("SlotsTooSmall", bench.Camera.Status.Fault!);
            slots.RequireSameIn(card);
            StringAssert.Contains(bench.Type("ls\r", 2), "OK", "what is on it can be read");
            bench.Camera.CutPower();

            // Where the pictures fit, it is a card like any other.
            using var again = new Bench(Small, card, flash);
            again.Ready(1);
            again.Start();
            again.Run(2);
            again.Stop();
            Assert.HasCount(2, again.Judge());
            Assert.IsTrue(Entries(again).Any(e => e is { Kind: AuditKind.Card, Code: 8 }), "the log does not tell of the refusal");
        }

        private static IEnumerable<AuditEntry> Entries(Bench bench)
        {
            bench.Run(2);
            TrustedKey key = TrustedKey.Parse(System.Text.Encoding.ASCII.GetBytes(bench.Camera.PublicKey));
            return AuditVerifier.Verify(new MemorySource(bench.Stored().Bytes("LAPEL/AUDIT.LOG")), "AUDIT.LOG", key, []).Entries;
        }

        private static List<StoredSegment> Empty(Bench bench) => [.. bench.Stored().Segments.Where(s => s.Fragments.Count == 0)];

        private static byte[] Enlarged(byte[] picture, int length)
        {
            var large = new byte[Math.Max(length, picture.Length)];
            picture.AsSpan(0, picture.Length - 2).CopyTo(large);
            large[^2] = 0xFF;
            large[^1] = 0xD9;
            return large;
        }
    }
}
