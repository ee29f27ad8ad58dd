// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>The cable's faults: each is there when asked for, at its rate, and the same again from the same seed.</summary>
    [TestClass]
    public class VirtualCableTests
    {
        private const int Many = 2_000_000;

        private static byte[] Passed(LineFaults faults)
        {
            using var rig = new Rig();
            var line = new VirtualCable { IsPaced = false };
            rig.Parts.Machine.Uart.Attach(line);
            line.SetFaults(faults);
            var zeros = new byte[8192];
            var got = new List<byte>();
            for (int sent = 0; sent < Many; sent += zeros.Length)
            {
                line.Send(zeros);
                var buffer = new byte[8192];
                int count = rig.Board.Link.Read(buffer, 0, buffer.Length);
                got.AddRange(buffer.AsSpan(0, count));
            }

            return got.ToArray();
        }

        [TestMethod]
        public void BitsFlipAtTheirRate()
        {
            byte[] got = Passed(new LineFaults { Flip = 1, Seed = 3 });
            int flipped = got.Count(b => b != 0);
            Assert.IsInRange(75, 125, flipped);
            Assert.IsTrue(got.Where(b => b != 0).All(b => (b & (b - 1)) == 0), "one bit each");
            CollectionAssert.AreEqual(got, Passed(new LineFaults { Flip = 1, Seed = 3 }));
            CollectionAssert.AreNotEqual(got, Passed(new LineFaults { Flip = 1, Seed = 4 }));
        }

        [TestMethod]
        public void BytesAreDroppedAtTheirRate()
        {
            byte[] got = Passed(new LineFaults { Drop = 2, Seed = 3 });
            Assert.IsInRange(160, 245, (Many + 8191) / 8192 * 8192 - got.Length);
            Assert.IsTrue(got.All(b => b == 0));
        }

        [TestMethod]
        public void BytesAreInsertedAtTheirRate()
        {
            // The driver's buffer of 8,192 bytes drops what is too much, so the ones that nobody sent are counted by their value.
            byte[] got = Passed(new LineFaults { Insert = 2, Seed = 3 });
            Assert.IsInRange(150, 245, got.Count(b => b != 0));
        }

        [TestMethod]
        public void StallsAndUnplugsComeFromTheSeed()
        {
            (long Took, int Got) Run(LineFaults faults)
            {
                using var rig = new Rig();
                var line = new VirtualCable();
                rig.Parts.Machine.Uart.Attach(line);
                line.SetFaults(faults);
                int got = 0;
                long begin = rig.Parts.Clock.NowUs;
                for (int n = 0; n < 1000; n++)
                {
                    rig.Board.Link.Write(new byte[100], 0, 100);
                    rig.Parts.Clock.Advance(100 * 87);
                    got += line.Receive().Length;
                }

                while (line.Available > 0 || got == 0)
                {
                    got += line.Receive().Length;
                }

                return (rig.Parts.Clock.NowUs - begin, got);
            }

            (long _, int all) = Run(new LineFaults());
            Assert.IsGreaterThan(99_800, all);
            (long _, int stalled) = Run(new LineFaults { Stall = 2, Seed = 5 });
            Assert.IsGreaterThan(96_000, stalled, "late at most");
            (long _, int pulled) = Run(new LineFaults { Unplug = 0.5, Seed = 5 });
            Assert.IsInRange(40_000, 95_000, pulled);
            Assert.AreEqual(pulled, Run(new LineFaults { Unplug = 0.5, Seed = 5 }).Got);
        }

        [TestMethod]
        public void APulledCableLosesWhatIsOnTheWayBothWays()
        {
            using var rig = new Rig();
            var line = new VirtualCable();
            rig.Parts.Machine.Uart.Attach(line);
            line.Send(new byte[100]);
            rig.Board.Link.Write(new byte[100], 0, 100);
            rig.Parts.Clock.Advance(40 * 87);
            line.Unplug();
            line.Send(new byte[100]);
            rig.Board.Link.Write(new byte[20], 0, 20);
            rig.Parts.Clock.Advance(100_000);
            Assert.IsInRange(39, 40, rig.Board.Link.Available);
            Assert.IsInRange(39, 40, line.Receive().Length);
            line.Plug();
            line.Send(new byte[7]);
            rig.Board.Link.Write(new byte[9], 0, 9);
            rig.Parts.Clock.Advance(100_000);
            Assert.IsInRange(46, 47, rig.Board.Link.Available);
            Assert.AreEqual(9, line.Receive().Length);
        }

        [TestMethod]
        public void AStalledLineDeliversEverythingLater()
        {
            using var rig = new Rig();
            var line = new VirtualCable();
            rig.Parts.Machine.Uart.Attach(line);
            line.Send(new byte[100]);
            rig.Board.Link.Write(new byte[100], 0, 100);
            rig.Parts.Clock.Advance(40 * 87);
            line.Stall(500_000);
            line.Send(new byte[50]);
            rig.Parts.Clock.Advance(499_000);
            Assert.IsInRange(39, 40, rig.Board.Link.Available);
            Assert.AreEqual(0, line.Available);
            rig.Parts.Clock.Advance(130 * 87);
            Assert.AreEqual(150, rig.Board.Link.Available);
            Assert.AreEqual(100, line.Receive().Length);
        }
    }
}
