// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class ScriptPlayerTests
    {
        [TestMethod]
        public void A_shift_plays_in_virtual_time()
        {
            var engine = new FakeEngine();
            string? failure = Play(
                engine,
                """
                wait 40s
                expect state buffering
                expect pre-event == 30
                double record
                expect state recording
                wait 10s
                press record
                press event
                expect markers == 2
                hold record 3.2s
                wait 2s
                expect state buffering
                expect recordings == 1
                cut power
                wait 5s
                expect state off
                boot
                wait 2s
                expect state buffering
                """
            );
            Assert.IsNull(failure);
            CollectionAssert.AreEqual(
                new[]
                {
                    "40000 press Record",
                    "40100 release Record",
                    "40250 press Record",
                    "40350 release Record",
                    "50500 press Record",
                    "50600 release Record",
                    "50750 press Event",
                    "50850 release Event",
                    "51000 press Record",
                    "54200 release Record",
                    "56350 cut",
                    "61350 boot",
                },
                engine.Log
            );
        }

        [TestMethod]
        public void The_first_expectation_that_fails_ends_the_script()
        {
            var engine = new FakeEngine();
            string? failure = Play(engine, "wait 2s\nexpect frames >= 20\nexpect state recording\npress record");
            Assert.AreEqual("line 3: 'expect state recording' does not hold at 2.000 s: state is buffering", failure);
            Assert.IsEmpty(engine.Log);
        }

        [TestMethod]
        public void Commands_are_told_before_they_happen_and_quit_ends()
        {
            var told = new List<string>();
            var player = new ScriptPlayer(new FakeEngine(), new VirtualPacer(), command => told.Add(command.Text), () => { });
            Assert.IsNull(player.Play(ScriptParser.Parse("wait 1s\nquit"), CancellationToken.None));
            CollectionAssert.AreEqual(new[] { "wait 1s", "quit" }, told);
        }

        [TestMethod]
        public void A_cancelled_script_ends_within_a_tick()
        {
            using var cancel = new CancellationTokenSource();
            var engine = new FakeEngine();
            var player = new ScriptPlayer(
                engine,
                new VirtualPacer(),
                _ => { },
                () =>
                {
                    if (engine.NowUs >= 5_000_000)
                    {
                        cancel.Cancel();
                    }
                }
            );
            Assert.ThrowsExactly<OperationCanceledException>(() => player.Play(ScriptParser.Parse("wait 1h"), cancel.Token));
            Assert.IsLessThan(5_200_000L, engine.NowUs);
        }

        [TestMethod]
        public void Real_time_is_the_time_on_the_wall()
        {
            var engine = new FakeEngine();
            var wall = Stopwatch.StartNew();
            new RealTimePacer().Run(engine, 500_000, () => false, CancellationToken.None);
            Assert.IsGreaterThanOrEqualTo(480L, wall.ElapsedMilliseconds);
            Assert.AreEqual(500_000L, engine.NowUs);
        }

        private static string? Play(ICameraEngine engine, string script)
        {
            return new ScriptPlayer(engine, new VirtualPacer(), _ => { }, () => { }).Play(
                ScriptParser.Parse(script),
                CancellationToken.None
            );
        }
    }
}
