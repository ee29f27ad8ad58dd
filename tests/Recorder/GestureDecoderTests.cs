// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class GestureDecoderTests
    {
        private static FakeButtons _buttons;
        private static PressLog _log;
        private static GestureDecoder _decoder;
        private static GestureEvent _gesture;

        private static void Make()
        {
            _buttons = new FakeButtons();
            _log = new PressLog(PressLog.DefaultCapacity);
            _decoder = new GestureDecoder(_buttons, _log);
            _gesture = new GestureEvent();
        }

        private static void Press(Button button, int downMs, int upMs)
        {
            _buttons.Edge(button, true, downMs * 1000L);
            _buttons.Edge(button, false, upMs * 1000L);
        }

        private static bool Take(int nowMs)
        {
            _decoder.Step(nowMs * 1000L);
            return _decoder.TryTake(_gesture);
        }

        private static void Expect(int nowMs, GestureKind kind, Button button, int pressMs, int durationMs)
        {
            Assert.IsTrue(Take(nowMs), "no gesture at " + nowMs);
            Assert.AreEqual((int)kind, (int)_gesture.Kind, "kind");
            Assert.AreEqual((int)button, (int)_gesture.Button, "button");
            Assert.AreEqual(pressMs * 1000L, _gesture.PressUs, "press time");
            Assert.AreEqual(durationMs, _gesture.DurationMs, "duration");
        }

        [TestMethod]
        public void ATapIsToldWhenNoSecondPressFollows()
        {
            Make();
            Press(Button.Record, 1000, 1200);
            Assert.IsFalse(Take(1300));
            Assert.AreEqual(1700000L, _decoder.NextDueUs);
            Assert.IsFalse(Take(1699));
            Expect(1700, GestureKind.Tap, Button.Record, 1000, 200);
            Assert.IsFalse(Take(10000));
            Assert.AreEqual(long.MaxValue, _decoder.NextDueUs);
            Assert.AreEqual((int)PressMeaning.Tap, (int)_log.MeaningAt(0));
        }

        [TestMethod]
        public void ATapDuringACardStallIsNotLost()
        {
            Make();
            _decoder.TapAtOnce = true;
            Assert.IsFalse(Take(1000));
            _buttons.Edge(Button.Record, true, 1100000);
            _buttons.Edge(Button.Record, false, 1160000);
            Expect(1301, GestureKind.Tap, Button.Record, 1100, 60);
            Assert.IsFalse(Take(9000));
            Assert.AreEqual(1, _log.Count);
            Assert.AreEqual(0, _decoder.Glitches);
        }

        [TestMethod]
        public void EdgesThatWereEarlierThanTheySaidMakeTheSamePress()
        {
            Make();
            _decoder.TapAtOnce = true;
            _buttons.Edge(Button.Record, true, 603000);
            Assert.IsFalse(Take(604));
            _buttons.Edge(Button.Record, false, 606000, 195000);
            Expect(630, GestureKind.Tap, Button.Record, 408, 198);
            Assert.AreEqual(408, (int)_log.DownMsAt(0));
            Assert.AreEqual(198, _log.DurationMsAt(0));
        }

        [TestMethod]
        public void NoiseIsNoTap()
        {
            Make();
            _decoder.TapAtOnce = true;
            Assert.IsFalse(Take(1299));
            _buttons.Edge(Button.Record, true, 1300000);
            _buttons.Edge(Button.Record, false, 1300050);
            Assert.IsFalse(Take(1301));
            Assert.IsFalse(Take(9000));
            Assert.AreEqual(1, _decoder.Glitches);
        }

        [TestMethod]
        public void ATapIsToldAtOnceWhenAskedFor()
        {
            Make();
            _decoder.TapAtOnce = true;
            Press(Button.Record, 1000, 1200);
            Assert.IsFalse(Take(1219));
            Expect(1220, GestureKind.Tap, Button.Record, 1000, 200);
            Press(Button.Record, 1400, 1500);
            Expect(1520, GestureKind.Tap, Button.Record, 1400, 100);
            _buttons.Edge(Button.Record, true, 1600000);
            Expect(4600, GestureKind.Hold, Button.Record, 1600, 3000);
        }

        [TestMethod]
        public void ADoublePressIsToldWithItsSecondPress()
        {
            Make();
            Press(Button.Record, 1000, 1150);
            Assert.IsFalse(Take(1160));
            _buttons.Edge(Button.Record, true, 1600000);
            Expect(1620, GestureKind.DoublePress, Button.Record, 1000, 600);
            // The second press has its meaning: it is neither a hold nor a tap.
            Assert.IsFalse(Take(6000));
            _buttons.Edge(Button.Record, false, 6000000);
            Assert.IsFalse(Take(9000));
            Assert.AreEqual(2, _log.Count);
            Assert.AreEqual((int)PressMeaning.DoublePress, (int)_log.MeaningAt(0));
            Assert.AreEqual((int)PressMeaning.DoublePress, (int)_log.MeaningAt(1));
            Assert.AreEqual(4400, _log.DurationMsAt(1));
        }

        [TestMethod]
        public void TheSecondPressMustBeginWithinHalfASecond()
        {
            Make();
            Press(Button.Record, 1000, 1100);
            Press(Button.Record, 1599, 1700);
            Expect(1800, GestureKind.DoublePress, Button.Record, 1000, 599);
            Assert.IsFalse(Take(3000));
            Press(Button.Record, 4000, 4100);
            Press(Button.Record, 4600, 4700);
            Expect(5300, GestureKind.Tap, Button.Record, 4000, 100);
            Expect(5300, GestureKind.Tap, Button.Record, 4600, 100);
            Assert.IsFalse(Take(9000));
        }

        [TestMethod]
        public void AThirdPressStandsAlone()
        {
            Make();
            Press(Button.Record, 1000, 1100);
            Press(Button.Record, 1200, 1300);
            Press(Button.Record, 1400, 1500);
            Expect(2100, GestureKind.DoublePress, Button.Record, 1000, 200);
            Expect(2100, GestureKind.Tap, Button.Record, 1400, 100);
        }

        [TestMethod]
        public void AHoldIsToldWhileStillHeldAndOnce()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            Assert.IsFalse(Take(3999));
            Assert.AreEqual(4000000L, _decoder.NextDueUs);
            Expect(4000, GestureKind.Hold, Button.Record, 1000, 3000);
            Assert.IsFalse(Take(8000));
            _buttons.Edge(Button.Record, false, 8000000);
            Assert.IsFalse(Take(9000));
            Assert.AreEqual((int)PressMeaning.Hold, (int)_log.MeaningAt(0));
            Assert.AreEqual(7000, _log.DurationMsAt(0));
        }

        [TestMethod]
        public void JustUnderThreeSecondsIsNoHold()
        {
            Make();
            Press(Button.Record, 1000, 3999);
            Assert.IsFalse(Take(9000));
            Assert.AreEqual((int)PressMeaning.None, (int)_log.MeaningAt(0));
            Assert.AreEqual(2999, _log.DurationMsAt(0));
        }

        [TestMethod]
        public void JustUnderASecondIsATap()
        {
            Make();
            Press(Button.Record, 1000, 1999);
            Expect(5000, GestureKind.Tap, Button.Record, 1000, 999);
            Press(Button.Record, 6000, 7000);
            Assert.IsFalse(Take(9000));
        }

        [TestMethod]
        public void ASlowFirstPressStillBeginsADoublePress()
        {
            Make();
            Press(Button.Record, 1000, 2500);
            Press(Button.Record, 2800, 2900);
            Expect(3000, GestureKind.DoublePress, Button.Record, 1000, 1800);
        }

        [TestMethod]
        public void ALateLoopDecodesTheSame()
        {
            Make();
            Press(Button.Record, 1000, 4200);
            Press(Button.Record, 5000, 5100);
            Press(Button.Record, 5300, 5400);
            Press(Button.Record, 7000, 7100);
            // All in the queue before the first look.
            Expect(20000, GestureKind.Hold, Button.Record, 1000, 3000);
            Expect(20000, GestureKind.DoublePress, Button.Record, 5000, 300);
            Expect(20000, GestureKind.Tap, Button.Record, 7000, 100);
            Assert.IsFalse(Take(20000));
        }

        [TestMethod]
        public void BouncesOfBothEdgesAreOnePress()
        {
            Make();
            for (int i = 0; i < 5; i++)
            {
                _buttons.Edge(Button.Record, i % 2 == 0, 1000000 + i * 3000);
            }

            for (int i = 0; i < 5; i++)
            {
                _buttons.Edge(Button.Record, i % 2 != 0, 1200000 + i * 3000);
            }

            Expect(2000, GestureKind.Tap, Button.Record, 1000, 200);
            Assert.AreEqual(1, _log.Count);
            Assert.AreEqual(0, _decoder.Glitches);
        }

        [TestMethod]
        public void ASpikeIsNoPress()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            _buttons.Edge(Button.Record, false, 1001000);
            _buttons.Edge(Button.Record, true, 1200000);
            _buttons.Edge(Button.Record, false, 1202000);
            Assert.IsFalse(Take(5000));
            Assert.AreEqual(2, _decoder.Glitches);
            Assert.AreEqual(0, _log.Count);
        }

        [TestMethod]
        public void ASpikeAmidAHoldDoesNotEndIt()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            _buttons.Edge(Button.Record, false, 3990000);
            _buttons.Edge(Button.Record, true, 3995000);
            Assert.IsFalse(Take(4001));
            Expect(4015, GestureKind.Hold, Button.Record, 1000, 3000);
        }

        [TestMethod]
        public void TheEventButtonActsAtOnce()
        {
            Make();
            _buttons.Edge(Button.Event, true, 1000000);
            Assert.IsFalse(Take(1019));
            Expect(1020, GestureKind.Tap, Button.Event, 1000, 0);
            Expect(4000, GestureKind.Hold, Button.Event, 1000, 3000);
            _buttons.Edge(Button.Event, false, 5000000);
            Press(Button.Event, 5100, 5200);
            Expect(6000, GestureKind.Tap, Button.Event, 5100, 0);
            Assert.IsFalse(Take(9000));
            Assert.AreEqual(4000, _log.DurationMsAt(0));
        }

        [TestMethod]
        public void TheButtonsAreIndependent()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            Press(Button.Event, 1100, 1200);
            _buttons.Edge(Button.Record, false, 1300000);
            Expect(3000, GestureKind.Tap, Button.Event, 1100, 0);
            Expect(3000, GestureKind.Tap, Button.Record, 1000, 300);
            Assert.AreEqual(2, _log.Count);
            Assert.AreEqual((int)Button.Record, (int)_log.ButtonAt(0));
            Assert.AreEqual((int)Button.Event, (int)_log.ButtonAt(1));
            Assert.AreEqual(1100L, _log.DownMsAt(1));
        }

        [TestMethod]
        public void ALostReleaseIsNoHold()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            Assert.IsFalse(Take(1100));
            _buttons.Levels[0] = false;
            Assert.IsFalse(Take(4500));
            Assert.AreEqual(1, _decoder.MadeUp);
            Assert.IsFalse(Take(9000));
            Press(Button.Record, 10000, 10100);
            Expect(11000, GestureKind.Tap, Button.Record, 10000, 100);
        }

        [TestMethod]
        public void AnOverrunIsMadeGood()
        {
            Make();
            _buttons.Edge(Button.Record, true, 1000000);
            Assert.IsFalse(Take(1100));
            _buttons.Levels[0] = false;
            _buttons.Lost = 1;
            Assert.IsFalse(Take(1500));
            Assert.AreEqual(1, _decoder.MadeUp);
            Assert.IsFalse(Take(1530));
            Assert.AreEqual(500, _log.DurationMsAt(0));
        }

        [TestMethod]
        public void ThePressLogKeepsTheLatest()
        {
            PressLog log = new PressLog(4);
            int first = log.Down(Button.Record, 100);
            for (int i = 0; i < 4; i++)
            {
                log.Down(Button.Event, 200 + i);
            }

            log.Up(first, 50);
            log.Mean(first, PressMeaning.Tap);
            Assert.AreEqual(4, log.Count);
            Assert.AreEqual(1, log.Lost);
            Assert.AreEqual(200L, log.DownMsAt(0));
            Assert.AreEqual(PressLog.StillDown, log.DurationMsAt(0));
            log.Restart(202);
            Assert.AreEqual(2, log.Count);
            Assert.AreEqual(0, log.Lost);
            Assert.AreEqual(202L, log.DownMsAt(0));
            log.Restart(1000);
            Assert.AreEqual(0, log.Count);
        }
    }
}
