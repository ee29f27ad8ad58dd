// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>
    /// The test vector of FORMAT.md section 6, byte for byte: on the device by its digest, on the host also against the file.
    /// </summary>
    [TestClass]
    public class SegmentVectorTests
    {
        private const int SlotBytes = 8192;

        [TestMethod]
        public void TheWriterMakesTheVector()
        {
            byte[] slot = Write();
            Assert.AreEqual(
                "D2FA51C8DE28B07ED7E5E39A5C97A9A25A339E985FCB9AACD5ED3BF6B976D5AA",
                Hex.Of(new Digests(new DeviceNatives()).Hash(slot))
            );
        }

        /// <summary>Segment 0 and last of a recording: two fragments, a checkpoint between them, stale content cleared.</summary>
        public static byte[] Write()
        {
            var fixture = new SegmentFixture(SlotBytes);
            for (int i = 0; i < SlotBytes; i++)
            {
                fixture.Slot[i] = 0;
            }

            var frames = new ListFrames();
            frames.Add(300, 50000);
            frames.Add(600, 50250);
            frames.Add(500, 50500);
            RecordingFacts facts = fixture.Facts(0);
            facts.Audit = new AuditHead();
            AuditVectorTests.Write(facts.Audit);
            facts.Captured = 3;
            facts.LongestGapMs = 250;
            facts.Statistics.MeanFrameBytes = 466;
            var ledger = new SegmentLedger(new FixedPresses(1));
            ledger.AddMarker(400, Button.Event);
            fixture.Open(facts, ledger, 0, 50000);
            fixture.Write(frames, 0, 2, 50500);
            fixture.Writer.BeginCheckpoint(50500);
            fixture.Run();
            fixture.Write(frames, 2, 3, 50750);
            fixture.Writer.BeginClose(CloseReason.Stopped, 1);
            fixture.Run();
            return fixture.Slot;
        }
    }
}
