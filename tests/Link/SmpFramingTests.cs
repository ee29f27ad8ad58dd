// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>SMP messages and their console framing, against bytes of a Zephyr 4.4.0 server.</summary>
    [TestClass]
    public sealed class SmpFramingTests
    {
        [TestMethod]
        public void The_checksum_is_CRC_16_XMODEM()
        {
            Assert.AreEqual(0x31C3, Crc16.Of("123456789"u8));
        }

        [TestMethod]
        [DataRow("0a00000900004200a161646568656c6c6f", "ABMKAAAJAABCAKFhZGVoZWxsb0YZ")]
        [DataRow("0b00000a00004200bf61726568656c6c6fff", "ABQLAAAKAABCAL9hcmVoZWxsb/8s+w==")]
        [DataRow("0800000100004206a0", "AAsIAAABAABCBqAA3g==")]
        [DataRow(
            "0900001900004206bf686275665f73697a65190400696275665f636f756e7404ff",
            "ACMJAAAZAABCBr9oYnVmX3NpemUZBABpYnVmX2NvdW50BP9v4g=="
        )]
        public void Lines_are_those_of_Zephyr(string message, string line)
        {
            byte[] bytes = Convert.FromHexString(message);
            Assert.AreEqual("\u0006\u0009" + line + "\n", Encoding.ASCII.GetString(SmpLines.Encode(bytes)));
            SmpMessage decoded = new SmpAssembler().Line(Encoding.ASCII.GetBytes("\u0006\u0009" + line))!;
            CollectionAssert.AreEqual(bytes, decoded.Encode());
        }

        [TestMethod]
        [DataRow("0b00000600004200bf62726303ff", LinkException.SmpItself, 3)]
        [DataRow("0900001300084201bf63657272bf6567726f75700862726303ffff", 8, 3)]
        [DataRow("0100000600084201bf62726305ff", LinkException.SmpItself, 5)]
        public void Errors_of_both_versions_are_told(string message, int group, int code)
        {
            LinkException error = Assert.ThrowsExactly<LinkException>(() =>
                SmpClient.Content(SmpMessage.Decode(Convert.FromHexString(message))!)
            );
            Assert.IsTrue(error.Is(group, code), error.Message);
        }

        [TestMethod]
        public void Any_length_survives_and_no_line_is_longer_than_127_bytes()
        {
            var random = new Random(5);
            for (int length = 0; length < 700; length++)
            {
                var data = new byte[length];
                random.NextBytes(data);
                byte[] message = new SmpMessage(SmpOp.WriteResponse, 1, 64, 3, (byte)length, data).Encode();
                string[] lines = Encoding.ASCII.GetString(SmpLines.Encode(message)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.IsTrue(lines.All(l => l.Length + 1 <= 127));
                var assembler = new SmpAssembler();
                SmpMessage? got = null;
                foreach (string line in lines)
                {
                    Assert.IsNull(got);
                    got = assembler.Line(Encoding.ASCII.GetBytes(line));
                }
                CollectionAssert.AreEqual(message, got!.Encode());
            }
        }

        [TestMethod]
        public void A_damaged_line_gives_no_message_and_the_next_message_comes_whole()
        {
            byte[] message = new SmpMessage(
                SmpOp.ReadResponse,
                1,
                64,
                3,
                9,
                Enumerable.Range(0, 300).Select(i => (byte)i).ToArray()
            ).Encode();
            byte[][] lines = Split(SmpLines.Encode(message));
            var random = new Random(1);
            for (int i = 0; i < 20_000; i++)
            {
                var assembler = new SmpAssembler();
                int hurt = random.Next(lines.Length),
                    at = random.Next(lines[hurt].Length),
                    bit = random.Next(8);
                foreach (byte[] line in lines)
                {
                    byte[] sent = [.. line];
                    if (line == lines[hurt])
                    {
                        sent[at] ^= (byte)(1 << bit);
                    }

                    Assert.IsNull(assembler.Line(sent), $"line {hurt}, byte {at}, bit {bit}");
                }
                SmpMessage? got = null;
                foreach (byte[] line in lines)
                {
                    got = assembler.Line(line);
                }

                CollectionAssert.AreEqual(message, got!.Encode());
            }
        }

        private static byte[][] Split(byte[] lines) =>
            [.. Encoding.ASCII.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Encoding.ASCII.GetBytes(l))];
    }
}
