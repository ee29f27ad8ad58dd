// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>The test vector of FORMAT.md 9.6, byte for byte: on the device by its digest, on the host also against the file.</summary>
    [TestClass]
    public class AuditVectorTests
    {
        private const int Sectors = 16;
        private const long UtcMs = 1795467602000L;

        [TestMethod]
        public void TheWriterMakesTheVector()
        {
            Assert.AreEqual(
                "2CA81F67750180777D7179BD9F0704FE547C7C80B87E6A38C51DFF8A22665094",
                Hex.Of(new Digests(new DeviceNatives()).Hash(Write(new AuditHead())))
            );
        }

        [TestMethod]
        public void TheWriterMakesTheVectorOfCutRecordings()
        {
            Assert.AreEqual(
                "6653A39FA697268E19AB3C7E0161783F685B7A397EDA6CAF0E75F257FF72A760",
                Hex.Of(new Digests(new DeviceNatives()).Hash(WriteCut()))
            );
        }

        /// <summary>
        /// What recovery enters first (FORMAT.md 7.2): of a recording of which nothing was committed, of one in its pre-event and live
        /// segments, and of one whose live segment was closed.
        /// </summary>
        public static byte[] WriteCut()
        {
            SegmentFixture keys = new SegmentFixture(SegmentFixture.SlotBytes);
            StepClock clock = new StepClock();
            DeviceNatives natives = new DeviceNatives();
            MemoryCard card = new MemoryCard(1, 1 << 16);
            card.Preallocate("LOG", Sectors * 512);
            Array.Clear(card.Content("LOG"), 0, Sectors * 512);
            clock.Set(2000);
            AuditLog log = new AuditLog(natives, new Digests(natives), new StatedClock(clock), new MemoryStore(), 16);
            log.SetDevice(keys.Device, keys.Signer);
            log.Open(card.Open("LOG"));
            while (!log.IsSettled)
            {
                log.Find();
            }

            Commitment nothing = new Commitment { Number = 5 };
            Commitment midway = new Commitment { Number = 4, FirstLive = 3, Segment = 5, Fragments = 12, EndMs = 61250 };
            midway.PreSegment = 1;
            midway.PreFragments = 258;
            Commitment closed = new Commitment { Number = 3, Segment = 7, Fragments = 1000, EndMs = 500000, IsClosed = true };
            closed.IsPreClosed = true;
            Enter(log, nothing);
            Enter(log, midway);
            Enter(log, closed);
            clock.Set(3000);
            log.Write(3000);
            log.AskCheckpoint(CheckpointReason.RecordingClosed);
            clock.Set(4000);
            while (log.StepIdle(4000)) { }

            return card.Content("LOG");
        }

        private static void Enter(AuditLog log, Commitment cut)
        {
            log.Add(AuditKind.CutRecording, cut.Flags, cut.Number, cut.EndMs, cut.Put());
        }

        /// <summary>A log's beginning: a boot, a clock setting, a recording, a checkpoint, and an entry behind it.</summary>
        /// <param name="head">Receives how far it came when the checkpoint was there.</param>
        public static byte[] Write(AuditHead head)
        {
            var keys = new SegmentFixture(SegmentFixture.SlotBytes);
            var clock = new StepClock();
            var natives = new DeviceNatives();
            var card = new MemoryCard(1, 1 << 16);
            card.Preallocate("LOG", Sectors * 512);
            Array.Clear(card.Content("LOG"), 0, Sectors * 512);
            var stated = new StatedClock(clock);
            clock.Set(2000);
            var log = new AuditLog(natives, new Digests(natives), stated, new MemoryStore(), 16);
            log.SetDevice(keys.Device, keys.Signer);
            log.Add(AuditKind.Boot, (int)log.FormerEnd, 0, 0, null);
            log.Open(card.Open("LOG"));
            while (!log.IsSettled)
            {
                log.Find();
            }

            clock.Set(3000);
            log.Write(3000);
            clock.Set(40000);
            var uncertainty = new byte[4];
            BigEndian.Put32(uncertainty, 0, 250);
            stated.Set(UtcMs, 250);
            log.Add(AuditKind.Clock, (int)ClockSource.Host, 0, UtcMs, uncertainty);
            log.Add(AuditKind.State, 1, 0, 0, null);
            log.Add(AuditKind.Press, 0, 39000, 90, new byte[] { 2 });
            log.Add(AuditKind.RecordingStarted, 3, 50000, 0, keys.Facts(0).Id);
            clock.Set(41000);
            log.Write(41000);
            log.AskCheckpoint(CheckpointReason.RecordingClosed);
            clock.Set(42000);
            while (log.StepIdle(42000)) { }

            head.Take(log.Head);
            clock.Set(102000);
            log.Add(AuditKind.Alive, 1, 0, 0, null);
            clock.Set(103000);
            log.Write(103000);
            return card.Content("LOG");
        }
    }
}
