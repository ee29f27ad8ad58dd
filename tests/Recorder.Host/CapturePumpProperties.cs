// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Recorder.Tests;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>A loop that stalls at random, pictures of random length, faults, changes of settings, memory that runs short.</summary>
    [TestClass]
    public sealed class CapturePumpProperties
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void EverySlotIsAccountedForAndEveryFrameWhole()
        {
            int seeds = TestSize.Of(sample: 9, sweep: 60);
            for (int seed = 0; seed < seeds; seed++)
            {
                var random = new Random(seed);
                var clock = new FakeClock();
                var camera = new FakeCamera(clock);
                var ring = new FrameRing(random.Next(3, 30), 512);
                var pump = new CapturePump(camera, ring, clock);
                int interval = random.Next(80, 300);
                pump.Configure(FrameSize.Vga, FrameQuality.High, interval);
                int checkedTo = 0;
                long lastMs = -1;
                int seen = 0;
                bool faults = seed % 3 == 0;
                while (clock.NowUs < 60000000)
                {
                    pump.Step(clock.NowUs);
                    if (ring.Next != seen)
                    {
                        seen = ring.Next;
                        camera.Length = random.Next(1000, 60000);
                        camera.Padding = random.Next(0, 300);
                    }

                    for (; checkedTo < ring.Next; checkedTo++)
                    {
                        Whole(ring, checkedTo);
                        Assert.IsTrue(ring.TimeMs(checkedTo) > lastMs);
                        lastMs = ring.TimeMs(checkedTo);
                        Assert.IsTrue(lastMs <= clock.NowUs / 1000);
                    }

                    int what = random.Next(1000);
                    // Not while the sensor begins, and not so late that the end finds slots untold.
                    if (what < 8 && clock.NowUs > 2000000 && clock.NowUs < 54000000)
                    {
                        clock.NowUs += random.Next(20000, what == 0 ? 5000000 : 700000);
                    }
                    else if (what < 12 && faults)
                    {
                        camera.Works = !camera.Works;
                    }
                    else if (what < 14 && faults)
                    {
                        pump.Configure(FrameSize.Vga, (FrameQuality)random.Next(3), random.Next(80, 300));
                    }
                    else if (what < 20)
                    {
                        ring.Pin(ring.First, ring.Next);
                    }
                    else if (what < 40 && ring.PinnedFrames > 0)
                    {
                        Release(ring);
                    }

                    clock.NowUs = Math.Max(clock.NowUs + 20, Math.Min(pump.NextDueUs, clock.NowUs + 20000));
                }

                if (!faults)
                {
                    // 1.5 s to begin; then every slot is a frame, a drop or a miss, but for the one or two under way and the lag.
                    long slots = (60000 - 1500) / interval;
                    long told = pump.Captured + pump.Missed + pump.DroppedNoMemory + pump.DroppedCorrupt;
                    Assert.IsTrue(
                        told <= slots + 2 && told >= slots - 3 - pump.LateMs / interval,
                        $"seed {seed}: {told} told, {slots} slots"
                    );
                    Assert.AreEqual(0, pump.Faults + pump.DroppedCorrupt);
                }
            }
        }

        private static void Release(FrameRing ring)
        {
            for (int serial = Math.Max(0, ring.Next - 512); serial < ring.Next; serial++)
            {
                try
                {
                    ring.Release(serial);
                }
                catch (ArgumentException)
                {
                    // Buffered, or released before.
                }
            }
        }

        private static void Whole(FrameRing ring, int serial)
        {
            int left = ring.Length(serial);
            int index = 0;
            int fill = -1;
            for (int piece = 0; piece < ring.Pieces(serial); piece++)
            {
                byte[] page = ring.PiecePage(serial, piece);
                int offset = ring.PieceOffset(serial, piece);
                for (int i = 0; i < ring.PieceLength(serial, piece); i++, index++)
                {
                    int value = page[offset + i];
                    int expected =
                        index == 0 || index == 2 || index == left - 2 ? 0xFF
                        : index == 1 ? 0xD8
                        : index == 3 ? 0xDB
                        : index == left - 1 ? 0xD9
                        : index >= left ? 0
                        : fill;
                    if (expected < 0)
                    {
                        fill = value;
                    }
                    else
                    {
                        Assert.AreEqual(expected, value, $"frame {serial}, byte {index} of {left}");
                    }
                }
            }

            Assert.IsTrue(index >= left);
        }
    }
}
