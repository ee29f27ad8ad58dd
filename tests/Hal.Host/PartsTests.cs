// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    [TestClass]
    public class PartsTests
    {
        [TestMethod]
        public void PressesAreStampedWhenTheyHappen()
        {
            using var rig = new Rig();
            rig.Parts.RecordButton.Hold(1_234_567, 300_000);
            rig.Parts.EventButton.Hold(1_300_000, 50_000);
            while (rig.Parts.Clock.NowUs < 2_000_000)
            {
                rig.Board.Clock.Sleep(100);
            }

            var edge = new ButtonEdge();
            (Button Button, bool Down, long AtUs)[] expected =
            {
                (Button.Record, true, 1_234_567),
                (Button.Event, true, 1_300_000),
                (Button.Event, false, 1_350_000),
                (Button.Record, false, 1_534_567),
            };
            foreach ((Button button, bool down, long at) in expected)
            {
                Assert.IsTrue(rig.Board.Buttons.TryTake(edge));
                Assert.AreEqual((button, down, at), (edge.Button, edge.Down, edge.AtUs));
            }

            Assert.IsFalse(rig.Board.Buttons.TryTake(edge));
        }

        [TestMethod]
        public void AnEdgeDuringANativeCallIsStampedAtItsEnd()
        {
            using var rig = new Rig();
            rig.Board.Card.Mount();
            rig.Board.Card.Preallocate("A.BIN", 32_768);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            rig.Parts.RecordButton.Press(rig.Parts.Clock.NowUs + 40_000);
            rig.Parts.Card.Times.WriteRate = 327_680;
            file.Write(0, new byte[32_768], 0, 32_768);
            var edge = new ButtonEdge();
            Assert.IsTrue(rig.Board.Buttons.TryTake(edge));
            Assert.AreEqual(rig.Parts.Clock.NowUs, edge.AtUs);
        }

        [TestMethod]
        public void ButtonsAreDownWhilePressed()
        {
            using var rig = new Rig();
            Assert.IsFalse(rig.Board.Buttons.IsDown(Button.Record));
            rig.Parts.RecordButton.Press();
            Assert.IsTrue(rig.Board.Buttons.IsDown(Button.Record));
            Assert.IsFalse(rig.Board.Buttons.IsDown(Button.Event));
            rig.Parts.RecordButton.Release();
            Assert.IsFalse(rig.Board.Buttons.IsDown(Button.Record));
        }

        [TestMethod]
        public void BouncesAreDeliveredAsTheyAre()
        {
            using var rig = new Rig();
            rig.Parts.RecordButton.Bounces = 3;
            rig.Parts.RecordButton.Press(100_000);
            rig.Board.Clock.Sleep(200);
            var edge = new ButtonEdge();
            int edges = 0;
            bool down = false;
            long last = 0;
            while (rig.Board.Buttons.TryTake(edge))
            {
                edges++;
                Assert.AreNotEqual(down, edge.Down);
                down = edge.Down;
                Assert.IsInRange(last, 105_000L, edge.AtUs);
                last = edge.AtUs;
            }

            Assert.AreEqual(7, edges);
            Assert.IsTrue(down);
        }

        [TestMethod]
        public void AnOverflowLosesTheNewestEdgesAndCountsThem()
        {
            using var rig = new Rig();
            for (int n = 0; n < 40; n++)
            {
                rig.Parts.RecordButton.Hold(1_000 + n * 1_000, 500);
            }

            rig.Board.Clock.Sleep(100);
            Assert.AreEqual(80 - 64, rig.Board.Buttons.Overruns);
            var edge = new ButtonEdge();
            for (int n = 0; n < 64; n++)
            {
                Assert.IsTrue(rig.Board.Buttons.TryTake(edge));
                Assert.AreEqual(1_000 + n * 500, edge.AtUs);
            }

            Assert.IsFalse(rig.Board.Buttons.TryTake(edge));
            rig.Parts.EventButton.Press();
            Assert.IsTrue(rig.Board.Buttons.TryTake(edge), "it goes on after an overflow");
            Assert.AreEqual(Button.Event, edge.Button);
        }

        [TestMethod]
        public void IndicatorsChangeTheirPinOnlyWhenTheyChange()
        {
            using var rig = new Rig();
            rig.Board.Indicators.Set(Indicator.Green, false);
            rig.Board.Indicators.Set(Indicator.Red, true);
            rig.Board.Clock.Sleep(50);
            rig.Board.Indicators.Set(Indicator.Red, true);
            rig.Board.Indicators.Set(Indicator.Vibration, true);
            rig.Board.Indicators.Set(Indicator.Red, false);
            CollectionAssert.AreEqual(
                new[]
                {
                    new IndicatorEvent(0, Indicator.Red, true),
                    new IndicatorEvent(50_000, Indicator.Vibration, true),
                    new IndicatorEvent(50_000, Indicator.Red, false),
                },
                rig.Parts.Indicators.Events.ToArray()
            );
            Assert.IsTrue(rig.Parts.Indicators.IsOn(Indicator.Vibration));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(3_000)]
        [DataRow(3_700)]
        [DataRow(4_200)]
        public void TheBatteryReadsWithinTwoMillivolts(int millivolts)
        {
            using var rig = new Rig();
            rig.Parts.Battery.Millivolts = millivolts;
            Assert.IsInRange(millivolts - 2, millivolts + 2, rig.Board.Battery.Millivolts());
        }

        [TestMethod]
        public void SleepWakesAtATickAndTheClockCountsMicroseconds()
        {
            using var rig = new Rig();
            rig.Parts.Clock.Advance(1_234);
            Assert.AreEqual(1_234, rig.Board.Clock.Microseconds);
            rig.Board.Clock.Sleep(1);
            Assert.AreEqual(10_000, rig.Board.Clock.Microseconds);
            rig.Board.Clock.Sleep(10);
            Assert.AreEqual(20_000, rig.Board.Clock.Microseconds);
            rig.Board.Clock.Sleep(0);
            Assert.IsGreaterThan(20_000L, rig.Board.Clock.Microseconds);
        }

        [TestMethod]
        public void UtcIs1970UntilSetAndThenWholeSeconds()
        {
            using var rig = new Rig();
            rig.Board.Clock.Sleep(1_000);
            Assert.AreEqual(DateTime.UnixEpoch.AddSeconds(1).Ticks, rig.Board.Clock.UtcTicks);
            long utc = new DateTime(2026, 7, 14, 12, 30, 15, 678, DateTimeKind.Utc).Ticks;
            Assert.IsTrue(rig.Board.Clock.SetUtc(utc));
            Assert.AreEqual(utc - utc % TimeSpan.TicksPerSecond, rig.Board.Clock.UtcTicks);
            Assert.AreEqual(1_000_000, rig.Board.Clock.Microseconds, "the monotonic clock does not step");
        }

        [TestMethod]
        public void EntropyComesFromTheSeed()
        {
            Assert.AreEqual(Drawn(1), Drawn(1));
            Assert.AreNotEqual(Drawn(1), Drawn(2));
        }

        [TestMethod]
        public void TheSameSeedGivesTheSameRun()
        {
            Assert.AreEqual(Run(5), Run(5));
            Assert.AreNotEqual(Run(5), Run(6));
        }

        [TestMethod]
        public void WithoutAMachineTheErrorSaysSo()
        {
            InvalidOperationException e = Assert.ThrowsExactly<InvalidOperationException>(() =>
                new Lapel.Hal.Esp32.Esp32Clock().Microseconds.ToString()
            );
            StringAssert.Contains(e.Message, "VirtualMachine.Enter");
        }

        private static string Drawn(int seed)
        {
            using var rig = new Rig(seed: seed);
            var bytes = new byte[16];
            rig.Board.Entropy.Fill(bytes);
            return Convert.ToHexString(bytes);
        }

        private static string Run(int seed)
        {
            using var rig = new Rig(seed: seed);
            rig.Parts.Sensor.Faults.BadCaptureOneIn = 4;
            rig.Board.Card.Mount();
            rig.BeginCamera();
            for (int n = 0; n < 10; n++)
            {
                rig.TakePicture();
            }

            return $"{rig.Parts.Clock.NowUs} {rig.Camera.Retries} {string.Join(' ', rig.Parts.Sensor.Log.Pictures.Select(p => p.Padding))}";
        }
    }
}
