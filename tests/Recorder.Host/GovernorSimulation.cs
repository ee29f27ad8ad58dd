// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>
    /// A model of the loop: one processor that reads the sensor (1 us a byte, 8 ms a frame) and writes the card in pieces, live fragments
    /// of 500 ms first, then pre-event footage, which gives way to
    /// late pictures for 500 ms; pages as memory. Shows what the governor makes of a card.
    /// </summary>
    [TestClass]
    public sealed class GovernorSimulation
    {
        private sealed class Card
        {
            public Func<long, int> BytesPerSecond = _ => 250000;
            public int StallMs;
            public int StallEveryMs = int.MaxValue;
        }

        private sealed class Outcome
        {
            public int Taken;
            public int Dropped;
            public int Missed;
            public int WorstLateMs;
            public int SlowestMs;
            public int LastMs;
            public FrameQuality LastQuality;
            public FrameQuality Lowest;
            public GovernorReason Reason;
            public int Changes;
            public long WorstBacklog;
            public long PastLeft;
            public string Trace = "";
        }

        private static Outcome Run(
            Card card,
            int seconds,
            int seed,
            int frameBytes = 17000,
            bool qualityHelps = true,
            int pages = 161,
            int reserve = 16,
            int piece = 16384
        )
        {
            var random = new Random(seed);
            var governor = new Governor(FrameQuality.High, 100);
            long memory = (long)pages * FramePages.PageBytes;
            long past = (long)(pages - reserve) * FramePages.PageBytes;
            long backlog = 0;
            int late = 0;
            long ready = 0;
            long now = 0;
            long due = 0;
            long frameReady = -1;
            long fragmentEnd = 500000;
            long gathering = 0;
            long nextStall = random.Next(1, card.StallEveryMs) * 1000L;
            long nextUpdate = 500000;
            long pastLet = 0;
            double busy = 0,
                written = 0,
                busyWindow = 0,
                writtenWindow = 0;
            double average = frameBytes;
            var sample = new GovernorSample();
            long lastUpdate = 0,
                sensorUs = 0,
                exposedFrom = 0;
            int taken = 0;
            var outcome = new Outcome();
            while (now < seconds * 1000000L)
            {
                // The sensor exposes by itself: 60 ms from its command.
                if (frameReady < 0 && now >= due)
                {
                    if (now - due >= CapturePump.CatchUpUs)
                    {
                        outcome.Missed += (int)((now - due) / (governor.IntervalMs * 1000L));
                        due = now;
                    }

                    late = (int)((now - due) / 1000);
                    outcome.WorstLateMs = Math.Max(outcome.WorstLateMs, late);
                    frameReady = now + 60000;
                    exposedFrom = now;
                    due += governor.IntervalMs * 1000L;
                }

                if (frameReady >= 0 && now >= frameReady)
                {
                    int quality = qualityHelps ? (int)governor.Quality : 0;
                    int bytes = (int)(
                        frameBytes
                        * (
                            quality == 0 ? 1
                            : quality == 1 ? 0.75
                            : 0.5
                        )
                        * (0.85 + 0.3 * random.NextDouble())
                    );
                    now += bytes + 8000;
                    sensorUs += now - exposedFrom;
                    taken++;
                    frameReady = -1;
                    if (past + backlog + bytes > memory)
                    {
                        outcome.Dropped++;
                    }
                    else
                    {
                        outcome.Taken++;
                        backlog += bytes;
                        gathering += bytes;
                        average += (bytes - average) / 8;
                    }
                }
                else if (ready > 0 || (past > 0 && (late < 50 || now - pastLet >= 500000)))
                {
                    pastLet = ready > 0 ? pastLet : now;
                    int count = (int)Math.Min(piece, ready > 0 ? ready : past);
                    long us = count * 1000000L / card.BytesPerSecond(now);
                    if (now >= nextStall)
                    {
                        us += card.StallMs * 1000L;
                        nextStall = now + (long)(card.StallEveryMs * 1000L * (0.5 + random.NextDouble()));
                    }

                    now += us;
                    busy += us;
                    busyWindow += us;
                    written += count;
                    writtenWindow += count;
                    if (ready > 0)
                    {
                        ready -= count;
                        backlog -= count;
                    }
                    else
                    {
                        past -= count;
                    }
                }
                else
                {
                    now += 1000;
                }

                if (now >= fragmentEnd)
                {
                    ready += gathering;
                    gathering = 0;
                    fragmentEnd += 500000;
                }

                if (now >= nextUpdate)
                {
                    nextUpdate += 500000;
                    int freePages = (int)((memory - past - backlog) / FramePages.PageBytes);
                    int rate = busy > 0 ? (int)(written * 1000000 / busy) : 0;
                    sample.ElapsedUs = (int)(now - lastUpdate);
                    sample.Frames = taken;
                    sample.FrameBytes = (int)average;
                    sample.SensorUs = taken == 0 ? sample.SensorUs : (int)(sensorUs / taken);
                    sample.LateMs = late;
                    sample.BacklogBytes = (int)backlog;
                    sample.FreePages = Math.Max(0, freePages);
                    sample.CardBytesPerSecond = rate;
                    sample.WriteUs = (int)busyWindow;
                    sample.WrittenBytes = (int)writtenWindow;
                    writtenWindow = 0;
                    if (governor.Update(now / 1000, sample))
                    {
                        outcome.Trace += $" [{now / 1000000}: {governor.IntervalMs} {governor.Quality} past {past / 1000} late {late}]";
                    }

                    lastUpdate = now;
                    taken = 0;
                    sensorUs = 0;
                    // About four seconds of memory.
                    busy *= 0.875;
                    written *= 0.875;
                    busyWindow = 0;
                }

                outcome.WorstBacklog = Math.Max(outcome.WorstBacklog, backlog);
            }

            outcome.SlowestMs = governor.SlowestIntervalMs;
            outcome.LastMs = governor.IntervalMs;
            outcome.LastQuality = governor.Quality;
            outcome.Lowest = governor.LowestQuality;
            outcome.Reason = governor.LowestReason;
            outcome.Changes = governor.Changes;
            outcome.PastLeft = past;
            return outcome;
        }

        [TestMethod]
        public void ACardOf250WithStallsKeepsTenFramesASecond()
        {
            for (int seed = 0; seed < 40; seed++)
            {
                // Small pieces let the sensor go first: then the backlog shows what the lateness shows with large ones.
                Outcome o = Run(new Card { StallMs = 300, StallEveryMs = 5000 }, 60, seed, piece: seed % 2 == 0 ? 16384 : 2048);
                Console.WriteLine(
                    $"{seed}: {o.Taken} taken, {o.Dropped} dropped, {o.Missed} missed, late {o.WorstLateMs}, slowest {o.SlowestMs}, "
                        + $"lowest {o.Lowest} {o.Reason}, backlog {o.WorstBacklog}, past left {o.PastLeft}"
                );
                Assert.AreEqual(0, o.Dropped + o.Missed);
                Assert.AreEqual(100, o.SlowestMs);
                // All slots of the minute but those that a stall at its very end holds back.
                Assert.IsTrue(o.Taken >= 594, "taken " + o.Taken);
            }
        }

        [TestMethod]
        [DataRow(100000, true, 16384)]
        [DataRow(100000, false, 16384)]
        [DataRow(60000, true, 16384)]
        [DataRow(60000, false, 16384)]
        [DataRow(150000, false, 16384)]
        [DataRow(150000, false, 2048)]
        [DataRow(100000, true, 2048)]
        [DataRow(100000, false, 2048)]
        [DataRow(60000, false, 2048)]
        public void ASlowCardDropsNothing(int bytesPerSecond, bool qualityHelps, int piece)
        {
            for (int seed = 0; seed < 20; seed++)
            {
                Outcome o = Run(
                    new Card
                    {
                        BytesPerSecond = _ => bytesPerSecond,
                        StallMs = 300,
                        StallEveryMs = 7000,
                    },
                    120,
                    seed,
                    qualityHelps: qualityHelps,
                    piece: piece
                );
                Console.WriteLine(
                    $"{seed}: {o.Taken} taken, {o.Dropped} dropped, {o.Missed} missed, late {o.WorstLateMs}, slowest {o.SlowestMs}, last "
                        + $"{o.LastMs} {o.LastQuality}, {o.Reason}, {o.Changes} changes, backlog {o.WorstBacklog}, past left {o.PastLeft}"
                );
                Assert.AreEqual(0, o.Dropped + o.Missed, "dropped or missed");
                Assert.AreNotEqual(GovernorReason.None, o.Reason);
                Assert.IsTrue(o.LastQuality > FrameQuality.High || o.LastMs > 100);
                Assert.IsTrue(o.Changes <= 14, "changes " + o.Changes);
            }
        }

        [TestMethod]
        public void ARecoveredCardGetsItsRateBack()
        {
            for (int seed = 0; seed < 10; seed++)
            {
                // A minute of a card at a third of its speed, then as it was.
                Outcome o = Run(new Card { BytesPerSecond = t => t > 20000000 && t < 80000000 ? 80000 : 400000 }, 300, seed);
                Console.WriteLine(
                    $"{seed}: {o.Taken} taken, {o.Dropped} dropped, {o.Missed} missed, late {o.WorstLateMs}, slowest {o.SlowestMs}, last "
                        + $"{o.LastMs} {o.LastQuality}, {o.Changes} changes{o.Trace}"
                );
                Assert.AreEqual(0, o.Dropped + o.Missed);
                Assert.AreEqual(100, o.LastMs);
                Assert.AreEqual(FrameQuality.High, o.LastQuality);
                Assert.AreNotEqual(FrameQuality.High, o.Lowest);
            }
        }

        [TestMethod]
        public void TheModelCanMissAndDrop()
        {
            // A card that no rung fits: without this the other tests would prove nothing.
            Outcome o = Run(new Card { BytesPerSecond = _ => 15000 }, 60, 1, qualityHelps: false);
            Assert.IsTrue(o.Missed > 0);
            Assert.AreEqual(500, o.LastMs);
            o = Run(new Card { BytesPerSecond = _ => 60000 }, 60, 1, frameBytes: 60000, qualityHelps: false, reserve: 1);
            Assert.IsTrue(o.Dropped > 0);
        }
    }
}
