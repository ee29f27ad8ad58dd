// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    [TestClass]
    [DoNotParallelize]
    public sealed class SpeedTests
    {
        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void VerifiesAHundredMegabytesASecond()
        {
            // 18 kB frames, 5 a fragment: what VGA at 10 frames a second gives.
            var forge = new SegmentForge { SlotSectors = 131072 };
            forge.Init();
            int[] sizes = [.. Enumerable.Range(0, 5).Select(i => 18000 + 100 * i)];
            for (int i = 0; i < 640; i++)
            {
                forge.Fragment(sizes);
                if (i % 20 == 19)
                {
                    forge.Checkpoint();
                }
            }
            byte[] slot = forge.Close(1).Slot512();
            Judge.Segment(slot);
            double best = 0;
            for (int i = 0; i < 5; i++)
            {
                // Processor time, not wall time: a busy machine must not fail this.
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                SegmentResult r = Judge.Segment(slot);
                double rate = forge.Length / 1e6 / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                Assert.IsFalse(r.HasErrors);
                best = Math.Max(best, rate);
            }
            TestContext.WriteLine("best of 5: " + best.ToString("0") + " MB/s over " + forge.Length / 1000000 + " MB");
            Assert.IsTrue(best >= 100, best.ToString("0") + " MB/s");
        }
    }
}
