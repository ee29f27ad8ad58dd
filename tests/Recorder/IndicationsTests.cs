// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class IndicationsTests
    {
        private const int Red = (int)Indicator.Red;
        private const int Green = (int)Indicator.Green;
        private const int Vibration = (int)Indicator.Vibration;
        private const int Tone = (int)Indicator.Tone;

        private static FakeIndicators _lamps;
        private static Indications _show;
        private static long _nowMs;
        private static int _steps;
        private static int[] _onMs;

        private static void Make(IndicationProfile profile)
        {
            _lamps = new FakeIndicators();
            _show = new Indications(_lamps, profile);
            _nowMs = 1000;
            Count();
        }

        private static void Count()
        {
            _steps = 0;
            _onMs = new int[4];
            for (int i = 0; i < 4; i++)
            {
                _lamps.Pulses[i] = 0;
            }
        }

        // Steps only when it asked for it, and adds up how long each indicator was on.
        private static void RunFor(int ms)
        {
            long end = _nowMs + ms;
            while (_nowMs < end)
            {
                long next = _show.Step(_nowMs);
                _steps++;
                Assert.IsTrue(next > _nowMs, "asks to be stepped again at once");
                Assert.AreEqual(next, _show.NextDueMs);
                if (next > end)
                {
                    next = end;
                }

                for (int i = 0; i < 4; i++)
                {
                    if (_lamps.On[i])
                    {
                        _onMs[i] += (int)(next - _nowMs);
                    }
                }

                _nowMs = next;
            }
        }

        private static void Expect(string what, int red, int green, int vibration, int tone)
        {
            Assert.AreEqual(red, _onMs[Red], what + ": red");
            Assert.AreEqual(green, _onMs[Green], what + ": green");
            Assert.AreEqual(vibration, _onMs[Vibration], what + ": vibration");
            Assert.AreEqual(tone, _onMs[Tone], what + ": tone");
        }

        [TestMethod]
        public void StatesAsTheStandardProfileHasThem()
        {
            Make(IndicationProfile.Standard);
            RunFor(20000);
            Expect("booting", 20000, 0, 0, 0);
            Assert.AreEqual(1, _steps);
            State(Situation.Recovering);
            Expect("recovering", 20000, 20000, 0, 0);
            State(Situation.Buffering);
            Expect("buffering", 0, 2000, 0, 0);
            State(Situation.Recording);
            Expect("recording", 10000, 0, 0, 0);
            State(Situation.RecordingBlind);
            Expect("recording blind", 10000, 0, 400, 0);
            Assert.AreEqual(80, _lamps.Pulses[Red]);
            State(Situation.Closing);
            Expect("post event", 2000, 0, 0, 0);
            Assert.AreEqual(20, _lamps.Pulses[Red]);
            State(Situation.CardFull);
            Expect("card full", 10000, 0, 0, 450);
            State(Situation.Fault);
            Expect("fault", 10000, 10000, 0, 0);
            State(Situation.RecordingDeaf);
            Expect("recording deaf", 10000, 10000, 400, 0);
        }

        [TestMethod]
        public void DeafIsNoOtherStateAtFirstSight()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.RecordingDeaf);
            for (int i = 0; i < 100; i++)
            {
                RunFor(70);
                Assert.IsTrue(_lamps.On[Red] == _lamps.On[Green], "a fault has them in turn");
            }

            Count();
            RunFor(20000);
            Assert.AreEqual(20, _lamps.Pulses[Red], "recovering has both lit for good");
        }

        [TestMethod]
        public void AFailingLogIsSeenAndFeltEachMinute()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Buffering);
            RunFor(100);
            Count();
            _show.Warn(Situation.LogFailing, true);
            RunFor(119000);
            Assert.AreEqual(4, _lamps.Pulses[Red]);
            Assert.AreEqual(4, _lamps.Pulses[Vibration]);
            _show.Warn(Situation.LogFailing, false);
            Count();
            RunFor(200000);
            Expect("mended", 0, _onMs[Green], 0, 0);
        }

        private static void State(Situation state)
        {
            _show.Show(state);
            Count();
            RunFor(20000);
        }

        [TestMethod]
        public void InAFaultTheLightsAlternate()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Fault);
            for (int i = 0; i < 100; i++)
            {
                RunFor(70);
                Assert.IsTrue(_lamps.On[Red] != _lamps.On[Green]);
            }
        }

        [TestMethod]
        public void SwitchesOnlyOnChanges()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Recording);
            for (int i = 0; i < 1000; i++)
            {
                _show.Step(_nowMs + i * 10);
            }

            Assert.AreEqual(20, _lamps.Sets[Red]);
            Assert.AreEqual(1, _lamps.Sets[Green]);
            Assert.AreEqual(1, _lamps.Sets[Tone]);
        }

        [TestMethod]
        public void AnswersPlayOnceOverTheState()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Buffering);
            RunFor(1000);
            Answer(Situation.Started);
            Expect("started", 0, 1000, 400, 100);
            Answer(Situation.Stopped);
            Expect("stopped", 0, 1000, 750, 500);
            Answer(Situation.Marked);
            Expect("marked", 0, 1000, 100, 100);
            Answer(Situation.Refused);
            Expect("refused", 0, 1000, 320, 800);
            Assert.AreEqual(4, _lamps.Pulses[Vibration]);
            Answer(Situation.Goodbye);
            Expect("goodbye", 1200, 800, 1200, 1200);
            Assert.AreEqual(3, _lamps.Pulses[Vibration]);
            Answer(Situation.HeldOn);
            Expect("held on", 500, 1000, 500, 0);
        }

        private static void Answer(Situation answer)
        {
            _show.Answer(answer);
            Count();
            RunFor(10000);
        }

        [TestMethod]
        public void AnAnswerCutsShortWhatPlays()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Buffering);
            RunFor(1000);
            Count();
            _show.Warn(Situation.BatteryLow, true);
            RunFor(300);
            _show.Answer(Situation.Started);
            _show.Step(_nowMs);
            Assert.IsTrue(_lamps.On[Vibration]);
            RunFor(400);
            _show.Step(_nowMs);
            Assert.IsFalse(_lamps.On[Vibration]);
        }

        [TestMethod]
        public void WarningsRepeat()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Buffering);
            RunFor(1000);
            Count();
            _show.Warn(Situation.BatteryLow, true);
            RunFor(60000);
            Assert.AreEqual(12, _lamps.Pulses[Vibration]);
            Assert.AreEqual(12, _lamps.Pulses[Tone]);
            Count();
            _show.Warn(Situation.ClockUnset, true);
            _show.Warn(Situation.ClockUnset, true);
            RunFor(60000);
            Assert.AreEqual(12 + 15, _lamps.Pulses[Vibration]);
            _show.Warn(Situation.BatteryLow, false);
            _show.Warn(Situation.ClockUnset, false);
            Count();
            RunFor(60000);
            Assert.AreEqual(0, _lamps.Pulses[Vibration]);
        }

        [TestMethod]
        public void RecordingRemindsEveryTwoMinutes()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Recording);
            RunFor(119000);
            Assert.AreEqual(0, _lamps.Pulses[Tone]);
            RunFor(2000);
            Assert.AreEqual(2, _lamps.Pulses[Tone]);
            Assert.AreEqual(2, _lamps.Pulses[Vibration]);
            _show.Show(Situation.RecordingBlind);
            RunFor(120000);
            Assert.AreEqual(4, _lamps.Pulses[Tone]);
            _show.Show(Situation.Closing);
            RunFor(400000);
            Assert.AreEqual(4, _lamps.Pulses[Tone]);
        }

        [TestMethod]
        public void CovertIsDarkAndSilentButFelt()
        {
            Make(IndicationProfile.Covert);
            for (int state = 0; state <= (int)Situation.Fault; state++)
            {
                _show.Show((Situation)state);
                RunFor(20000);
            }

            _show.Show(Situation.Recording);
            Count();
            for (int answer = (int)Situation.Started; answer <= (int)Situation.Refused; answer++)
            {
                _show.Answer((Situation)answer);
                RunFor(5000);
            }

            _show.Warn(Situation.BatteryLow, true);
            RunFor(200000);
            Expect("covert", 0, 0, _onMs[Vibration], 0);
            Assert.IsTrue(_onMs[Vibration] >= 400 + 750 + 100 + 320 + 10 * 320 + 500);
        }

        [TestMethod]
        public void TheProfileCanChangeAmidAPattern()
        {
            Make(IndicationProfile.Standard);
            _show.Show(Situation.Recovering);
            RunFor(1000);
            Assert.IsTrue(_lamps.On[Red] && _lamps.On[Green]);
            _show.Profile = IndicationProfile.Covert;
            _show.Step(_nowMs);
            Assert.IsFalse(_lamps.On[Red] || _lamps.On[Green]);
            Assert.IsTrue(_show.Profile == IndicationProfile.Covert);
        }

        [TestMethod]
        public void RowsOfAnotherKindAreRefused()
        {
            Make(IndicationProfile.Standard);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _show.Show(Situation.Started));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _show.Answer(Situation.Buffering));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _show.Answer(Situation.BatteryLow));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => _show.Warn(Situation.Refused, true));
        }
    }
}
