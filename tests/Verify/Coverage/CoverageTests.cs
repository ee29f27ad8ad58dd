// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>The coverage statement has no hole, adds up to its period, and says nothing that was not so.</summary>
    [TestClass]
    public class CoverageTests
    {
        private const int Positions = 4096;

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void OfAnyShiftWithCutsAndUnsetClocksItIsWholeAndTrue()
        {
            int shifts = TestSize.Of(120, 3000),
                unbound = 0,
                off = 0,
                unknown = 0;
            for (int seed = 0; seed < shifts; seed++)
            {
                var shift = new RandomShift(seed);
                AuditResult log = Judge(shift.Device, shift.Log);
                var random = new Random(seed);
                foreach ((long from, long to) in new[] { (0L, 0L), (-random.Next(500_000), random.Next(500_000)) })
                {
                    DateTime begin = Utc(shift.From + from),
                        end = Utc(shift.To + to);
                    Coverage coverage = Coverage.Of(log, begin, end);
                    unbound += coverage.Unbound.Count;
                    IsWhole(coverage, begin, end, seed);
                    Assert.IsEmpty(coverage.Overlapping, "seed " + seed);
                    long[] moments = [.. shift.Edges.SelectMany(e => new[] { e - 1, e }).Concat(Samples(random, shift))];
                    foreach (long at in moments.Where(m => m >= shift.From && m < shift.To && Utc(m) >= begin && Utc(m) < end))
                    {
                        CoverageSpan span = coverage.Spans.Single(s => s.FromUtc <= Utc(at) && Utc(at) < s.ToUtc);
                        string? wrong = shift.Judge(at, span.State);
                        Assert.IsNull(wrong, "seed " + seed + ", " + Utc(at).ToString("O") + " is " + span + ", but " + wrong);
                        off += span.State == CoverageState.Off ? 1 : 0;
                        unknown += span.State == CoverageState.Unknown ? 1 : 0;
                    }
                }
            }

            Assert.IsTrue(unbound > shifts / 10 && off > shifts && unknown > shifts, unbound + ", " + off + ", " + unknown);
        }

        [TestMethod]
        public void BetweenTwoBootsIsNotOffWhereAnotherOneHasNoClock()
        {
            Coverage coverage = Coverage.Of(
                Judge(
                    (_, log) =>
                    {
                        Boot(log, 1, 1_790_000_000_000);
                        log.NewBoot(2).Entry(AuditKind.Boot, 100, 2).Entry(AuditKind.State, 40_000, 1).Entry(AuditKind.Ended, 100_000, 2);
                        Boot(log, 3, 1_790_000_900_000);
                    }
                ),
                null,
                null
            );
            CoverageSpan between = coverage.Spans.Single(s => s.Boot == 0);
            Assert.AreEqual(CoverageState.Unknown, between.State);
            Assert.AreEqual("ended properly; 1 boot without a clock in here, on for 100.0 s at least", between.Detail);
            Assert.AreEqual(100_000, coverage.Unbound.Sum(s => s.ToMs - s.FromMs));
            Assert.AreEqual(950_000, coverage.Period, 0.001);
        }

        [TestMethod]
        public void ABootOfWhichTheLogSaysNothingIsNoTimeOff()
        {
            Coverage coverage = Coverage.Of(
                Judge(
                    (_, log) =>
                    {
                        Boot(log, 1, 1_790_000_000_000);
                        Boot(log, 3, 1_790_000_900_000);
                    }
                ),
                null,
                null
            );
            CoverageSpan between = coverage.Spans.Single(s => s.Boot == 0);
            Assert.AreEqual(CoverageState.Unknown, between.State);
            Assert.AreEqual("ended properly; 1 boot in here of which the log says nothing", between.Detail);
        }

        [TestMethod]
        public void BehindTheLastBootThatIsBoundNothingIsOffWhileAnotherOneFollowed()
        {
            AuditResult log = Judge(
                (_, log) =>
                {
                    Boot(log, 1, 1_790_000_000_000);
                    log.NewBoot(2).Entry(AuditKind.Boot, 100, 2).Entry(AuditKind.Ended, 100_000, 2);
                }
            );
            CoverageSpan last = Coverage.Of(log, null, Utc(1_790_001_000_000)).Spans[^1];
            Assert.AreEqual(CoverageState.Unknown, last.State);
            Assert.Contains("1 boot without a clock", last.Detail);
        }

        [TestMethod]
        public void AClockThatIsSetForwardMakesNoSpanLonger()
        {
            Coverage coverage = Coverage.Of(
                Judge(
                    (_, log) =>
                        log.NewBoot(1)
                            .Entry(AuditKind.Boot, 0, 2)
                            .Entry(AuditKind.ClockSet, 10, 2, 0, 1_790_000_000_010, [0, 0, 0, 100])
                            .Entry(AuditKind.State, 1_000, 2)
                            .Entry(AuditKind.ClockSet, 5_000, 2, 1_790_000_005_000, 1_790_003_600_000, [0, 0, 0, 100])
                            .Entry(AuditKind.Ended, 9_000, 2)
                ),
                null,
                null
            );
            Assert.AreEqual(8_000, coverage.Total(CoverageState.Recording), 0.001);
            CoverageSpan gap = coverage.Spans.Single(s => s.State == CoverageState.Unknown);
            Assert.AreEqual("the clock was set between", gap.Detail);
        }

        [TestMethod]
        public void WhatAClockThatIsSetBackHidesIsListed()
        {
            AuditResult log = Judge(
                (_, log) =>
                    log.NewBoot(1)
                        .Entry(AuditKind.Boot, 0, 2)
                        .Entry(AuditKind.ClockSet, 10, 2, 0, 1_790_000_000_010, [0, 0, 0, 100])
                        .Entry(AuditKind.State, 1_000, 1)
                        .Entry(AuditKind.ClockSet, 60_000, 2, 1_790_000_060_000, 1_790_000_040_000, [0, 0, 0, 100])
                        .Entry(AuditKind.State, 60_000, 2)
                        .Entry(AuditKind.Ended, 90_000, 2)
            );
            Coverage coverage = Coverage.Of(log, null, null);
            CoverageSpan hidden = coverage.Overlapping.Single();
            Assert.AreEqual((60_000, 80_000, CoverageState.Recording), (hidden.FromMs, hidden.ToMs, hidden.State));
            Assert.AreEqual(70_000, coverage.Period, 0.001);
            using var text = new StringWriter();
            AuditReport.Write(log, coverage, text);
            Assert.Contains("Not counted in that, at times that were stated already", text.ToString());
        }

        [TestMethod]
        public void ThePeriodAndItsTotalsAreInTheJsonSummary()
        {
            var shift = new RandomShift(7);
            AuditResult log = Judge(shift.Device, shift.Log);
            using var text = new StringWriter();
            AuditJson.Write(log, Coverage.Of(log, Utc(shift.From), Utc(shift.To)), text);
            using JsonDocument summary = JsonDocument.Parse(text.ToString().TrimEnd().Split('\n')[^1]);
            double period = summary.RootElement.GetProperty("periodMs").GetDouble();
            Assert.AreEqual(shift.To - shift.From, period, 0.001);
            Assert.AreEqual(period, summary.RootElement.GetProperty("totalsMs").EnumerateObject().Sum(t => t.Value.GetDouble()), 0.001);
        }

        private static void IsWhole(Coverage coverage, DateTime begin, DateTime end, int seed)
        {
            DateTime at = begin;
            foreach (CoverageSpan span in coverage.Spans)
            {
                Assert.AreEqual(at, span.FromUtc, "seed " + seed);
                Assert.IsTrue(span.ToUtc > span.FromUtc, "seed " + seed);
                at = span.ToUtc!.Value;
            }

            Assert.AreEqual(end, at, "seed " + seed);
            Assert.AreEqual((end - begin).TotalMilliseconds, coverage.Period, 0.001);
            Assert.AreEqual(coverage.Period, Enum.GetValues<CoverageState>().Sum(coverage.Total), 0.001, "seed " + seed);
        }

        private static long[] Samples(Random random, RandomShift shift) =>
            [.. Enumerable.Range(0, 50).Select(_ => random.NextInt64(shift.From, shift.To))];

        private static void Boot(AuditForge log, uint number, long utc) =>
            log.NewBoot(number)
                .Entry(AuditKind.Boot, 0, 2)
                .Entry(AuditKind.ClockSet, 10, 2, 0, utc + 10, [0, 0, 0, 100])
                .Entry(AuditKind.State, 1_000, 1)
                .Entry(AuditKind.Ended, 50_000, 2);

        private static AuditResult Judge(Action<ForgeDevice, AuditForge> write)
        {
            var device = new ForgeDevice(1);
            var log = new AuditForge(device, 5);
            write(device, log);
            return Judge(device, log.Checkpoint());
        }

        private static AuditResult Judge(ForgeDevice device, AuditForge log)
        {
            AuditResult judged = AuditVerifier.Verify(new MemorySource(log.File(5, Positions)), "AUDIT.LOG", device.Trusted, []);
            Assert.IsTrue(judged.Agrees, string.Join("; ", judged.Findings));
            return judged;
        }

        private static DateTime Utc(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms);
    }
}
