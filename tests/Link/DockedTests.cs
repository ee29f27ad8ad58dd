// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The audit log states when the camera was in a dock, and the coverage statement says so (FORMAT.md 9.1, kind 21).</summary>
    [TestClass]
    public sealed class DockedTests
    {
        private const string Log = "LAPEL/AUDIT.LOG";

        private const long SilentMs = 30_000,
            LookMs = 500;

        [TestMethod]
        public void From_its_log_in_until_it_has_not_asked_for_30_s()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            bench.Options = bench.Options with { StaysLoggedIn = true };
            bench.Sync();
            long synced = bench.Camera.NowUs / 1000;
            for (int i = 0; i < 6; i++)
            {
                Ask(bench, 10);
            }

            long last = bench.Camera.NowUs / 1000;
            bench.Run(50);
            AuditResult log = Read(bench);
            List<AuditEntry> docked = log.Entries.FindAll(e => e.Kind == AuditKind.Dock);
            CollectionAssert.AreEqual(new[] { 1, 0 }, docked.ConvertAll(e => e.Code));
            AuditEntry login = log.Entries.Find(e => e.Kind == AuditKind.Login && e.Code == (int)CameraRole.Dock)!;
            Assert.IsInRange(login.Monotonic, login.Monotonic + LookMs, docked[0].Monotonic);
            Assert.IsInRange(last + SilentMs - LookMs, last + SilentMs + LookMs, docked[1].Monotonic);
            Assert.IsLessThan(last, synced);
            Coverage coverage = Coverage.Of(log, null, null);
            Assert.AreEqual(docked[1].Monotonic - docked[0].Monotonic, coverage.Total(CoverageState.Docked), 1.0);
        }

        [TestMethod]
        public void A_logout_ends_it_and_a_technician_is_no_dock()
        {
            using var bench = new CameraBench();
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                connection.Evidence.Login(bench.Dock, CameraRole.Technician);
                bench.Run(2);
                connection.Evidence.Login(bench.Dock, CameraRole.Dock);
                bench.Run(5);
                connection.Evidence.Logout();
                Assert.ThrowsExactly<LinkException>(() => connection.Evidence.Login(new ForgedStation(0x77), CameraRole.Dock));
                bench.Run(2);
            }
            AuditResult log = Read(bench);
            using var said = new StringWriter();
            AuditReport.Write(log, new AuditFilter(), said);
            foreach (string entry in new[] { "technician, key ", "dock, key ", "given back, key ", "a key that has no say" })
            {
                Assert.Contains(entry, said.ToString());
            }

            CollectionAssert.AreEqual(new[] { 1, 0 }, log.Entries.FindAll(e => e.Kind == AuditKind.Dock).ConvertAll(e => e.Code));
            Assert.AreEqual(5_000, Coverage.Of(log, null, null).Total(CoverageState.Docked), 1_000);
        }

        [TestMethod]
        public void A_sync_by_hand_gives_the_role_back_at_its_end()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            bench.Sync();
            bench.Run(1);
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                Assert.AreEqual(CameraRole.Nobody, connection.Hello.Role);
            }

            bench.Run(2);
            CollectionAssert.AreEqual(new[] { 1, 0 }, Read(bench).Entries.FindAll(e => e.Kind == AuditKind.Dock).ConvertAll(e => e.Code));
        }

        [TestMethod]
        public void A_console_gives_the_role_back_at_its_end()
        {
            using var bench = new CameraBench();
            using var folder = new TemporaryFolder();
            CameraBench.DockKey.Save(folder["dock.key"], folder["dock.pub"]);
            var lapel = new CommandBench { Input = "status\n" };
            lapel.Add(bench.Port);
            Assert.Contains("buffering", lapel.Good("console", "--key", folder["dock.key"]));
            bench.Run(1);
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                Assert.AreEqual(CameraRole.Nobody, connection.Hello.Role);
            }

            // A refused line ends it as well, and so does a restart that it ordered.
            lapel.Input = "nonsense\nreboot\n";
            (int code, _, string error) = lapel.Run("console", "--key", folder["dock.key"]);
            Assert.AreEqual(1, code, error);
            Assert.StartsWith("lapel: nonsense: no command 'nonsense'; help lists them", error);
        }

        [TestMethod]
        public void A_camera_that_a_killed_host_left_at_another_rate_is_listed()
        {
            using var bench = new CameraBench();
            CameraConnection killed = CameraConnection.Open(bench.Port);
            killed.Raise(3_000_000);
            using CameraConnection next = CameraConnection.Look(bench.Port, default);
            Assert.AreEqual(3_000_000, next.Smp.Line.Baud);
        }

        [TestMethod]
        public void A_recording_in_a_dock_is_a_recording()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            bench.Options = bench.Options with { StaysLoggedIn = true };
            bench.Sync();
            Ask(bench, 5);
            bench.Record(8);
            Ask(bench, 5);
            bench.Run(3);
            CoverageState[] states = [.. Coverage.Of(Read(bench), null, null).Spans.Select(s => s.State).Where((s, i) => i > 0)];
            CollectionAssert.IsSubsetOf(new[] { CoverageState.Docked, CoverageState.Recording }, states);
            int recording = Array.LastIndexOf(states, CoverageState.Recording);
            Assert.AreEqual((CoverageState.Docked, CoverageState.Docked), (states[recording - 1], states[recording + 1]));
        }

        private static void Ask(CameraBench bench, double afterSeconds)
        {
            bench.Run(afterSeconds);
            using CameraConnection connection = CameraConnection.Open(bench.Port, everyRate: false);
            Assert.AreEqual(CameraRole.Dock, connection.Hello.Role);
        }

        private static AuditResult Read(CameraBench bench) =>
            AuditVerifier.Verify(
                new MemorySource(bench.Card.ReadAll(Log)),
                Log,
                TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey),
                []
            );
    }
}
