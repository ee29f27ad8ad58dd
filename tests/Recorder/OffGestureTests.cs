// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class OffGestureTests
    {
        private const int LookMs = 250;

        private static FakeButtons _buttons;
        private static GestureDecoder _decoder;
        private static StateMachine _machine;
        private static OffGesture _off;
        private static GestureEvent _gesture;
        private static RecorderAction _action;
        private static long _stopPressUs;
        private static bool _isOff;

        private static void Make()
        {
            _buttons = new FakeButtons();
            _decoder = new GestureDecoder(_buttons, new PressLog(PressLog.DefaultCapacity));
            _machine = new StateMachine(false);
            _off = new OffGesture(_decoder);
            _gesture = new GestureEvent();
            _action = new RecorderAction();
            _stopPressUs = -1;
            _isOff = false;
            _machine.BootDone(1);
        }

        private static bool Rests
        {
            get { return _machine.State == RecorderState.Buffering && !_machine.HasAction; }
        }

        // As the camera's loop does: gestures at each turn, the hold a few times a second.
        private static void Step(int nowMs, bool isOtherDown)
        {
            _decoder.TapAtOnce = _machine.State == RecorderState.Recording;
            _decoder.Step(nowMs * 1000L);
            while (_decoder.TryTake(_gesture))
            {
                bool rested = Rests;
                _machine.Gesture(_gesture);
                _off.Begins(_gesture, rested);
                while (_machine.TryTake(_action))
                {
                    if (_action.Kind == RecorderActionKind.StopRecording)
                    {
                        _stopPressUs = _gesture.PressUs;
                        _machine.RecordingClosed(nowMs * 1000L);
                    }
                }
            }

            if (nowMs % LookMs == 0 && _off.IsAsked(Rests, isOtherDown, nowMs * 1000L))
            {
                _isOff = true;
            }
        }

        private static void Hold(int fromMs, int toMs)
        {
            _buttons.Edge(Button.Record, true, fromMs * 1000L);
            for (int ms = fromMs; ms < toMs; ms += 10)
            {
                Step(ms, false);
            }

            _buttons.Edge(Button.Record, false, toMs * 1000L);
            for (int ms = toMs; ms < toMs + 1000; ms += 10)
            {
                Step(ms, false);
            }
        }

        [TestMethod]
        public void SixSecondsSwitchOff()
        {
            Make();
            Hold(1000, 6900);
            Assert.IsFalse(_isOff, "5.9 s");
            Hold(10000, 16400);
            Assert.IsTrue(_isOff);
        }

        [TestMethod]
        public void TheHoldThatStopsSwitchesNothingOffHoweverLong()
        {
            Make();
            Hold(1000, 1100);
            Hold(1400, 1500);
            _machine.Gesture(Start());
            while (_machine.TryTake(_action)) { }

            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Hold(10000, 40000);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State);
            Assert.IsFalse(_isOff);
            Hold(50000, 56400);
            Assert.IsTrue(_isOff, "a second gesture");
        }

        private static GestureEvent Start()
        {
            GestureEvent gesture = new GestureEvent();
            gesture.Kind = GestureKind.DoublePress;
            gesture.Button = Button.Record;
            return gesture;
        }

        [TestMethod]
        public void NoTrainOfPressesSwitchesARecordingOffWithoutASecondGesture()
        {
            Random random = new Random(11);
            int offs = 0;
            int stops = 0;
            for (int train = 0; train < 300; train++)
            {
                Make();
                int changeMs = 500;
                bool down = false;
                for (int ms = 0; ms < 60000 && !_isOff; ms += 10)
                {
                    if (ms >= changeMs)
                    {
                        down = !down;
                        _buttons.Edge(Button.Record, down, ms * 1000L);
                        changeMs = ms + Next(random, down);
                    }

                    bool recorded = _machine.State == RecorderState.Recording;
                    long stopUs = _stopPressUs;
                    Step(ms, false);
                    stops += _stopPressUs != stopUs ? 1 : 0;
                    if (_isOff)
                    {
                        offs++;
                        Assert.IsFalse(recorded, "train " + train);
                        Assert.IsTrue(down, "nobody holds it: train " + train);
                        Assert.IsFalse(_decoder.IsHeldSince(_stopPressUs), "the hold that stopped: train " + train);
                    }
                }
            }

            Assert.IsTrue(offs > 20 && stops > 20, offs + " offs, " + stops + " stops");
        }

        // Taps, double presses, holds of every length, chatter.
        private static int Next(Random random, bool down)
        {
            switch (random.Next(4))
            {
                case 0:
                    return 10;
                case 1:
                    return 60 + random.Next(200);
                case 2:
                    return down ? 2800 + random.Next(7000) : 200 + random.Next(400);
                default:
                    return 100 + random.Next(2000);
            }
        }
    }
}
