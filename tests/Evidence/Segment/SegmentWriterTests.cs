// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class SegmentWriterTests
    {
        [TestMethod]
        public void AClosedSegmentHasItsPartsWhereTheFormatPutsThem()
        {
            var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
            var frames = new ListFrames();
            for (int i = 0; i < 12; i++)
            {
                frames.Add(1000 + i * 100, 50000 + i * 100);
            }

            RecordingFacts facts = fixture.Facts(0);
            fixture.Open(facts, new SegmentLedger(new FixedPresses(2)), 0, 50000);
            Assert.AreEqual(3, fixture.Write(frames, 0, 12, 51200));
            fixture.Writer.BeginClose(CloseReason.Stopped, 1);
            fixture.Run();
            byte[] slot = fixture.Slot;
            Assert.AreEqual("66747970", Hex.Of(slot, 4, 4));
            Assert.AreEqual("75756964" + "8F3A6D1E5B7C4E219A406C6170656C01", Hex.Of(slot, 36, 20));
            Assert.AreEqual("6D6F6F76", Hex.Of(slot, 204, 4));
            int fragment = 1536;
            Assert.AreEqual("8F3A6D1E5B7C4E219A406C6170656C02", Hex.Of(slot, fragment + 8, 16));
            Assert.AreEqual("6D6F6F66", Hex.Of(slot, fragment + 84, 4));
            int sectors = BigEndian.Get32(slot, fragment + 64);
            Assert.AreEqual("FFD8", Hex.Of(slot, fragment + 512, 2));
            int trailer = fragment + sectors * 512 - 512;
            Assert.AreEqual("8F3A6D1E5B7C4E219A406C6170656C03", Hex.Of(slot, trailer + 8, 16));
            Assert.AreEqual("6D66726F", Hex.Of(slot, slot.Length - 12, 4));
            int mfra = slot.Length - BigEndian.Get32(slot, slot.Length - 4);
            Assert.AreEqual("6D667261", Hex.Of(slot, mfra + 4, 4));
            Assert.AreEqual(fragment + 80, BigEndian.Get32(slot, mfra + 8 + 24 + 4), "offset of the first moof");
            Assert.IsFalse(fixture.Writer.IsOpen);
        }

        [TestMethod]
        public void FramesAreReleasedOnceTheirFragmentCounts()
        {
            var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
            var frames = new ListFrames();
            for (int i = 0; i < 3; i++)
            {
                frames.Add(2000, 50000 + i * 100);
            }

            fixture.Open(fixture.Facts(0), null, 0, 50000);
            var gatherer = new FragmentGatherer();
            for (int i = 0; i < 3; i++)
            {
                gatherer.Accept(frames, i);
            }

            fixture.Writer.BeginFragment(frames, gatherer, 50300);
            while (fixture.Writer.IsBusy)
            {
                Assert.IsFalse(frames.IsReleased(0), "released before the trailer was written");
                fixture.Writer.Step();
            }

            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(frames.IsReleased(i));
            }

            Assert.AreEqual(3, fixture.Writer.Frames);
        }

        [TestMethod]
        public void ACardErrorIsReportedAndNothingIsReleased()
        {
            for (int writes = 0; writes < 5; writes++)
            {
                var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
                var frames = new ListFrames();
                for (int i = 0; i < 3; i++)
                {
                    frames.Add(2000, 50000 + i * 100);
                }

                fixture.Open(fixture.Facts(0), null, 0, 50000);
                var gatherer = new FragmentGatherer();
                for (int i = 0; i < 3; i++)
                {
                    gatherer.Accept(frames, i);
                }

                fixture.Writer.BeginFragment(frames, gatherer, 50300);
                fixture.Card.WritesLeft = writes;
                CardStatus status = CardStatus.Ok;
                while (status == CardStatus.Ok && fixture.Writer.IsBusy)
                {
                    status = fixture.Writer.Step();
                }

                Assert.AreEqual((int)CardStatus.WriteError, (int)status);
                Assert.IsFalse(frames.IsReleased(0));
                fixture.Writer.Abandon();
                Assert.IsFalse(fixture.Writer.IsOpen);
            }
        }

        [TestMethod]
        public void TheSlotIsFilledToItsBudgetAndNotBeyond()
        {
            var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
            var frames = new ListFrames();
            for (int i = 0; i < 400; i++)
            {
                frames.Add(3000, 50000 + i * 250);
            }

            RecordingFacts facts = fixture.Facts(0);
            fixture.Open(facts, null, 0, 50000);
            var gatherer = new FragmentGatherer();
            int next = 0;
            while (true)
            {
                while (gatherer.Accept(frames, next))
                {
                    next++;
                }

                if (!fixture.Writer.Fits(gatherer.Bytes))
                {
                    break;
                }

                if (fixture.Writer.CheckpointDue(frames.TimeMs(next)))
                {
                    fixture.Writer.BeginCheckpoint(frames.TimeMs(gatherer.First));
                    fixture.Run();
                }

                fixture.Writer.BeginFragment(frames, gatherer, frames.TimeMs(next));
                gatherer.Reset();
                fixture.Run();
            }

            fixture.Writer.BeginClose(CloseReason.SlotFull, 0);
            fixture.Run();
            int used = fixture.Writer.UsedSectors * 512;
            int index = SegmentFixture.SlotBytes - IndexBlock.SizeFor(fixture.Writer.Fragments);
            Assert.IsTrue(used <= index, "the close runs into the index");
            Assert.IsTrue(index - used < 3 * SegmentBudget.ManifestBlockBytes + 8192, "the slot was left half empty");
            Assert.AreEqual(SegmentBudget.MaxFragments > fixture.Writer.Fragments, true);
        }

        [TestMethod]
        public void AFullLedgerStillFitsItsBlock()
        {
            var fixture = new SegmentFixture(SegmentFixture.SlotBytes);
            var ledger = new SegmentLedger(new FixedPresses(64));
            for (int i = 0; i < 80; i++)
            {
                ledger.AddMarker(int.MaxValue - i, Button.Event);
            }

            var frames = new ListFrames();
            frames.Add(1000, 50000);
            RecordingFacts facts = fixture.Facts(0);
            facts.PreviousRecording = new byte[32];
            fixture.Open(facts, ledger, 0, 50000);
            fixture.Write(frames, 0, 1, 50100);
            fixture.Writer.BeginClose(CloseReason.Stopped, 1);
            fixture.Run();
            Assert.IsFalse(fixture.Writer.IsOpen);
        }
    }
}
