// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class FrameRingTests
    {
        private static int Put(FrameRing ring, int bytes, long timeMs)
        {
            Assert.IsTrue(ring.Begin(bytes), "no room for " + bytes);
            int left = bytes;
            while (left > 0)
            {
                int count = ring.Frame.Room < left ? ring.Frame.Room : left;
                for (int i = 0; i < count; i += 97)
                {
                    ring.Frame.Page[ring.Frame.Offset + i] = (byte)timeMs;
                }

                ring.Frame.Advance(count);
                left -= count;
            }

            return ring.Commit(bytes, timeMs);
        }

        [TestMethod]
        public void PagesLeaveAQuarterOfTheHeap()
        {
            Assert.AreEqual(0, FramePages.For(0));
            Assert.AreEqual(0, FramePages.For(-1));
            Assert.AreEqual(17, FramePages.For(800000));
            // 7 MB: seven clusters of 23 pages.
            Assert.AreEqual(161, FramePages.For(7340032));
        }

        [TestMethod]
        public void NeighboursShareAPage()
        {
            FrameRing ring = new FrameRing(4, 16);
            Put(ring, 17000, 1);
            Put(ring, 17000, 2);
            Assert.AreEqual(2, ring.FreePages);
            Assert.AreEqual(1, ring.Pieces(0));
            Assert.AreEqual(2, ring.Pieces(1));
            // 17,000 bytes are 34 blocks of 512: the second frame begins at 17,408, and 15,360 bytes of it fit.
            Assert.AreEqual(17408, ring.PieceOffset(1, 0));
            Assert.AreEqual(15360, ring.PieceLength(1, 0));
            Assert.AreEqual(0, ring.PieceOffset(1, 1));
            Assert.AreEqual(2048, ring.PieceLength(1, 1));
            Assert.IsTrue(ring.PiecePage(0, 0) == ring.PiecePage(1, 0));
            Assert.IsFalse(ring.PiecePage(1, 0) == ring.PiecePage(1, 1));
        }

        [TestMethod]
        public void TheTailOfTheLastBlockIsZero()
        {
            FrameRing ring = new FrameRing(1, 4);
            ring.Begin(1024);
            byte[] page = ring.Frame.Page;
            for (int i = 0; i < 1024; i++)
            {
                page[i] = 7;
            }

            ring.Frame.Advance(1024);
            ring.Commit(600, 1);
            Assert.AreEqual(600, ring.Length(0));
            Assert.AreEqual(1024, ring.PieceLength(0, 0));
            Assert.AreEqual(7, (int)page[599]);
            for (int i = 600; i < 1024; i++)
            {
                Assert.AreEqual(0, (int)page[i]);
            }
        }

        [TestMethod]
        public void UnusedPagesComeBack()
        {
            FrameRing ring = new FrameRing(8, 4);
            Assert.IsTrue(ring.Begin(FrameRing.MaxFrameBytes));
            for (int i = 0; i < 8; i++)
            {
                ring.Frame.Advance(ring.Frame.Room);
            }

            Assert.AreEqual(0, ring.Frame.Room);
            ring.Commit(1000, 1);
            Assert.AreEqual(7, ring.FreePages);
            Assert.IsTrue(ring.Begin(7 * FramePages.PageBytes));
            ring.Frame.Advance(ring.Frame.Room);
            ring.Frame.Advance(ring.Frame.Room);
            ring.Abandon();
            Assert.AreEqual(7, ring.FreePages);
        }

        [TestMethod]
        public void ForgetsOldestForMemoryAndSaysSo()
        {
            FrameRing ring = new FrameRing(2, 64);
            for (int i = 0; i < 4; i++)
            {
                Put(ring, 16384, 100 + i);
            }

            Assert.AreEqual((int)ShortfallReason.Started, (int)ring.Shortfall(0));
            Put(ring, 16384, 200);
            // Two frames lie in the oldest page: both go.
            Assert.AreEqual(2, ring.First);
            Assert.AreEqual((int)ShortfallReason.Memory, (int)ring.Shortfall(0));
            Assert.AreEqual((int)ShortfallReason.None, (int)ring.Shortfall(102));
            Assert.AreEqual(98L, ring.BufferedMs);
        }

        [TestMethod]
        public void PinnedFramesAreNeverForgotten()
        {
            FrameRing ring = new FrameRing(2, 64);
            Put(ring, 16384, 1);
            Put(ring, 16384, 2);
            Put(ring, 16384, 3);
            ring.Pin(0, 3);
            Assert.AreEqual(3, ring.PinnedFrames);
            Assert.AreEqual(49152L, ring.PinnedBytes);
            Assert.IsFalse(ring.Begin(16385));
            Put(ring, 16384, 4);
            Assert.AreEqual(3, ring.First);
            Assert.IsFalse(ring.Begin(20000));
            Assert.AreEqual(1, ring.BufferedFrames);
            ring.Release(1);
            Assert.AreEqual(0, ring.FreePages);
            ring.Release(0);
            Assert.AreEqual(1, ring.FreePages);
            Assert.ThrowsException(typeof(ArgumentException), () => ring.Release(0));
        }

        [TestMethod]
        public void RecordingPinsAtOnceAndTheNextBufferStartsAfterIt()
        {
            FrameRing ring = new FrameRing(4, 64);
            Put(ring, 1000, 1000);
            Put(ring, 1000, 1100);
            ring.Pin(ring.First, ring.Next);
            ring.Recording = true;
            Put(ring, 1000, 1200);
            Assert.AreEqual(3, ring.PinnedFrames);
            Assert.AreEqual(3, ring.First);
            ring.Recording = false;
            Assert.AreEqual((int)ShortfallReason.PreviousRecording, (int)ring.Shortfall(0));
            Put(ring, 1000, 1300);
            Assert.AreEqual(3, ring.First);
            Assert.AreEqual((int)ShortfallReason.PreviousRecording, (int)ring.Shortfall(1200));
            Assert.AreEqual((int)ShortfallReason.None, (int)ring.Shortfall(1300));
        }

        [TestMethod]
        public void AgeIsNoShortfall()
        {
            FrameRing ring = new FrameRing(4, 64);
            for (int i = 0; i < 10; i++)
            {
                Put(ring, 1000, 1000 + i * 100);
            }

            ring.Forget(1250);
            Assert.AreEqual(3, ring.First);
            Assert.AreEqual(600L, ring.BufferedMs);
            Assert.AreEqual((int)ShortfallReason.None, (int)ring.Shortfall(1250));
            ring.NoteGap(ShortfallReason.SensorFault);
            Put(ring, 1000, 9000);
            Assert.AreEqual((int)ShortfallReason.None, (int)ring.Shortfall(1250));
            ring.Forget(5000);
            Assert.AreEqual((int)ShortfallReason.SensorFault, (int)ring.Shortfall(5000));
        }

        [TestMethod]
        public void BufferedFramesLeaveTheReserve()
        {
            FrameRing ring = new FrameRing(10, 64);
            ring.ReservePages = 4;
            for (int i = 0; i < 40; i++)
            {
                Put(ring, 30000, i + 1);
            }

            Assert.IsTrue(ring.FreePages >= 4, "free " + ring.FreePages);
            ring.Pin(ring.First, ring.Next);
            ring.Recording = true;
            for (int i = 0; i < 4; i++)
            {
                Put(ring, 30000, 100 + i);
            }

            Assert.IsTrue(ring.FreePages <= 1, "the reserve is for the present");
        }

        [TestMethod]
        public void MoreFramesThanDescriptors()
        {
            FrameRing ring = new FrameRing(4, 2);
            Put(ring, 100, 1);
            Put(ring, 100, 2);
            Put(ring, 100, 3);
            Assert.AreEqual(1, ring.First);
            ring.Pin(1, 2);
            // Serial 3 would need the descriptor of serial 1, which is pinned.
            Assert.IsFalse(ring.Begin(100));
            ring.Release(1);
            Assert.AreEqual(3, Put(ring, 100, 4));
        }

        [TestMethod]
        public void PassersGoAndSerialsStayContiguous()
        {
            FrameRing ring = new FrameRing(8, 64);
            ring.KeepEach = 3;
            for (int i = 0; i < 12; i++)
            {
                Put(ring, 16384, 100 + i);
            }

            // Eight passers in four pages, four keepers in two.
            Assert.AreEqual(2, ring.FreePages);
            Assert.IsTrue(ring.Thin(106));
            Assert.AreEqual(4, ring.FreePages);
            Assert.AreEqual(4, ring.First);
            Assert.AreEqual(12, ring.Next);
            Assert.AreEqual(8, ring.BufferedFrames);
            Assert.AreEqual(102L, ring.TimeMs(4));
            Assert.AreEqual(105L, ring.TimeMs(5));
            Assert.AreEqual(106L, ring.TimeMs(6));
            Assert.AreEqual(5, ring.FirstUnthinned);
            Assert.AreEqual(102, (int)ring.PiecePage(4, 0)[ring.PieceOffset(4, 0)]);
            Assert.AreEqual(105, (int)ring.PiecePage(5, 0)[ring.PieceOffset(5, 0)]);
            Assert.IsFalse(ring.Thin(106), "nothing older is left to look at");

            // Why nothing older is there is known of the first one that is left.
            Assert.AreEqual((int)ShortfallReason.Started, (int)ring.Shortfall(0));
            ring.Forget(106);
            Assert.AreEqual(ring.First, ring.FirstUnthinned);
        }

        [TestMethod]
        public void MemoryIsHadByThinningFirst()
        {
            FrameRing ring = new FrameRing(8, 64);
            ring.KeepEach = 2;
            for (int i = 0; i < 16; i++)
            {
                Put(ring, 16384, i * 1000);
            }

            // All eight pages are full; the newest 5 s stay whole.
            Put(ring, 16384, 16000);
            Assert.AreEqual(1000L, ring.TimeMs(ring.First));
            Assert.AreEqual((int)ShortfallReason.Started, (int)ring.Shortfall(0));
            Assert.AreEqual(9000L, ring.TimeMs(ring.FirstUnthinned));
            for (int i = 17; i < 60; i++)
            {
                Put(ring, 16384, i * 1000);
                Assert.IsTrue(ring.Next - ring.FirstUnthinned >= 5);
                Assert.AreEqual(ring.Next - ring.First, ring.BufferedFrames);
            }

            Assert.AreEqual((int)ShortfallReason.Memory, (int)ring.Shortfall(0));
        }

        [TestMethod]
        public void NothingIsTakenOutBetweenTheFramesOfARecording()
        {
            FrameRing ring = new FrameRing(8, 64);
            ring.KeepEach = 2;
            Put(ring, 16384, 1);
            Put(ring, 16384, 2);
            ring.Recording = true;
            Put(ring, 16384, 3);
            ring.Recording = false;
            Put(ring, 16384, 4);
            Assert.IsFalse(ring.Thin(100));
            Assert.AreEqual(0, ring.First);
        }

        [TestMethod]
        public void WrongUseIsRefused()
        {
            FrameRing ring = new FrameRing(2, 4);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => ring.Begin(0));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => ring.Begin(FrameRing.MaxFrameBytes + 1));
            Assert.ThrowsException(typeof(InvalidOperationException), () => ring.Abandon());
            Assert.IsFalse(ring.Begin(3 * FramePages.PageBytes), "more than there is");
            ring.Begin(100);
            Assert.ThrowsException(typeof(InvalidOperationException), () => ring.Begin(100));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => ring.Frame.Advance(513));
            ring.Frame.Advance(100);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => ring.Commit(101, 5));
            ring.Commit(100, 5);
            ring.Begin(100);
            ring.Frame.Advance(100);
            Assert.ThrowsException(typeof(ArgumentException), () => ring.Commit(100, 5));
            ring.Commit(100, 6);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => ring.Pin(0, 3));
            Assert.ThrowsException(typeof(ArgumentException), () => ring.Release(0));
        }
    }
}
