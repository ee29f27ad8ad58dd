// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Whatever comes in at the port, the camera records on, and nothing changes that needs a role.</summary>
    [TestClass]
    public class HostilePortTests
    {
        private static readonly string[] Words =
        [
            "help",
            "version",
            "status",
            "selftest",
            "log",
            "-n",
            "-f",
            "-j",
            "-r",
            "date",
            "2030-01-01T00:00:00Z",
            "config",
            "get",
            "set",
            "login",
            "logout",
            "dock",
            "technician",
            "reboot",
            "rec",
            "card",
            "bat",
            "mem",
            "ls",
            "link",
            "0",
            "64",
            "-1",
            "99999999999",
            "\u0006\t",
            "\u0004\u0014",
            "AAsIAAABAABCBqAA3g==",
            "\b\b\b",
            "\u0003",
            "\0",
            "\u00ff",
        ];

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void NoiseAndNonsenseDisturbNoRecording(int seed)
        {
            using var bench = new Bench(options => options with { Utc = new DateTime(2026, 7, 1, 8, 0, 0, DateTimeKind.Utc) });
            bench.Ready(2);
            bench.Start();
            string key = bench.Camera.PublicKey;
            var random = new Random(seed);
            long endUs = bench.Camera.NowUs + 40_000_000;
            while (bench.Camera.NowUs < endUs)
            {
                bench.Camera.Line.Send(Next(random));
                bench.Run(0.01 + random.NextDouble() * 0.2);
                bench.Camera.Line.Receive();
            }

            bench.Stop();
            Assert.AreEqual(key, bench.Camera.PublicKey);
            Assert.AreEqual(1, bench.Camera.Status.Recordings);
            Assert.AreEqual(0, bench.Camera.Status.Drops);
            Assert.IsTrue(bench.Camera.Status.Utc < new DateTime(2026, 7, 1, 9, 0, 0, DateTimeKind.Utc));
            Assert.AreEqual(Lapel.Verify.Verdict.Authentic, bench.Judge().Single().Verdict);
            StringAssert.Contains(bench.Type("\n\nversion\r", 1), "OK\r\nlapel> ");
        }

        [TestMethod]
        public void NoPictureIsLateForATalkativeHost()
        {
            long Longest(bool talks)
            {
                using var bench = new Bench();
                bench.Ready(2);
                bench.Start();
                for (int n = 0; n < 100; n++)
                {
                    if (talks)
                    {
                        bench.Camera.Line.Send(Encoding.ASCII.GetBytes("help\rstatus\rrec\rlog -n 64\r"));
                    }

                    bench.Run(0.2);
                }

                bench.Stop();
                return bench.Pictures.Zip(bench.Pictures.Skip(1), (a, b) => b.CommandedUs - a.CommandedUs).Skip(10).Max();
            }

            Assert.IsLessThanOrEqualTo(Longest(talks: false) + 10_000, Longest(talks: true));
        }

        private static byte[] Next(Random random)
        {
            if (random.Next(4) == 0)
            {
                var noise = new byte[random.Next(1, 700)];
                random.NextBytes(noise);
                return noise;
            }

            var text = new StringBuilder();
            for (int words = random.Next(1, 6); words > 0; words--)
            {
                text.Append(Words[random.Next(Words.Length)]).Append(random.Next(8) == 0 ? "" : " ");
            }

            if (random.Next(20) == 0)
            {
                text.Append(new string('x', random.Next(400, 1500)));
            }

            return Encoding.Latin1.GetBytes(
                text
                    + (
                        random.Next(3) == 0 ? "\r\n"
                        : random.Next(2) == 0 ? "\r"
                        : "\n"
                    )
            );
        }
    }
}
