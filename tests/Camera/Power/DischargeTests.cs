// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A recording is closed, signed and explained before the battery is empty; a dip under load ends nothing.</summary>
    [TestClass]
    public sealed class DischargeTests
    {
        private const uint BatteryEmpty = 7;
        private const int EmptyFault = 16;
        private string _key = "";

        public TestContext TestContext { get; set; } = null!;

        public static IEnumerable<object[]> Cells => Cell.All.Select((_, i) => new object[] { i });

        [TestMethod]
        [DynamicData(nameof(Cells))]
        public void TheRecordingIsClosedBeforeTheCellIsEmpty(int number)
        {
            Cell cell = Cell.All[number];
            using var bench = new Bench();
            bench.Ready();
            CellUnderLoad battery = Attach(bench, cell, LeftAtOpen(cell, 3200 + Sag(cell)) + SecondsOf(cell, 60));
            bench.Run(5);
            bench.Start();
            long limit = bench.Camera.NowUs + 1_800_000_000;
            int closedMv = 0;
            while (!bench.Camera.IsAsleep)
            {
                Assert.IsLessThan(limit, bench.Camera.NowUs, $"{cell}: {battery.Millivolts} mV, {bench.State}");
                bench.Camera.Step();
                closedMv = closedMv == 0 && bench.State == OperatingState.Fault ? battery.Millivolts : closedMv;
            }

            TestContext.WriteLine(
                $"{cell}: closed at {closedMv} mV, lowest {battery.LowestMv} mV, "
                    + $"{battery.Left * 100:f1} % left, recorded {Seconds(bench):f0} s"
            );
            Assert.IsGreaterThan(CellUnderLoad.ProtectionMv, battery.LowestMv, $"{cell}: the supply went before the camera slept");
            Assert.AreEqual(OperatingState.Off, bench.State);
            Assert.IsFalse(Lit(bench), "a light is left on");
            RecordingResult recording = Verdict(bench);
            Assert.AreEqual(BatteryEmpty, recording.CloseReason, $"{cell}");

            // The voltage recovers, and nothing begins by itself.
            int before = battery.Millivolts;
            Rest(bench, battery, 120);
            Assert.IsTrue(bench.Camera.IsAsleep);
            Assert.IsGreaterThan(before, battery.Millivolts);
            LogSaysWhy(bench, cell);
        }

        [TestMethod]
        public void AWornCellGivesAStartedRecordingBackClosed()
        {
            // Switched on again by a press: what the cell has left is the officer's. It ends properly again, and again by itself.
            Cell cell = Cell.All[2];
            using var bench = new Bench();
            bench.Ready();
            CellUnderLoad battery = Attach(bench, cell, LeftAtOpen(cell, 3200 + Sag(cell)));
            bench.Start();
            UntilAsleep(bench);
            Rest(bench, battery, 300);
            for (int round = 0; round < 3; round++)
            {
                bench.Camera.Press(Button.Record);
                bench.Camera.Release(Button.Record);
                UntilAsleep(bench);
                Assert.IsGreaterThan(CellUnderLoad.ProtectionMv, battery.LowestMv);
                Rest(bench, battery, 300);
            }

            Assert.HasCount(1, Verdicts.Of(bench.Stored(), _key), "a recording began by itself");
            bench.Camera.Turned = null;
            bench.Camera.SetBattery(4000);
            bench.Camera.Press(Button.Record);
            bench.Camera.Release(Button.Record);
            bench.Ready(2);
            Assert.AreEqual(OperatingState.Buffering, bench.State, "a charged battery");
            AuditEntry boot = Entries(bench).Last(e => e.Kind == AuditKind.Boot);
            Assert.AreEqual((5, 1L), (boot.Code, boot.First), "how the boot before ended, and what began this one");
        }

        [TestMethod]
        [DynamicData(nameof(Cells))]
        public void DipsUnderLoadEndNothing(int number)
        {
            // 65 mV above empty under the mean load, and so 15 above the hysteresis; motor, card and module draw what they can.
            Cell cell = Cell.All[number];
            using var bench = new Bench();
            bench.Ready();
            CellUnderLoad battery = Attach(bench, cell, LeftAtOpen(cell, 3265 + Sag(cell)) + SecondsOf(cell, 35), true);
            bench.Run(5);
            bench.Start();
            int dips = 0;
            for (int i = 0; i < 1200; i++)
            {
                bench.Run(0.025);
                dips += battery.Millivolts < SupplyGuard.EmptyMv ? 1 : 0;
            }

            TestContext.WriteLine($"{cell}: {dips} of 1,200 looks below {SupplyGuard.EmptyMv} mV, lowest {battery.LowestMv} mV");
            Assert.AreEqual(OperatingState.Recording, bench.State, $"{cell}");
            Assert.IsTrue(dips > 0 || cell.Milliohms <= 300, $"{cell}: no dip was one");
        }

        [TestMethod]
        public void ABrownOutWithALowBatteryBringsNoRecordingBack()
        {
            using var bench = new Bench(options => options with { ContinueSeconds = 60 });
            bench.Ready();
            _key = bench.Camera.PublicKey;
            bench.Start();
            bench.Run(12);
            bench.Camera.SetBattery(3400);
            bench.Reboot();
            bench.Ready(3);
            Assert.AreEqual(OperatingState.Buffering, bench.State, "it would end again, and again");
            AuditEntry entry = Entries(bench).Last(e => e.Kind == AuditKind.Battery && e.Second == 3);
            Assert.IsLessThan(3450L, entry.First);
        }

        [TestMethod]
        public void WithoutABatteryNothingIsEmpty()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.Start();
            bench.Camera.SetBattery(0);
            bench.Run(30);
            Assert.AreEqual(OperatingState.Recording, bench.State);
        }

        private CellUnderLoad Attach(Bench bench, Cell cell, double left, bool isLoaded = false)
        {
            _key = bench.Camera.PublicKey;
            var battery = new CellUnderLoad(cell, left, bench.Camera.NowUs, 7, isLoaded);
            bench.Camera.Turned = () => battery.Advance(bench.Camera);
            return battery;
        }

        // Nothing turns while the camera is off.
        private static void Rest(Bench bench, CellUnderLoad battery, int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                bench.Run(1);
                battery.Advance(bench.Camera);
            }
        }

        private static void UntilAsleep(Bench bench)
        {
            long limit = bench.Camera.NowUs + 1_800_000_000;
            while (!bench.Camera.IsAsleep)
            {
                Assert.IsLessThan(limit, bench.Camera.NowUs, $"{bench.State}");
                bench.Camera.Step();
            }
        }

        // What the mean load takes off the cell: 0.36 A at 3.2 V with the peaks.
        private static int Sag(Cell cell) => (int)(0.36 * cell.Milliohms);

        private static double SecondsOf(Cell cell, double seconds) => 350 * seconds / 3600 / cell.MilliampHours;

        private static double LeftAtOpen(Cell cell, int millivolts)
        {
            double left = 0;
            while (left < 1 && cell.Open(left) < millivolts)
            {
                left += 0.0005;
            }

            return left;
        }

        private static bool Lit(Bench bench) =>
            Enum.GetValues<Indicator>().Any(i => bench.Parts.Indicators.IsOn(i));

        private RecordingResult Verdict(Bench bench)
        {
            RecordingResult recording = Verdicts.Of(bench.Stored(), _key).Single();
            Verdicts.RequireAuthentic(recording);
            return recording;
        }

        private double Seconds(Bench bench) => (Verdict(bench).ToMs ?? 0) / 1000.0;

        private TrustedKey Key => TrustedKey.Parse(Encoding.ASCII.GetBytes(_key));

        private List<AuditEntry> Entries(Bench bench) =>
            AuditVerifier.Verify(new MemorySource(bench.Stored().Bytes("LAPEL/AUDIT.LOG")), "AUDIT.LOG", Key, []).Entries;

        private void LogSaysWhy(Bench bench, Cell cell)
        {
            List<AuditEntry> entries = Entries(bench);
            AuditEntry closed = entries.Single(e => e.Kind == AuditKind.RecordingClosed);
            Assert.AreEqual((long)BatteryEmpty, closed.First);
            AuditEntry empty = entries.Single(e => e.Kind == AuditKind.Battery && e.Second == 2);
            Assert.IsInRange(2800L, 3250L, empty.First, $"{cell}");
            Assert.IsTrue(entries.Any(e => e.Kind == AuditKind.Faults && (e.Code & EmptyFault) != 0));
            AuditEntry last = entries[^1];
            Assert.AreEqual((AuditKind.Ended, 5), (last.Kind, last.Code));
            Assert.IsTrue(entries.All(e => e.Signed), "the end is signed");
        }
    }
}
