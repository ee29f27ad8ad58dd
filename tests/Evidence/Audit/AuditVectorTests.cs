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
