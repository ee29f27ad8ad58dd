// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    [TestClass]
    public class StateMachineTests
    {
        private const long Now = 77000;
        private const int Inputs = 11;

        private static StateMachine _machine;
        private static RecorderAction _action;

        // What each state answers to each input, written from the officer's point of view: "state it is in then" + "action asked for".
        // Columns: BootDone, Start, Stop, Mark, CardFull, CardOk, SensorFailed, StorageFailed, FaultsCleared, RecordingClosed,
        // BatteryEmpty.
        private static readonly string[] Expected =
        {
            "Bu- Bo- Bo- Bo- Bo- Bo- Bo- Bo- Bo- Bo- Bo-",
            "Bu- ReB Bu- Bu- Ca- Bu- Fa- Fa- Bu- Bu- Fa-",
            "Re- ReM PoE ReM PoE Re- Re- PoE Re- Bu- PoE",
            "Po- Po- Po- Po- Po- Po- Po- Po- Po- Bu- Po-",
            "Ca- CaC Ca- Ca- Ca- Bu- Fa- Fa- Ca- Ca- Fa-",
            "Fa- FaF Fa- Fa- Fa- Fa- Fa- Fa- Bu- Fa- Fa-",
        };

        private static string Name(RecorderState state)
        {
            switch (state)
            {
                case RecorderState.Booting:
                    return "Bo";
                case RecorderState.Buffering:
                    return "Bu";
                case RecorderState.Recording:
                    return "Re";
                case RecorderState.Closing:
                    return "Po";
                case RecorderState.CardFull:
                    return "Ca";
                default:
                    return "Fa";
            }
        }

        private static string Name(RecorderActionKind kind)
        {
            return "-BEMCF".Substring((int)kind, 1);
        }

        private static void Gesture(GestureKind kind, Button button, long pressUs)
        {
            GestureEvent gesture = new GestureEvent();
            gesture.Kind = kind;
            gesture.Button = button;
            gesture.PressUs = pressUs;
            _machine.Gesture(gesture);
        }

        private static void Start(long pressUs)
        {
            Gesture(GestureKind.DoublePress, Button.Record, pressUs);
        }

        private static void Stop(long pressUs)
        {
            Gesture(GestureKind.Hold, Button.Record, pressUs);
        }

        private static void Make(RecorderState state)
        {
            _action = new RecorderAction();
            _machine = new StateMachine(false);
            if (state != RecorderState.Booting)
            {
                _machine.BootDone(1);
            }

            if (state == RecorderState.Recording || state == RecorderState.Closing)
            {
                Start(2);
            }

            if (state == RecorderState.Closing)
            {
                Stop(3);
            }

            if (state == RecorderState.CardFull)
            {
                _machine.CardFull(4);
            }

            if (state == RecorderState.Fault)
            {
                _machine.RaiseFault(RecorderFaults.CardAbsent, 5);
            }

            Assert.AreEqual((int)state, (int)_machine.State);
            while (_machine.TryTake(_action)) { }
        }

        private static void Apply(RecorderInput input)
        {
            switch (input)
            {
                case RecorderInput.BootDone:
                    _machine.BootDone(Now);
                    break;
                case RecorderInput.Start:
                    Start(Now);
                    break;
                case RecorderInput.Stop:
                    Stop(Now);
                    break;
                case RecorderInput.Mark:
                    Gesture(GestureKind.Tap, Button.Record, Now);
                    break;
                case RecorderInput.CardFull:
                    _machine.CardFull(Now);
                    break;
                case RecorderInput.CardOk:
                    _machine.CardOk(Now);
                    break;
                case RecorderInput.SensorFailed:
                    _machine.RaiseFault(RecorderFaults.Sensor, Now);
                    break;
                case RecorderInput.StorageFailed:
                    _machine.RaiseFault(RecorderFaults.Storage, Now);
                    break;
                case RecorderInput.FaultsCleared:
                    _machine.ClearFault(RecorderFaults.Sensor | RecorderFaults.CardAbsent | RecorderFaults.Storage, Now);
                    break;
                case RecorderInput.RecordingClosed:
                    _machine.RecordingClosed(Now);
                    break;
                case RecorderInput.BatteryEmpty:
                    _machine.BatteryEmpty(Now);
                    break;
            }
        }

        [TestMethod]
        public void EveryStateAnswersEveryInput()
        {
            for (int state = 0; state < 6; state++)
            {
                for (int input = 0; input < Inputs; input++)
                {
                    Make((RecorderState)state);
                    Apply((RecorderInput)input);
                    RecorderActionKind kind = RecorderActionKind.None;
                    if (_machine.TryTake(_action))
                    {
                        kind = _action.Kind;
                        Assert.AreEqual(Now, _action.AtUs);
                        Assert.IsFalse(_machine.TryTake(_action), "two actions for one input");
                    }

                    Assert.AreEqual(
                        Expected[state].Substring(input * 4, 3),
                        Name(_machine.State) + Name(kind),
                        "state " + state + ", input " + input
                    );
                }
            }
        }

        [TestMethod]
        public void EveryThreeInputsLeaveAStateThatItsConditionsAllow()
        {
            for (int state = 0; state < 6; state++)
            {
                for (int pair = 0; pair < Inputs * Inputs * Inputs; pair++)
                {
                    Make((RecorderState)state);
                    bool closedByItself = false;
                    for (int place = Inputs * Inputs; place > 0; place /= Inputs)
                    {
                        RecorderInput input = (RecorderInput)(pair / place % Inputs);
                        closedByItself |= input == RecorderInput.RecordingClosed && _machine.State == RecorderState.Recording;
                        Apply(input);
                    }

                    string what = "state " + state + ", inputs " + pair;
                    switch (_machine.State)
                    {
                        case RecorderState.Buffering:
                            Assert.IsTrue(_machine.Faults == RecorderFaults.None && !_machine.IsCardFull, what);
                            break;
                        case RecorderState.Recording:
                            Assert.IsTrue((_machine.Faults & ~RecorderFaults.Sensor) == RecorderFaults.None && !_machine.IsCardFull, what);
                            break;
                        case RecorderState.CardFull:
                            Assert.IsTrue(_machine.Faults == RecorderFaults.None && _machine.IsCardFull, what);
                            break;
                        case RecorderState.Fault:
                            Assert.IsTrue(_machine.Faults != RecorderFaults.None, what);
                            break;
                    }

                    // Starts and stops alternate.
                    bool recording = state == (int)RecorderState.Recording;
                    while (_machine.TryTake(_action))
                    {
                        if (_action.Kind == RecorderActionKind.StartRecording)
                        {
                            Assert.IsTrue(closedByItself || !recording, "started twice: " + what);
                            recording = true;
                        }
                        else if (_action.Kind == RecorderActionKind.StopRecording)
                        {
                            Assert.IsTrue(recording, "stopped what did not run: " + what);
                            recording = false;
                        }
                        else if (_action.Kind == RecorderActionKind.Mark)
                        {
                            Assert.IsTrue(recording, "marked nothing: " + what);
                        }
                    }

                    Assert.IsTrue(closedByItself || recording == (_machine.State == RecorderState.Recording), what);
                }
            }
        }

        [TestMethod]
        public void AStartWhileTheFormerRecordingClosesIsRemembered()
        {
            Make(RecorderState.Closing);
            Start(5000);
            Start(6000);
            Assert.IsTrue(_machine.StartKept);
            Assert.IsFalse(_machine.TryTake(_action));
            _machine.RecordingClosed(9000);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.StartRecording, (int)_action.Kind);
            Assert.AreEqual(5000L, _action.AtUs);
            Assert.IsFalse(_machine.StartKept);
        }

        [TestMethod]
        public void AHoldWithdrawsTheRememberedStart()
        {
            Make(RecorderState.Closing);
            Start(5000);
            Stop(6000);
            _machine.RecordingClosed(9000);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State);
            Assert.IsFalse(_machine.TryTake(_action));
        }

        [TestMethod]
        public void ARememberedStartThatCannotBeIsRefused()
        {
            Make(RecorderState.Closing);
            Start(5000);
            _machine.CardFull(6000);
            _machine.RecordingClosed(9000);
            Assert.AreEqual((int)RecorderState.CardFull, (int)_machine.State);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.RefuseCardFull, (int)_action.Kind);
            Assert.AreEqual(5000L, _action.AtUs);
            _machine.CardOk(10000);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State, "a refused start does not come back");
        }

        [TestMethod]
        public void AStartDuringBootIsRemembered()
        {
            Make(RecorderState.Booting);
            Start(500);
            _machine.BootDone(1000);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual(500L, _action.AtUs);
            Make(RecorderState.Booting);
            Start(500);
            _machine.RaiseFault(RecorderFaults.Sensor, 600);
            _machine.BootDone(1000);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.RefuseFault, (int)_action.Kind);
        }

        [TestMethod]
        public void ARecordingGoesOnWithoutItsSensor()
        {
            Make(RecorderState.Recording);
            _machine.RaiseFault(RecorderFaults.Sensor, Now);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Assert.AreEqual((int)RecorderFaults.Sensor, (int)_machine.Faults);
            Stop(Now);
            _machine.RecordingClosed(Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
            _machine.ClearFault(RecorderFaults.Sensor, Now);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State);
        }

        [TestMethod]
        public void AnEmptyBatteryEndsTheRecordingAndStaysEmpty()
        {
            Make(RecorderState.Recording);
            _machine.BatteryEmpty(Now);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)StopReason.BatteryEmpty, (int)_action.Reason);
            _machine.BatteryEmpty(Now);
            Assert.IsFalse(_machine.TryTake(_action), "said once");
            _machine.RecordingClosed(Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
            _machine.BeginAnew(true, Now);
            _machine.BootDone(Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State, "a card begun anew mends no battery");
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.RefuseFault, (int)_action.Kind);
        }

        [TestMethod]
        public void ARecordingGoesOnWithoutButtonsAndABufferingCameraCannotRecord()
        {
            Make(RecorderState.Recording);
            _machine.RaiseFault(RecorderFaults.Buttons, Now);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Make(RecorderState.Buffering);
            _machine.RaiseFault(RecorderFaults.Buttons, Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
            _machine.ClearFault(RecorderFaults.Buttons, Now);
            Start(Now);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
        }

        [TestMethod]
        public void AStopSaysWhy()
        {
            Make(RecorderState.Recording);
            Stop(Now);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)StopReason.Pressed, (int)_action.Reason);
            Make(RecorderState.Recording);
            _machine.CardFull(Now);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)StopReason.CardFull, (int)_action.Reason);
            _machine.RecordingClosed(Now);
            Assert.AreEqual((int)RecorderState.CardFull, (int)_machine.State);
            Make(RecorderState.Recording);
            _machine.RaiseFault(RecorderFaults.CardAbsent | RecorderFaults.Storage, Now);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)StopReason.StorageFailed, (int)_action.Reason);
            Assert.IsFalse(_machine.TryTake(_action));
            _machine.RecordingClosed(Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
        }

        [TestMethod]
        public void AFaultEndsWithTheLastOfThem()
        {
            Make(RecorderState.Buffering);
            _machine.RaiseFault(RecorderFaults.Sensor, Now);
            _machine.RaiseFault(RecorderFaults.CardAbsent, Now);
            _machine.CardFull(Now);
            _machine.ClearFault(RecorderFaults.Sensor, Now);
            Assert.AreEqual((int)RecorderState.Fault, (int)_machine.State);
            _machine.ClearFault(RecorderFaults.CardAbsent, Now);
            Assert.AreEqual((int)RecorderState.CardFull, (int)_machine.State);
        }

        [TestMethod]
        public void TheEventButtonMarksAndStartsWhenConfigured()
        {
            Make(RecorderState.Buffering);
            Gesture(GestureKind.Tap, Button.Event, Now);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State);
            _machine.EventStarts = true;
            Gesture(GestureKind.Hold, Button.Event, Now);
            Assert.AreEqual((int)RecorderState.Buffering, (int)_machine.State);
            Gesture(GestureKind.Tap, Button.Event, Now);
            Assert.AreEqual((int)RecorderState.Recording, (int)_machine.State);
            Assert.IsTrue(_machine.TryTake(_action));
            Gesture(GestureKind.Tap, Button.Event, Now + 1);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.Mark, (int)_action.Kind);
            Assert.AreEqual(Now + 1, _action.AtUs);
            _machine.EventStarts = false;
            Gesture(GestureKind.Tap, Button.Event, Now + 2);
            Assert.IsTrue(_machine.TryTake(_action));
            Assert.AreEqual((int)RecorderActionKind.Mark, (int)_action.Kind);
        }

        [TestMethod]
        public void AFloodOfMarksDoesNotLoseTheStop()
        {
            Make(RecorderState.Recording);
            for (int i = 0; i < 30; i++)
            {
                Apply(RecorderInput.Mark);
            }

            Stop(Now);
            Assert.AreEqual(16, _machine.LostActions);
            int marks = 0;
            bool stopped = false;
            while (_machine.TryTake(_action))
            {
                marks += _action.Kind == RecorderActionKind.Mark ? 1 : 0;
                stopped = _action.Kind == RecorderActionKind.StopRecording;
            }

            Assert.AreEqual(14, marks);
            Assert.IsTrue(stopped);
        }
    }
}
