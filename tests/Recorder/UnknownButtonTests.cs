// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Recorder.Tests
{
    /// <summary>A button that nobody gave a meaning does nothing: it is taken neither for the record nor for the event button.</summary>
    [TestClass]
    public class UnknownButtonTests
    {
        private const Button Third = (Button)2;

        [TestMethod]
        public void ItsEdgesAreNoPressOfAnother()
        {
            FakeButtons buttons = new FakeButtons();
            PressLog log = new PressLog(PressLog.DefaultCapacity);
            GestureDecoder decoder = new GestureDecoder(buttons, log);
            GestureEvent gesture = new GestureEvent();
            buttons.Edge(Third, true, 100000);
            buttons.Edge(Third, false, 200000);
            decoder.Step(5000000);
            Assert.IsFalse(decoder.TryTake(gesture));
            Assert.IsFalse(log.HasUnentered);
            buttons.Edge(Button.Event, true, 5100000);
            decoder.Step(5200000);
            Assert.IsTrue(decoder.TryTake(gesture), "the event button works all the same");
            Assert.AreEqual((int)Button.Event, (int)gesture.Button);
        }

        [TestMethod]
        public void ItsGesturesAskForNothing()
        {
            StateMachine machine = new StateMachine(true);
            RecorderAction action = new RecorderAction();
            machine.BootDone(0);
            GestureEvent gesture = new GestureEvent();
            gesture.Button = Third;
            for (int kind = (int)GestureKind.Tap; kind <= (int)GestureKind.Hold; kind++)
            {
                gesture.Kind = (GestureKind)kind;
                machine.Gesture(gesture);
                Assert.IsFalse(machine.TryTake(action), "gesture " + kind.ToString());
                Assert.AreEqual((int)RecorderState.Buffering, (int)machine.State);
            }
        }
    }
}
