// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Recorder.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>What is decoded depends on the edges' stamps alone, not on how often the loop looks.</summary>
    [TestClass]
    public sealed class GestureDecoderProperties
    {
        private static List<(Button Button, bool Down, long AtUs)> Fingers(Random random, bool bounces)
        {
            var edges = new List<(Button, bool, long)>();
            foreach (Button button in new[] { Button.Record, Button.Event })
            {
                long at = 100000 + random.Next(1000000);
                for (int press = random.Next(1, 5); press > 0; press--)
                {
                    Edge(edges, random, bounces, button, true, at);
                    // From a quick tap to a long hold, often close to one of the limits.
                    at += random.Next(4) switch
                    {
                        0 => random.Next(40000, 400000),
                        1 => 1000000 + random.Next(-3, 4) * 1000,
                        2 => 3000000 + random.Next(-3, 4) * 1000,
                        _ => random.Next(40000, 6000000),
                    };
                    Edge(edges, random, bounces, button, false, at);
                    at += random.Next(3) switch
                    {
                        0 => random.Next(60000, 400000),
                        1 => 500000 + random.Next(-3, 4) * 1000,
                        _ => random.Next(60000, 3000000),
                    };
                }
            }

            edges.Sort((a, b) => a.Item3.CompareTo(b.Item3));
            return edges;
        }

        private static void Edge(List<(Button, bool, long)> edges, Random random, bool bounces, Button button, bool down, long at)
        {
            edges.Add((button, down, at));
            for (int i = bounces ? random.Next(3) : 0; i > 0; i--)
            {
                at += random.Next(100, 4000);
                edges.Add((button, !down, at));
                at += random.Next(100, 4000);
                edges.Add((button, down, at));
            }
        }

        private static (List<string> Gestures, PressLog Log) Decode(
            List<(Button Button, bool Down, long AtUs)> edges,
            Func<long> wait,
            bool tapAtOnce
        )
        {
            var buttons = new FakeButtons();
            var log = new PressLog(PressLog.DefaultCapacity);
            var decoder = new GestureDecoder(buttons, log) { TapAtOnce = tapAtOnce };
            var gesture = new GestureEvent();
            var found = new List<string>();
            int put = 0;
            long end = edges[^1].AtUs + 10000000;
            for (long now = 0; ; now = Math.Min(end, now + wait()))
            {
                while (put < edges.Count && edges[put].AtUs <= now)
                {
                    buttons.Edge(edges[put].Button, edges[put].Down, edges[put].AtUs);
                    put++;
                }

                decoder.Step(now);
                while (decoder.TryTake(gesture))
                {
                    found.Add($"{gesture.Kind} {gesture.Button} {gesture.PressUs} {gesture.DurationMs}");
                }

                if (now == end)
                {
                    Assert.AreEqual(0, buttons.Overruns);
                    Assert.AreEqual(0, decoder.MadeUp);
                    return (found, log);
                }
            }
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void ALateLoopDecodesTheSame(bool tapAtOnce)
        {
            for (int seed = 0; seed < 150; seed++)
            {
                List<(Button Button, bool Down, long AtUs)> edges = Fingers(new Random(seed), seed % 2 == 1);
                if (edges.Count > 64)
                {
                    continue;
                }

                var waits = new Random(seed);
                List<string> fast = Decode(edges, () => 1000, tapAtOnce).Gestures;
                List<string> uneven = Decode(edges, () => waits.Next(1, 900000), tapAtOnce).Gestures;
                List<string> late = Decode(edges, () => long.MaxValue / 2, tapAtOnce).Gestures;
                // Gestures of one button come in the same order; between the buttons the moment of the look decides nothing either.
                CollectionAssert.AreEqual(fast, uneven, "seed " + seed);
                CollectionAssert.AreEqual(fast, late, "seed " + seed);
            }
        }

        [TestMethod]
        public void EveryPressIsInTheLogWithItsDuration()
        {
            for (int seed = 0; seed < 150; seed++)
            {
                List<(Button Button, bool Down, long AtUs)> edges = Fingers(new Random(seed), false);
                PressLog log = Decode(edges, () => 10000, false).Log;
                Assert.AreEqual(edges.Count / 2, log.Count);
                for (int i = 0; i < log.Count; i++)
                {
                    int down = edges.FindIndex(e => e.Down && e.Button == log.ButtonAt(i) && e.AtUs / 1000 == log.DownMsAt(i));
                    Assert.IsTrue(down >= 0, "press at " + log.DownMsAt(i));
                    int up = edges.FindIndex(down, e => !e.Down && e.Button == log.ButtonAt(i));
                    Assert.AreEqual((edges[up].AtUs - edges[down].AtUs) / 1000, log.DurationMsAt(i));
                }
            }
        }
    }
}
