// SPDX-License-Identifier: MIT

using System.Text;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>Lines in and out. The wire forms are those of a Zephyr 4.4 server and its clients.</summary>
    [TestClass]
    public class SmpLineTests
    {
        private const string First = "\u0006\t";
        private const string Next = "\u0004\u0014";
        private const string EchoMessage = "0a00000900004200a161646568656c6c6f";
        private const string EchoText = "ABMKAAAJAABCAKFhZGVoZWxsb0YZ";

        private static SmpReceiver _receiver;

        private static void Take(string line)
        {
            byte[] bytes = Encoding.UTF8.GetBytes("x" + line);
            _receiver.Line(bytes, 1, bytes.Length - 1);
        }

        private static string Taken()
        {
            SmpPacket packet = _receiver.Waiting;
            if (packet == null)
            {
                return "nothing";
            }

            string hex = Hex.Of(packet.Buffer, 0, packet.Length);
            _receiver.Done();
            return hex;
        }

        private static string Received(string line)
        {
            _receiver = new SmpReceiver();
            Take(line);
            return Taken();
        }

        [TestMethod]
        public void AnEchoRequestComesIn()
        {
            Assert.AreEqual(EchoMessage, Received(First + EchoText));
        }

        [TestMethod]
        public void AParametersRequestWithoutDataComesIn()
        {
            Assert.AreEqual("0800000000004206", Received(First + "AAoIAAAAAABCBhWy"));
        }

        [TestMethod]
        public void APacketOfTwoLinesComesIn()
        {
            _receiver = new SmpReceiver();
            Take(
                First
                    + "AIQKAAB6AAhCAKRjb2ZmAGRkYXRhWFowMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw"
                    + "MTIzNDU2Nzg5"
            );
            Assert.AreEqual("nothing", Taken());
            Take(Next + "MDEyMzQ1Njc4OTAxMjM0NTY3ODljbGVuGMhkbmFtZWcvbGZzMS9ncpc=");
            string hex = Taken();
            Assert.AreEqual(260, hex.Length);
            Assert.AreEqual("0a00007a00084200a4636f66660064646174615" + "85a", hex.Substring(0, 42));
            Assert.AreEqual("646e616d65672f6c6673312f67", hex.Substring(260 - 26));
        }

        [TestMethod]
        public void LinesMayBeShort()
        {
            _receiver = new SmpReceiver();
            Take(First + EchoText.Substring(0, 4));
            for (int at = 4; at < EchoText.Length; at += 4)
            {
                Take(Next + EchoText.Substring(at, 4));
            }

            Assert.AreEqual(EchoMessage, Taken());
        }

        [TestMethod]
        public void AFirstLineDropsWhatWasUnfinished()
        {
            _receiver = new SmpReceiver();
            Take(First + EchoText.Substring(0, 8));
            Take(First + EchoText);
            Assert.AreEqual(EchoMessage, Taken());
            Take(Next + EchoText.Substring(8));
            Assert.AreEqual("nothing", Taken());
        }

        [TestMethod]
        public void TheLastMarkInALineCounts()
        {
            Assert.AreEqual(EchoMessage, Received(First + "AAsIAA" + First + EchoText));
            Assert.AreEqual(EchoMessage, Received(Next + "AAs" + Next + First + First + EchoText));
            _receiver = new SmpReceiver();
            Take(First + EchoText.Substring(0, 8));
            Take(Next + "QUJ" + Next + EchoText.Substring(8));
            Assert.AreEqual(EchoMessage, Taken());
            Assert.AreEqual(0, _receiver.Dropped);
        }

        [TestMethod]
        public void WhatIsDamagedIsDropped()
        {
            string[] bad =
            {
                First,
                First + "A",
                First + EchoText.Substring(1), // no multiple of 4
                First + "ABMKAAAJAABCAKFhZGVoZWxsb0Ya", // wrong CRC
                First + "ABIKAAAJAABCAKFhZGVoZWxsb0YZ", // longer than it says
                First + "ABQKAAAJAABCAKFhZGVoZWxsb0YZ", // shorter than it says
                First + "ABMKAAAJAABCAKFhZGVoZWxsb0Y*",
                First + "ABMKAAAJAABCAK hZGVoZWxsb0YZ",
                First + "=BMK",
                First + "AB=K",
                First + "A===",
                First + "====",
                First + "AAkIAAAAAABCBhWy", // too short for a header and a CRC
                First + "//8IAAAAAABCBhWy", // larger than any packet
                Next + EchoText,
                EchoText,
                "\u0006x" + EchoText,
                "\t\u0006" + EchoText,
            };
            for (int i = 0; i < bad.Length; i++)
            {
                Assert.AreEqual("nothing", Received(bad[i]), i + ": " + bad[i]);
            }
        }

        [TestMethod]
        public void AStrayLineDoesNotHurtTheNext()
        {
            _receiver = new SmpReceiver();
            Take(Next + "AAAA");
            Take(First + EchoText);
            Assert.AreEqual(EchoMessage, Taken());
            Assert.AreEqual(1, _receiver.Dropped);
            Assert.AreEqual(1, _receiver.Received);
        }

        [TestMethod]
        public void TwoPacketsWaitAndAThirdIsDropped()
        {
            _receiver = new SmpReceiver();
            Take(First + EchoText);
            Take(First + "AAoIAAAAAABCBhWy");
            Take(First + EchoText);
            Assert.AreEqual(EchoMessage, Taken());
            Assert.AreEqual("0800000000004206", Taken());
            Assert.AreEqual("nothing", Taken());
            Take(First + EchoText);
            Assert.AreEqual(EchoMessage, Taken());
        }

        [TestMethod]
        public void TheLargestPacketComesInAndOneMoreByteDoesNot()
        {
            Assert.AreEqual(SmpPacket.MaxBytes * 2, Sent(SmpPacket.MaxBytes).Length);
            Assert.AreEqual("nothing", Sent(SmpPacket.MaxBytes + 1));
        }

        // A message of so many bytes, in lines as a client sends them.
        private static string Sent(int bytes)
        {
            var packet = new byte[bytes + 4];
            packet[0] = (byte)((bytes + 2) >> 8);
            packet[1] = (byte)(bytes + 2);
            for (int i = 2; i < bytes + 2; i++)
            {
                packet[i] = (byte)(i * 7);
            }

            int crc = SmpCrc.Update(0, packet, 2, bytes + 2);
            packet[bytes + 2] = (byte)(crc >> 8);
            packet[bytes + 3] = (byte)crc;
            _receiver = new SmpReceiver();
            for (int at = 0; at < packet.Length; at += SmpLine.MaxRaw)
            {
                int count = packet.Length - at < SmpLine.MaxRaw ? packet.Length - at : SmpLine.MaxRaw;
                Take((at == 0 ? First : Next) + System.Convert.ToBase64String(packet, at, count));
            }

            return Taken();
        }

        [TestMethod]
        public void AnAnswerGoesOutInLinesOf127()
        {
            _receiver = new SmpReceiver();
            var request = new SmpRequest();
            Take(First + EchoText);
            Assert.IsTrue(request.ReadHeader(_receiver.Waiting));
            _receiver.Done();
            for (int length = 0; length < 400; length++)
            {
                var reply = new SmpReply();
                reply.Begin(request);
                reply.Key("r");
                reply.Bytes(new byte[length], 0, length);
                reply.Finish();
                var sender = new SmpSender();
                sender.Begin(reply);
                int lines = 0;
                while (sender.IsBusy)
                {
                    int bytes = sender.Next();
                    Assert.IsTrue(bytes <= 127, "line of " + bytes);
                    Assert.IsTrue(bytes == 127 || !sender.IsBusy, "short line in the middle");
                    Assert.AreEqual((int)(lines == 0 ? SmpLine.First0 : SmpLine.Next0), (int)sender.Line[0]);
                    Assert.AreEqual((int)'\n', (int)sender.Line[bytes - 1]);
                    _receiver.Line(sender.Line, 0, bytes - 1);
                    lines++;
                }

                Assert.AreEqual((reply.PacketBytes + 92) / 93, lines);
                Assert.AreEqual(Hex.Of(reply.Packet, 2, reply.PacketBytes - 4), Taken(), "length " + length);
            }
        }
    }
}
