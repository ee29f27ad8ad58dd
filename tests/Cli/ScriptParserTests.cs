// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class ScriptParserTests
    {
        [TestMethod]
        public void Comments_margins_and_empty_lines_are_nothing()
        {
            IReadOnlyList<ScriptCommand> script = ScriptParser.Parse("# head\r\n\n  wait   40s  # fill\n\tquit\n");
            Assert.HasCount(2, script);
            Assert.AreEqual(new WaitCommand(3, "wait   40s", 40_000_000), script[0]);
            Assert.AreEqual(new QuitCommand(4, "quit"), script[1]);
        }

        [TestMethod]
        [DataRow("250ms", 250_000L)]
        [DataRow("3.2s", 3_200_000L)]
        [DataRow("2min", 120_000_000L)]
        [DataRow("12h", 43_200_000_000L)]
        [DataRow("0.5h", 1_800_000_000L)]
        public void Durations(string text, long us)
        {
            Assert.AreEqual(us, ((WaitCommand)ScriptParser.Parse("wait " + text)[0]).DurationUs);
        }

        [TestMethod]
        public void Gestures_name_button_and_durations()
        {
            var press = (GestureCommand)ScriptParser.Parse("press record")[0];
            Assert.AreEqual(Button.Record, press.Button);
            CollectionAssert.AreEqual(new[] { true, false }, press.Gesture.Select(part => part.Down).ToArray());
            var twice = (GestureCommand)ScriptParser.Parse("double event")[0];
            Assert.AreEqual(Button.Event, twice.Button);
            CollectionAssert.AreEqual(new[] { true, false, true, false }, twice.Gesture.Select(part => part.Down).ToArray());
            var hold = (GestureCommand)ScriptParser.Parse("hold record 3.2s")[0];
            Assert.AreEqual(3_200_000L, hold.Gesture[0].DurationUs);
        }

        [TestMethod]
        public void Acts_reach_the_camera()
        {
            var engine = new FakeEngine();
            foreach (
                ScriptCommand command in ScriptParser.Parse(
                    "card pull\ncard insert\nsensor off\nsensor on\nbattery 3500mV\nclock set 2026-11-23T20:00:00Z\ncut power\nboot"
                )
            )
            {
                ((ActCommand)command).Act(engine);
            }

            CollectionAssert.AreEqual(
                new[]
                {
                    "0 pull",
                    "0 insert",
                    "0 sensor False",
                    "0 sensor True",
                    "0 battery 3500",
                    "0 clock 2026-11-23T20:00:00.0000000Z",
                    "0 cut",
                    "0 boot",
                },
                engine.Log
            );
        }

        [TestMethod]
        [DataRow("frames >= 100", 100, true)]
        [DataRow("frames >= 100", 99, false)]
        [DataRow("frames <= 100", 100, true)]
        [DataRow("frames <= 100", 101, false)]
        [DataRow("frames == 100", 100, true)]
        [DataRow("frames == 100", 101, false)]
        public void Comparisons(string text, int frames, bool holds)
        {
            var expect = (ExpectCommand)ScriptParser.Parse("expect " + text)[0];
            var status = new CameraStatus { Frames = frames };
            Assert.AreEqual(holds, expect.Holds(status));
            Assert.AreEqual($"frames is {frames}", expect.Found(status));
        }

        [TestMethod]
        public void Every_figure_reads_its_own_field()
        {
            var status = new CameraStatus
            {
                Frames = 1,
                Drops = 2,
                Recordings = 3,
                Markers = 4,
                SlotsFree = 5,
                BatteryMillivolts = 6,
                PreEventSeconds = 7.5,
            };
            string[] lines =
            {
                "frames == 1",
                "drops == 2",
                "recordings == 3",
                "markers == 4",
                "slots == 5",
                "battery == 6",
                "pre-event == 7.5",
            };
            foreach (string line in lines)
            {
                Assert.IsTrue(((ExpectCommand)ScriptParser.Parse("expect " + line)[0]).Holds(status), line);
            }

            CollectionAssert.AreEqual(
                lines.Select(line => line.Split(' ')[0]).ToArray(),
                StatusFigure.All.Select(figure => figure.Name).ToArray()
            );
        }

        [TestMethod]
        public void Every_state_has_one_name()
        {
            foreach (OperatingState state in Enum.GetValues<OperatingState>())
            {
                var expect = (ExpectCommand)ScriptParser.Parse("expect state " + state.Name())[0];
                Assert.IsTrue(expect.Holds(new CameraStatus { State = state }));
                Assert.IsFalse(
                    expect.Holds(new CameraStatus { State = state == OperatingState.Off ? OperatingState.Fault : OperatingState.Off })
                );
                Assert.AreEqual("state is " + state.Name(), expect.Found(new CameraStatus { State = state }));
            }
        }

        [TestMethod]
        [DataRow("", 1, "the script has no command")]
        [DataRow("# nothing\n", 1, "the script has no command")]
        [DataRow("wait 1s\nsleep 3s", 2, "unknown command 'sleep'")]
        [DataRow("Wait 1s", 1, "unknown command 'Wait'")]
        [DataRow("wait", 1, "'wait' is not complete")]
        [DataRow("wait 1s 2s", 1, "'2s' is one word too many")]
        [DataRow("wait 40", 1, "'40' is not a duration")]
        [DataRow("wait 1.s", 1, "'1.s' is not a duration")]
        [DataRow("wait 1,5s", 1, "'1,5s' is not a duration")]
        [DataRow("wait -1s", 1, "'-1s' is not a duration")]
        [DataRow("wait 1e3s", 1, "'1e3s' is not a duration")]
        [DataRow("wait ٣s", 1, "'٣s' is not a duration")]
        [DataRow("wait 0s", 1, "'0s' takes no time")]
        [DataRow("wait 999h", 1, "'999h' is longer than 168 h")]
        [DataRow("wait 99999999999999999999999h", 1, "is longer than 168 h")]
        [DataRow("press", 1, "'press' is not complete")]
        [DataRow("press mute", 1, "unknown button 'mute'")]
        [DataRow("press record 2s", 1, "'2s' is one word too many")]
        [DataRow("double Record", 1, "unknown button 'Record'")]
        [DataRow("hold record", 1, "'hold record' is not complete")]
        [DataRow("hold record long", 1, "'long' is not a duration")]
        [DataRow("card", 1, "'card' is not complete")]
        [DataRow("card eat", 1, "'card eat' is nothing one can do")]
        [DataRow("card insert", 1, "the card is in already")]
        [DataRow("card pull\ncard pull", 2, "the card is out already")]
        [DataRow("sensor loose", 1, "'sensor loose' is nothing one can do")]
        [DataRow("sensor on", 1, "the sensor is on already")]
        [DataRow("sensor off\nsensor off", 2, "the sensor is off already")]
        [DataRow("battery 3500", 1, "'3500' is not a voltage")]
        [DataRow("battery 3.5V", 1, "'3.5V' is not a voltage")]
        [DataRow("battery 6001mV", 1, "'6001mV' is not a voltage")]
        [DataRow("clock 2026-11-23T20:00:00Z x", 1, "'2026-11-23T20:00:00Z' where 'set' belongs")]
        [DataRow("clock set 2026-11-23", 1, "'2026-11-23' is not a time")]
        [DataRow("clock set 2026-02-30T20:00:00Z", 1, "'2026-02-30T20:00:00Z' is not a time")]
        [DataRow("clock set 2026-11-23T20:00:00+01:00", 1, "'2026-11-23T20:00:00+01:00' is not a time")]
        [DataRow("clock set 0001-01-01T00:00:00Z", 1, "'0001-01-01T00:00:00Z' is no time that a camera takes")]
        [DataRow("clock set 9999-12-31T23:59:59Z", 1, "'9999-12-31T23:59:59Z' is no time that a camera takes")]
        [DataRow("clock set 2023-12-31T23:59:59Z", 1, "'2023-12-31T23:59:59Z' is no time that a camera takes")]
        [DataRow("clock set 2100-01-01T00:00:00Z", 1, "'2100-01-01T00:00:00Z' is no time that a camera takes")]
        [DataRow("cut power\nclock set 2026-11-23T20:00:00Z", 2, "the camera has no power")]
        [DataRow("cut", 1, "'cut' is not complete")]
        [DataRow("cut cake", 1, "'cake' where 'power' belongs")]
        [DataRow("cut power\ncut power", 2, "the camera has no power to cut")]
        [DataRow("boot", 1, "the camera has power already")]
        [DataRow("cut power\nboot now", 2, "'now' is one word too many")]
        [DataRow("expect", 1, "expect what?")]
        [DataRow("expect state", 1, "'expect state' is not complete")]
        [DataRow("expect state happy", 1, "unknown state 'happy'")]
        [DataRow("expect state card full", 1, "'full' is one word too many")]
        [DataRow("expect luck >= 1", 1, "unknown figure 'luck'")]
        [DataRow("expect frames", 1, "'expect frames' is not complete")]
        [DataRow("expect frames = 1", 1, "unknown comparison '='")]
        [DataRow("expect frames >= many", 1, "'many' is not a number")]
        [DataRow("expect frames >= -1", 1, "'-1' is not a number")]
        [DataRow("quit now", 1, "'now' is one word too many")]
        [DataRow("quit\nwait 1s", 2, "'wait 1s' after quit is never reached")]
        public void Every_error_names_its_line(string script, int line, string message)
        {
            ScriptException error = Assert.ThrowsExactly<ScriptException>(() => ScriptParser.Parse(script));
            Assert.AreEqual(line, error.Line);
            Assert.StartsWith($"line {line}: ", error.Message);
            Assert.Contains(message, error.Message);
        }
    }
}
