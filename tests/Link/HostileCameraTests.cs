// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// What a camera says is input from outside like any other: answers and frames that are well framed and false are told in a line,
    /// nothing is stored that does not verify, and the program ends as it should.
    /// </summary>
    [TestClass]
    public sealed class HostileCameraTests
    {
        private static readonly byte[] Telling =
        [
            0x00,
            0x17,
            0x18,
            0x1b,
            0x3b,
            0x5b,
            0x5f,
            0x7f,
            0x80,
            0x9b,
            0x9f,
            0xa0,
            0xbb,
            0xbf,
            0xf6,
            0xfb,
            0xff,
        ];

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void False_answers_are_told_and_nothing_false_is_stored()
        {
            int cameras = TestSize.Of(sample: 25, sweep: 200);
            using var folder = new TemporaryFolder();
            new CommandBench().Good("keygen", "station", folder["dock"]);
            string key = folder["dock.key"];
            byte[] station = Authority.PublicKey.Load(folder["dock.pub"], Authority.KeyKind.Station).Bytes;
            var ended = new SortedDictionary<int, int>();
            int stored = 0;
            for (int seed = 0; seed < cameras; seed++)
            {
                var random = new Random(seed);
                ReferenceCamera camera = Footage.Camera([2], 2, 160);
                camera.Stations.Add((station, 2));
                int oneIn = random.Next(3, 100);
                camera.Falsify = said => random.Next(oneIn) == 0 ? False(random, said) : said;
                var lapel = new CommandBench();
                lapel.Add(new Wire(camera, seed), "wire");
                string store = folder["store-" + seed];
                // The sample without the clock, whose answers are few; the sweep with it.
                string[] clock = seed < 25 ? ["--no-set-clock"] : [];
                (int code, _, string error) = lapel.Run(["sync", store, "--port", "wire", "--key", key, "--wait", "0", .. clock]);
                ended[code] = ended.GetValueOrDefault(code) + 1;
                if (code == 2)
                {
                    Assert.StartsWith("lapel: ", error, $"seed {seed}");
                }

                if (!Directory.Exists(store))
                {
                    continue;
                }

                foreach (
                    string file in Directory
                        .GetFiles(store, "*.mp4", SearchOption.AllDirectories)
                        .Where(f => !f.Contains("refused", StringComparison.Ordinal))
                )
                {
                    SegmentResult judged = SegmentVerifier.Verify(file, "x", null, KeyChoice.Given(camera.Device.Trusted));
                    Assert.IsFalse(judged.HasErrors, $"seed {seed}: {file}");
                    stored++;
                }
            }
            Console.WriteLine(
                $"{cameras} false cameras: {string.Join(", ", ended.Select(e => $"{e.Value} syncs ended with {e.Key}"))}; {stored} "
                    + $"segments stored, all authentic"
            );
            Assert.IsGreaterThan(cameras / 4, stored);
            CollectionAssert.AreEqual(new[] { 0, 1, 2 }, ended.Keys, "some syncs end well, some refuse a segment, some give up");
        }

        private static byte[] False(Random random, byte[] said)
        {
            byte[] copy = [.. said];
            int at = random.Next(Math.Max(1, copy.Length));
            switch (random.Next(6))
            {
                case 0 when copy.Length > 0:
                    copy[at] ^= (byte)(1 << random.Next(8));
                    return copy;
                case 1 when copy.Length > 0:
                    copy[at] = Telling[random.Next(Telling.Length)];
                    return copy;
                case 2:
                    return copy[..at];
                case 3:
                    return [.. copy[..at], Telling[random.Next(Telling.Length)], .. copy[at..]];
                case 4:
                    return [.. copy, .. copy[at..]];
                default:
                    random.NextBytes(copy);
                    return copy;
            }
        }
    }
}
