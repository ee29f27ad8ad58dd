// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>Three lanes on one line, whole and damaged.</summary>
    [TestClass]
    public sealed class LanesTests
    {
        [TestMethod]
        public void A_frame_is_as_the_specification_says()
        {
            // The vector of PROTOCOL.md section 6.
            byte[] frame = BulkFrame.Encode(1, 7, 0x1234, [1, 2, 3]);
            Assert.AreEqual("f5425701010700030000000000001234d55b073a0102031d80bc55", Convert.ToHexStringLower(frame));
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void Lanes_come_apart_in_pieces_of_any_size()
        {
            int lines = TestSize.Of(sample: 60, sweep: 300);
            for (int seed = 0; seed < lines; seed++)
            {
                var random = new Random(seed);
                var said = new Heard();
                var line = new MemoryStream();
                for (int i = 0; i < 30; i++)
                {
                    Say(random, line, said);
                }

                var heard = new Heard();
                var lanes = new Lanes(heard);
                byte[] bytes = line.ToArray();
                for (int at = 0; at < bytes.Length;)
                {
                    int n = Math.Min(bytes.Length - at, random.Next(1, seed % 2 == 0 ? 9 : 9000));
                    lanes.Add(bytes.AsSpan(at, n));
                    at += n;
                }
                lanes.Silence();
                Assert.AreEqual(said.Words.ToString(), heard.Words.ToString(), $"seed {seed}");
                CollectionAssert.AreEqual(said.Things, heard.Things, $"seed {seed}");
                Assert.AreEqual(0, heard.Damaged);
            }
        }

        [TestMethod]
        public void Damage_costs_what_it_hits_and_nothing_false_comes_of_it()
        {
            int sent = 0,
                got = 0,
                hits = 0;
            for (int seed = 0; seed < 400; seed++)
            {
                var random = new Random(seed);
                var said = new Heard();
                var line = new MemoryStream();
                for (int i = 0; i < 30; i++)
                {
                    Say(random, line, said);
                }

                List<byte> bytes = [.. line.ToArray()];
                for (int i = 0; i < 4; i++)
                {
                    int at = random.Next(bytes.Count);
                    hits++;
                    if (i == 0)
                    {
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    }
                    else if (i == 1)
                    {
                        bytes.Insert(at, (byte)random.Next(256));
                    }
                    else
                    {
                        bytes[at] ^= (byte)(1 << random.Next(8));
                    }
                }
                var heard = new Heard();
                var lanes = new Lanes(heard);
                lanes.Add(bytes.ToArray());
                lanes.Silence();
                // In order, and none that was not said.
                int next = 0;
                foreach (string thing in heard.Things)
                {
                    int found = said.Things.IndexOf(thing, next);
                    Assert.IsGreaterThanOrEqualTo(0, found, $"seed {seed}: {thing[..Math.Min(60, thing.Length)]} was never sent");
                    next = found + 1;
                }
                sent += said.Things.Count;
                got += heard.Things.Count;
            }
            // A hit costs the thing it hits; a run of lost bytes may cost two.
            Assert.IsGreaterThanOrEqualTo(sent - 2 * hits, got, $"{got} of {sent} after {hits} hits");
        }

        [TestMethod]
        public void Noise_makes_nothing_and_keeps_nothing()
        {
            var random = new Random(11);
            var heard = new Heard();
            var lanes = new Lanes(heard);
            var noise = new byte[4096];
            for (int i = 0; i < 2000; i++)
            {
                random.NextBytes(noise);
                lanes.Add(noise);
            }
            lanes.Silence();
            Assert.IsEmpty(heard.Things);
            lanes.Add(BulkFrame.Encode(1, 1, 512, "still here"u8));
            Assert.HasCount(1, heard.Things);
        }

        private static void Say(Random random, MemoryStream line, Heard said)
        {
            switch (random.Next(3))
            {
                case 0:
                    string text = random.Next(4) == 0 ? "lapel> " : $"I: tab\there, line {random.Next()}\r\n";
                    line.Write(Encoding.ASCII.GetBytes(text));
                    said.Words.Append(text);
                    break;
                case 1:
                    var data = new byte[random.Next(0, 300)];
                    random.NextBytes(data);
                    byte[] message = new SmpMessage(SmpOp.ReadResponse, 1, 64, random.Next(10), (byte)random.Next(256), data).Encode();
                    line.Write(SmpLines.Encode(message));
                    said.Things.Add("message " + Convert.ToHexStringLower(message));
                    break;
                default:
                    var payload = new byte[random.Next(1, 16385)];
                    random.NextBytes(payload);
                    long offset = random.NextInt64(1L << 40);
                    byte[] frame = BulkFrame.Encode(1, 7, offset, payload);
                    line.Write(frame);
                    said.Things.Add($"frame {offset} {Convert.ToHexStringLower(payload)}");
                    break;
            }
        }

        private sealed class Heard : ILaneReader
        {
            public StringBuilder Words { get; } = new();

            public List<string> Things { get; } = [];

            public int Damaged { get; private set; }

            public void Text(ReadOnlySpan<byte> text) => Words.Append(Encoding.Latin1.GetString(text));

            public void Message(SmpMessage message) => Things.Add("message " + Convert.ToHexStringLower(message.Encode()));

            public void Frame(in BulkFrame frame) => Things.Add($"frame {frame.Offset} {Convert.ToHexStringLower(frame.Payload.Span)}");

            public void DamagedFrame() => Damaged++;
        }
    }
}
