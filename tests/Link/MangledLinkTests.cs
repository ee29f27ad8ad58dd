// SPDX-License-Identifier: MIT

using System;
using System.Threading;
using Lapel.Intake;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>A link that eats or changes bytes is not noise: it is named, and soon, and never with a word about the rate.</summary>
    [TestClass]
    public sealed class MangledLinkTests
    {
        [TestMethod]
        [DataRow("xon", "it takes the bytes 11 and 13 for itself (XON/XOFF)")]
        [DataRow("cr-lf", "it changes or drops the byte 0D (CR)")]
        [DataRow("no-cr", "it changes or drops the byte 0D (CR)")]
        [DataRow("lf-cr", "it changes or drops the byte 0A (LF)")]
        [DataRow("lf-crlf", "it puts a byte 0D before each 0A (LF becomes CR LF)")]
        [DataRow("cr-crlf", "it puts a byte 0A after each 0D (CR becomes CR LF)")]
        [DataRow("seven", "it carries seven bits of each byte")]
        [DataRow("telnet", "it sends each byte FF twice (telnet)")]
        public void What_it_does_to_evidence_is_named(string kind, string what)
        {
            foreach (int baud in new[] { 115200, 3_000_000 })
            {
                using var bench = new CameraBench();
                bench.Record(3);
                var port = new ManglingPort(bench.Port, value => Mangled(kind, value));
                long before = bench.Camera.Line.BytesToHost;
                LinkException error = Assert.ThrowsExactly<LinkException>(() => Sync(bench, port, baud));
                Assert.AreEqual((LinkFailure.Mangled, "the link changes what passes: " + what), (error.Failure, error.Message));
                Assert.Contains("raw", error.Hint!);
                Assert.IsLessThan(700_000L, bench.Camera.Line.BytesToHost - before, "it is found soon");
            }
        }

        [TestMethod]
        [DataRow("tabs")]
        [DataRow("eof")]
        public void A_console_that_answers_where_the_protocol_does_not_is_named(string kind)
        {
            using var bench = new CameraBench();
            Func<byte, byte[]> how = value =>
                kind == "tabs" && value == 9 ? "        "u8.ToArray()
                : kind == "eof" && value is 4 or 6 ? []
                : [value];
            LinkException error = Assert.ThrowsExactly<LinkException>(() =>
                CameraConnection.Open(new ManglingPort(bench.Port, how, how)).Dispose()
            );
            Assert.AreEqual(LinkFailure.Mangled, error.Failure);
            Assert.AreEqual(
                "the link at cable changes what passes: the camera's console answers, and its protocol does not",
                error.Message
            );
        }

        [TestMethod]
        public void A_port_that_says_what_it_is_told_is_named()
        {
            ReferenceCamera camera = Footage.Camera([1], 4, 256);
            camera.IsMute = true;
            var port = new ManglingPort(new Wire(camera), null) { Echoes = true };
            LinkException error = Assert.ThrowsExactly<LinkException>(() => CameraConnection.Open(port).Dispose());
            Assert.AreEqual(LinkFailure.Mangled, error.Failure);
            Assert.AreEqual("the link at wire changes what passes: what is said comes back, and nothing else", error.Message);
        }

        [TestMethod]
        public void Noise_is_noise()
        {
            using var bench = new CameraBench();
            bench.Record(3);
            var random = new Random(1);
            using var enough = new CancellationTokenSource();
            int bytes = 0;
            var port = new ManglingPort(
                bench.Port,
                value =>
                {
                    if (++bytes == 300_000)
                    {
                        enough.Cancel();
                    }

                    return [random.Next(600) == 0 ? (byte)random.Next(256) : value];
                }
            );
            Assert.ThrowsExactly<OperationCanceledException>(() => Sync(bench, port, 115200, enough.Token));
        }

        private static byte[] Mangled(string kind, byte value) =>
            (kind, value) switch
            {
                ("xon", 0x11 or 0x13) => [],
                ("cr-lf", 0x0D) => [0x0A],
                ("no-cr", 0x0D) => [],
                ("lf-cr", 0x0A) => [0x0D],
                ("lf-crlf", 0x0A) => [0x0D, 0x0A],
                ("cr-crlf", 0x0D) => [0x0D, 0x0A],
                ("seven", _) => [(byte)(value & 0x7F)],
                ("telnet", 0xFF) => [0xFF, 0xFF],
                _ => [value],
            };

        private static SyncReport Sync(CameraBench bench, IPort port, int baud, CancellationToken cancel = default) =>
            new CameraSync(
                port,
                bench.Dock,
                bench.Options with
                {
                    MostBaud = baud,
                    Patience = TimeSpan.FromSeconds(20),
                },
                bench.Watch
            )
            {
                Now = () => TimeSpan.FromMicroseconds(bench.Camera.NowUs),
                Wait = time => bench.Port.Advance(time),
            }.Run(cancel);
    }
}
