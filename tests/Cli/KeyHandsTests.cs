// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Threading;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class KeyHandsTests
    {
        [TestMethod]
        public void Keys_are_gestures()
        {
            FakeEngine engine = Handle((2, 'd'), (10, 'r'), (12, 'e'), (14, 'h'), (20, 'q'));
            CameraStatus status = engine.Status;
            Assert.AreEqual(OperatingState.Buffering, status.State);
            Assert.AreEqual((1, 2), (status.Recordings, status.Markers));
        }

        [TestMethod]
        public void Gestures_queue_up_and_do_not_overlap()
        {
            FakeEngine engine = Handle((2, 'h'), (3, 'r'), (10, 'q'));
            Assert.HasCount(4, engine.Log);
            Assert.EndsWith("press Record", engine.Log[0]);
            long down = Time(engine.Log[0]),
                up = Time(engine.Log[1]);
            Assert.AreEqual(3200L, up - down);
            Assert.IsGreaterThanOrEqualTo(100L, Time(engine.Log[2]) - up);
        }

        [TestMethod]
        public void The_power_goes_at_once_even_within_a_hold()
        {
            FakeEngine engine = Handle((2, 'd'), (5, 'h'), (6, 'x'), (7, 'x'), (9, 'q'));
            int cut = engine.Log.FindIndex(entry => entry.EndsWith("cut", StringComparison.Ordinal));
            Assert.IsInRange(6000L, 6200L, Time(engine.Log[cut]));
            Assert.IsTrue(engine.Log.Exists(entry => entry.EndsWith("boot", StringComparison.Ordinal)));
            Assert.AreEqual(OperatingState.Buffering, engine.Status.State);
        }

        [TestMethod]
        public void The_card_goes_out_and_in()
        {
            FakeEngine engine = Handle((2, 'c'), (3, 'c'), (4, 'q'));
            Assert.HasCount(2, engine.Log);
            Assert.EndsWith("pull", engine.Log[0]);
            Assert.EndsWith("insert", engine.Log[1]);
        }

        [TestMethod]
        public void Unknown_keys_do_nothing_and_cancelling_is_quitting()
        {
            using var cancel = new CancellationTokenSource();
            var engine = new FakeEngine();
            new KeyboardPresses(
                engine,
                new VirtualPacer(),
                () => '?',
                () =>
                {
                    if (engine.NowUs > 3_000_000)
                    {
                        cancel.Cancel();
                    }
                }
            ).Run(cancel.Token);
            Assert.IsEmpty(engine.Log);
        }

        private static long Time(string entry)
        {
            return long.Parse(entry.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Runs with each key struck at its second.</summary>
        private static FakeEngine Handle(params (int Second, char Key)[] strokes)
        {
            var engine = new FakeEngine();
            var left = new Queue<(int Second, char Key)>(strokes);
            char? Key() => left.Count > 0 && engine.NowUs >= left.Peek().Second * 1_000_000L ? left.Dequeue().Key : null;
            new KeyboardPresses(engine, new VirtualPacer(), Key, () => { }).Run(CancellationToken.None);
            return engine;
        }
    }
}
