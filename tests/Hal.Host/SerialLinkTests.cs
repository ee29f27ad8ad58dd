// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using System.Text;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>
    /// The service port's driver over the simulated UART: byte times, the 128 bytes of the transmitter, sends behind the loop, rates.
    /// </summary>
    [TestClass]
    public class SerialLinkTests
    {
        private const long ByteUs = 87;

        private static byte[] Numbered(int count) => Enumerable.Range(0, count).Select(n => (byte)(n * 7 + (n >> 8))).ToArray();

        private static (Rig Rig, VirtualCable Line, ILink Link) Plugged()
        {
            var rig = new Rig();
            var line = new VirtualCable();
            rig.Parts.Machine.Uart.Attach(line);
            return (rig, line, rig.Board.Link);
        }

        [TestMethod]
        public void BytesComeInAtTheLinesPace()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            byte[] sent = Numbered(100);
            line.Send(sent);
            Assert.AreEqual(0, link.Available);
            rig.Parts.Clock.Advance(50 * ByteUs);
            Assert.IsInRange(49, 50, link.Available);
            rig.Parts.Clock.Advance(60 * ByteUs);
            var got = new byte[200];
            Assert.AreEqual(100, link.Read(got, 3, 150));
            CollectionAssert.AreEqual(sent, got[3..103]);
            Assert.AreEqual(0, link.Read(got, 0, 10), "and it does not wait");
        }

        [TestMethod]
        public void WhatFitsTheTransmitterDoesNotWait()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            long before = rig.Parts.Clock.NowUs;
            Assert.AreEqual(128, link.Room);
            link.Write(Numbered(100), 0, 100);
            Assert.AreEqual(before, rig.Parts.Clock.NowUs);
            Assert.IsInRange(26, 28, link.Room);
            rig.Parts.Clock.Advance(50 * ByteUs);
            Assert.IsInRange(76, 78, link.Room);
            Assert.IsInRange(49, 50, line.Available);
            rig.Parts.Clock.Advance(60 * ByteUs);
            CollectionAssert.AreEqual(Numbered(100), line.Receive());
            Assert.AreEqual(128, link.Room);
        }

        [TestMethod]
        public void ALongWriteWaitsForTheLineAndTheNextTick()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            long before = rig.Parts.Clock.NowUs;
            link.Write(Numbered(1000), 0, 1000);
            long took = rig.Parts.Clock.NowUs - before;
            Assert.IsInRange(872 * ByteUs - 1000, 872 * ByteUs + VirtualClock.TickUs, took);
            rig.Parts.Clock.Advance(130 * ByteUs);
            CollectionAssert.AreEqual(Numbered(1000), line.Receive());
        }

        [TestMethod]
        public void SendsFollowEachOtherWithoutAGapWhileTheLoopWorks()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            Assert.IsTrue(link.SetBaud(921600));
            line.Baud = 921600;
            byte[][] frames = [Numbered(8216), Numbered(8216).Reverse().ToArray()];
            rig.Board.Card.Mount();
            rig.Board.Card.Preallocate("A.BIN", 1 << 20);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            long begin = rig.Parts.Clock.NowUs;
            for (int n = 0; n < 20; n++)
            {
                while (link.IsSending)
                {
                    rig.Board.Clock.Sleep(0);
                }

                link.Send(frames[n % 2], 0, 8216);
                file.Read(n * 8192, new byte[8192], 0, 8192);
            }

            while (link.IsSending)
            {
                rig.Board.Clock.Sleep(0);
            }

            long took = rig.Parts.Clock.NowUs - begin;
            long lineUs = 20L * 8216 * 10 * 1_000_000 / 921600;
            Assert.IsInRange(lineUs * 98 / 100, lineUs * 102 / 100, took);
            rig.Parts.Clock.Advance(2000);
            byte[] got = line.Receive();
            CollectionAssert.AreEqual(Enumerable.Range(0, 20).SelectMany(n => frames[n % 2]).ToArray(), got);
        }

        [TestMethod]
        public void AShortWriteWaitsForASend()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            link.Send(Numbered(2000), 0, 2000);
            Assert.IsTrue(link.IsSending);
            Assert.AreEqual(0, link.Room);
            link.Write(Encoding.ASCII.GetBytes("after"), 0, 5);
            Assert.IsFalse(link.IsSending);
            rig.Parts.Clock.Advance(200 * ByteUs);
            byte[] got = line.Receive();
            Assert.AreEqual("after", Encoding.ASCII.GetString(got[^5..]));
            CollectionAssert.AreEqual(Numbered(2000), got[..^5]);
        }

        [TestMethod]
        public void ABufferChangedWhileItIsSentIsNoticed()
        {
            (Rig rig, VirtualCable _, ILink link) = Plugged();
            using Rig __ = rig;
            byte[] buffer = Numbered(2000);
            link.Send(buffer, 0, 2000);
            rig.Board.Clock.Sleep(10);
            buffer[1500] ^= 1;
            Assert.ThrowsExactly<InvalidOperationException>(() => rig.Board.Clock.Sleep(1000));
        }

        [TestMethod]
        public void WhatOverflowsIsLostAndTheRestStays()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            line.Send(Numbered(9000));
            rig.Parts.Clock.Advance(9100 * ByteUs);
            Assert.AreEqual(8192, link.Available);
            var got = new byte[8192];
            link.Read(got, 0, got.Length);
            CollectionAssert.AreEqual(Numbered(9000)[..8192], got);
            Assert.AreEqual(808, rig.Parts.Machine.Uart.Dropped);
        }

        [TestMethod]
        public void OtherRatesAreNoise()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            line.Baud = 921600;
            line.Send(Numbered(100));
            link.Write(Numbered(100), 0, 100);
            rig.Parts.Clock.Advance(200 * ByteUs);
            var got = new byte[100];
            Assert.AreEqual(100, link.Read(got, 0, 100));
            CollectionAssert.AreNotEqual(Numbered(100), got);
            CollectionAssert.AreNotEqual(Numbered(100), line.Receive());
            Assert.IsTrue(link.SetBaud(921600));
            line.Send(Numbered(100));
            link.Write(Numbered(100), 0, 100);
            rig.Parts.Clock.Advance(200 * ByteUs);
            link.Read(got, 0, 100);
            CollectionAssert.AreEqual(Numbered(100), got);
            CollectionAssert.AreEqual(Numbered(100), line.Receive());
        }

        [TestMethod]
        public void ARateChangesOnlyWhenEverythingIsSent()
        {
            (Rig rig, VirtualCable line, ILink link) = Plugged();
            using Rig _ = rig;
            link.Write(Numbered(128), 0, 128);
            Assert.IsTrue(link.SetBaud(3000000));
            Assert.AreEqual(3000000, link.Baud);
            CollectionAssert.AreEqual(Numbered(128), line.Receive());
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(-1)]
        [DataRow(9600)]
        [DataRow(115201)]
        [DataRow(6000000)]
        public void OtherRatesAreRefused(int baud)
        {
            (Rig rig, VirtualCable _, ILink link) = Plugged();
            using Rig __ = rig;
            Assert.IsFalse(link.SetBaud(baud));
            Assert.AreEqual(115200, link.Baud);
        }
    }
}
