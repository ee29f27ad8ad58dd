// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A new card: ready at once with its first slots, the others made while the camera works.</summary>
    [TestClass]
    public class NewCardTests
    {
        private const double ReadySeconds = 10;

        [TestMethod]
        [DataRow(32)]
        [DataRow(64)]
        [DataRow(128)]
        public void ACardOfAnySizeIsReadyWithinTenSeconds(int gibibytes)
        {
            using var bench = new Bench(o => o with { CardMegabytes = (int)(gibibytes * 1_073.741824), SlotBytes = 8 << 20 });
            bench.Until(OperatingState.Buffering, ReadySeconds);
            Console.WriteLine($"{gibibytes} GiB: ready after {bench.NowUs / 1e6:0.0} s with {bench.Camera.Status.SlotsFree} slots");
            int free = bench.Camera.Status.SlotsFree,
                frames = bench.Camera.Status.Frames;
            bench.Run(60);
            Console.WriteLine($"{(bench.Camera.Status.Frames - frames) / 60.0:0.0} frames a second meanwhile");
            Console.WriteLine($"{gibibytes} GiB: {bench.Camera.Status.SlotsFree} slots a minute later");
            Assert.IsGreaterThan(free, bench.Camera.Status.SlotsFree);
        }

        [TestMethod]
        public void APressWhileSlotsAreMadeIsAnsweredAndNoneIsMadeMeanwhile()
        {
            for (int ms = 0; ms < 1_000; ms += 130)
            {
                using var bench = new Bench(o => o with { CardMegabytes = 32_000, SlotBytes = 8 << 20 });
                bench.Until(OperatingState.Buffering, ReadySeconds);
                bench.Run(5 + ms / 1000.0);
                Assert.IsTrue(bench.Camera.Status.IsMakingSlots);
                bench.Start();
                bench.Run(1);
                int slots = bench.Camera.Status.SlotsTotal;
                bench.Run(20);
                Assert.AreEqual(slots, bench.Camera.Status.SlotsTotal, "a slot was made while the camera recorded");
                bench.Stop();
                StoredRecording recording = bench.Stored().Recordings.Single();
                RecordingChecks.RequireContinuous(recording);
                Verdicts.RequireAuthentic(bench.Judge().Single());
                bench.Run(10);
                Assert.IsGreaterThan(slots, bench.Camera.Status.SlotsTotal);
            }
        }

        [TestMethod]
        public void ARecordingThatTakesEverySlotGetsFurtherOnesWithoutAGap()
        {
            using var bench = new Bench(o => o with { CardMegabytes = 64, SlotBytes = 256 << 10, PreEventSeconds = 0 });
            bench.Until(OperatingState.Buffering, ReadySeconds);
            bench.Start();
            int slots = bench.Camera.Status.SlotsTotal;
            bench.Run(60);
            bench.Stop();
            Assert.IsGreaterThan(slots + 10, bench.Camera.Status.SlotsTotal);
            StoredRecording recording = bench.Stored().Recordings.Single();
            RecordingChecks.RequireContinuous(recording);
            RecordingChecks.RequirePictures(recording, bench.Pictures);
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        [TestMethod]
        public void TheCardIsFullOnlyWhenNoFurtherSlotIsMade()
        {
            using var bench = new Bench(o => o with { CardMegabytes = 8, SlotBytes = 256 << 10, PreEventSeconds = 0 });
            bench.Until(OperatingState.Buffering, ReadySeconds);
            bench.Start();
            bench.Until(OperatingState.CardFull, 120);
            bench.Run(1);
            Assert.IsFalse(bench.Camera.Status.IsMakingSlots);
            Assert.AreEqual(bench.Camera.Status.SlotsTotal, bench.Stored().Recordings.Single().Segments.Count, "every slot is used");
            Verdicts.RequireAuthentic(bench.Judge().Single());
            Assert.AreEqual(0, bench.Parts.Card.RefusedOpens);
        }

        [TestMethod]
        public void TheSmallestCardRecordsAndOneThatIsAMegabyteSmallerIsAFault()
        {
            using (var bench = new Bench(o => o with { CardMegabytes = VirtualCameraOptions.LeastCardMegabytes, SlotBytes = 8 << 20 }))
            {
                bench.Until(OperatingState.Buffering, ReadySeconds);
                bench.Start();
                bench.Run(5);
                bench.Stop();
                StoredRecording recording = bench.Stored().Recordings.Single();
                RecordingChecks.RequireContinuous(recording);
                Verdicts.RequireAuthentic(bench.Judge().Single());
            }

            using var small = new Bench(o => o with { CardMegabytes = VirtualCameraOptions.LeastCardMegabytes - 1, SlotBytes = 8 << 20 });
            small.Until(OperatingState.Fault, 2 * ReadySeconds);
            small.Run(10);
            Assert.AreEqual(OperatingState.Fault, small.Camera.Status.State);
            Assert.IsEmpty(small.Stored().Recordings);
        }
    }
}
