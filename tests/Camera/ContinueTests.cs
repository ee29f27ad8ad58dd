// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A recording that the power or a restart ended goes on by itself; one that the officer stopped does not.</summary>
    [TestClass]
    public sealed class ContinueTests
    {
        private const double LongestSeconds = 6;
        private static readonly DateTime Morning = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

        [TestMethod]
        public void AfterAPowerCutItGoesOnAndTheLogSaysFromWhat()
        {
            using Bench bench = Recording();
            bench.Reboot();
            bench.Until(VirtualCamera.OperatingState.Recording, LongestSeconds);
            bench.Run(12);
            bench.Stop();

            // What was cut is recovered behind the recording that went on.
            bench.Run(10);
            IReadOnlyList<RecordingResult> judged = bench.Judge();
            Assert.HasCount(2, judged);
            foreach (RecordingResult recording in judged)
            {
                Verdicts.RequireAuthentic(recording);
            }

            AuditEntry entry = Entries(bench).Single(e => e.Kind == AuditKind.Continued);
            Assert.AreEqual((2, 1L, -1L), (entry.Code, entry.First, entry.Second), "no clock survived: the gap is not known");
            StoredRecording before = bench.Stored().Recordings.Single(r => r.Segments[0].Recording == 1);
            Assert.AreEqual(before.Segments[0].RecordingId, Convert.ToHexString(entry.Data.AsSpan(0, 16)));
        }

        [TestMethod]
        public void WithAClockTheGapIsStatedAndCoversWhatIsMissing()
        {
            using Bench bench = Recording();
            Reboot(bench, offSeconds: 20);
            bench.Until(VirtualCamera.OperatingState.Recording, LongestSeconds);
            bench.Run(3);
            AuditEntry entry = Entries(bench).Single(e => e.Kind == AuditKind.Continued);
            Assert.IsGreaterThanOrEqualTo(20_000L, entry.Second);
            Assert.IsLessThan(20_000L + 8_500 + 6_000, entry.Second);
        }

        [TestMethod]
        public void AfterMoreThanAMinuteItStaysEnded()
        {
            using Bench bench = Recording();
            Reboot(bench, offSeconds: 62);
            bench.Ready(8);
            Assert.AreEqual(VirtualCamera.OperatingState.Buffering, bench.State);
            bench.Reboot();
            bench.Ready(3);
            Assert.AreEqual(VirtualCamera.OperatingState.Buffering, bench.State, "a later boot, without a clock, brings it back");
        }

        [TestMethod]
        public void WhatTheOfficerStoppedStaysStopped()
        {
            using Bench bench = Recording();
            bench.Hold();
            while (bench.State == VirtualCamera.OperatingState.Recording)
            {
                bench.Camera.Step();
            }

            // Between the stop and the last close.
            bench.Reboot();
            bench.Ready(8);
            Assert.AreEqual(VirtualCamera.OperatingState.Buffering, bench.State);
        }

        [TestMethod]
        public void AHoldWhileItComesUpStopsItForGood()
        {
            using Bench bench = Recording();
            bench.Camera.PullCard();
            bench.Reboot();
            bench.Hold();
            bench.Run(4);
            bench.Camera.InsertCard();
            bench.Ready(4);
            bench.Reboot();
            bench.Ready(4);
            Assert.AreEqual(VirtualCamera.OperatingState.Buffering, bench.State);
        }

        [TestMethod]
        public void AsTheProfileHasItItDoesNot()
        {
            using var bench = new Bench(o => o with { ContinueSeconds = 0 });
            bench.Ready(3);
            bench.Start();
            bench.Run(10);
            bench.Reboot();
            bench.Ready(6);
            Assert.AreEqual(VirtualCamera.OperatingState.Buffering, bench.State);
        }

        private static Bench Recording()
        {
            var bench = new Bench(o => o with { ContinueSeconds = 60, Utc = Morning });
            bench.Ready(3);
            bench.Start();
            bench.Run(10);
            return bench;
        }

        // The real-time clock has a cell of its own.
        private static void Reboot(Bench bench, double offSeconds)
        {
            long ticks = bench.Parts.Clock.UtcTicks + TimeSpan.FromSeconds(offSeconds).Ticks;
            bench.Camera.Booting = parts => parts.Clock.UtcTicks = ticks;
            bench.Reboot();
            bench.Camera.Booting = null;
        }

        private static IEnumerable<AuditEntry> Entries(Bench bench)
        {
            bench.Run(2);
            return AuditVerifier
                .Verify(new MemorySource(bench.Stored().Bytes("LAPEL/AUDIT.LOG")), "AUDIT.LOG", KeyOf(bench), [])
                .Entries;
        }

        private static TrustedKey KeyOf(Bench bench) => TrustedKey.Parse(System.Text.Encoding.ASCII.GetBytes(bench.Camera.PublicKey));
    }
}
