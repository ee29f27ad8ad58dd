// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lapel.Hal;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>
    /// Reads a script: one command a line, words in lower case between single or more spaces, '#' to the end of the line is comment. One
    /// spelling per value; whatever is not in the list is refused with its line number.
    /// <code>
    /// wait 40s                          ms, s, min or h; a decimal point is allowed
    /// press record                      or event: 100 ms down, 150 ms after it
    /// double record
    /// hold record 3.2s
    /// card pull                         then: card insert
    /// sensor off                        then: sensor on
    /// battery 3500mV
    /// clock set 2026-11-23T20:00:00Z
    /// cut power                         then: boot
    /// expect state recording            off booting buffering recording closing card-full fault
    /// expect frames >= 100              frames drops recordings markers slots battery pre-event; ==, >= or &lt;=
    /// quit                              stops a recording properly; so does the end of the script
    /// </code>
    /// </summary>
    public sealed class ScriptParser
    {
        private const int MaxMillivolts = 6000;
        private const double MaxWaitHours = 24 * 7;

        private static readonly string[] Known =
        {
            "wait",
            "press",
            "double",
            "hold",
            "card",
            "sensor",
            "battery",
            "clock",
            "cut",
            "boot",
            "expect",
            "quit",
        };

        private static readonly Regex Duration = new(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|min|h)$", RegexOptions.CultureInvariant);
        private static readonly Regex Voltage = new(@"^(?<number>[0-9]{1,5})mV$", RegexOptions.CultureInvariant);

        private bool _powered = true;
        private bool _cardIn = true;
        private bool _sensorOn = true;
        private int _line;
        private string _text = "";
        private string[] _words = Array.Empty<string>();

        private ScriptParser() { }

        /// <summary>Reads a whole script.</summary>
        /// <exception cref="ScriptException">The first line that is wrong.</exception>
        public static IReadOnlyList<ScriptCommand> Parse(string script)
        {
            return new ScriptParser().ParseAll(script);
        }

        private List<ScriptCommand> ParseAll(string script)
        {
            var commands = new List<ScriptCommand>();
            string[] lines = script.ReplaceLineEndings("\n").Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                int comment = lines[i].IndexOf('#');
                _line = i + 1;
                _text = (comment < 0 ? lines[i] : lines[i][..comment]).Trim();
                _words = _text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (_words.Length == 0)
                {
                    continue;
                }

                if (commands.Count > 0 && commands[^1] is QuitCommand)
                {
                    throw Wrong($"'{_text}' after quit is never reached");
                }

                commands.Add(ParseLine());
            }
            if (commands.Count == 0)
            {
                throw new ScriptException(1, "the script has no command");
            }

            return commands;
        }

        private ScriptCommand ParseLine()
        {
            switch (_words[0])
            {
                case "wait":
                    Words(2, "wait 40s");
                    return new WaitCommand(_line, _text, DurationUs(_words[1]));
                case "press":
                    Words(2, "press record");
                    return Gesture(Gestures.Tap);
                case "double":
                    Words(2, "double record");
                    return Gesture(Gestures.Double);
                case "hold":
                    Words(3, "hold record 3.2s");
                    return Gesture(Gestures.Hold(DurationUs(_words[2])));
                case "card":
                    Words(2, "card pull");
                    return Card();
                case "sensor":
                    Words(2, "sensor off");
                    return Sensor();
                case "battery":
                    Words(2, "battery 3500mV");
                    return Battery();
                case "clock":
                    Words(3, "clock set 2026-11-23T20:00:00Z");
                    return Clock();
                case "cut":
                    Words(2, "cut power");
                    Word(1, "power");
                    return Power(false);
                case "boot":
                    Words(1, "boot");
                    return Power(true);
                case "expect":
                    return Expect();
                case "quit":
                    Words(1, "quit");
                    return new QuitCommand(_line, _text);
                default:
                    throw Wrong($"unknown command '{_words[0]}'", "commands: " + string.Join(", ", Known));
            }
        }

        private GestureCommand Gesture(IReadOnlyList<GesturePart> gesture)
        {
            Button button = _words[1] switch
            {
                "record" => Button.Record,
                "event" => Button.Event,
                _ => throw Wrong($"unknown button '{_words[1]}'", "buttons: record, event"),
            };
            return new GestureCommand(_line, _text, button, gesture);
        }

        private ActCommand Card()
        {
            bool insert = Switch("pull", "insert");
            if (insert == _cardIn)
            {
                throw Wrong(insert ? "the card is in already" : "the card is out already");
            }

            _cardIn = insert;
            return Act(insert ? engine => engine.InsertCard() : engine => engine.PullCard());
        }

        private ActCommand Sensor()
        {
            bool on = Switch("off", "on");
            if (on == _sensorOn)
            {
                throw Wrong(on ? "the sensor is on already" : "the sensor is off already");
            }

            _sensorOn = on;
            return Act(engine => engine.ConnectSensor(on));
        }

        private ActCommand Power(bool on)
        {
            if (on == _powered)
            {
                throw Wrong(on ? "the camera has power already" : "the camera has no power to cut", on ? "boot follows cut power" : null);
            }

            _powered = on;
            return Act(on ? engine => engine.Boot() : engine => engine.CutPower());
        }

        private ActCommand Battery()
        {
            Match match = Voltage.Match(_words[1]);
            if (!match.Success || int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) > MaxMillivolts)
            {
                throw Wrong($"'{_words[1]}' is not a voltage", $"whole millivolts, 0mV to {MaxMillivolts}mV");
            }

            int millivolts = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            return Act(engine => engine.SetBattery(millivolts));
        }

        private ActCommand Clock()
        {
            Word(1, "set");
            if (
                !DateTime.TryParseExact(
                    _words[2],
                    "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out DateTime utc
                )
            )
            {
                throw Wrong($"'{_words[2]}' is not a time", "UTC to the second: 2026-11-23T20:00:00Z");
            }

            // As at the port: before 2024 there was no such camera, and from 2100 on its calendar is wrong.
            if (utc.Year is < 2024 or > 2099)
            {
                throw Wrong($"'{_words[2]}' is no time that a camera takes", "2024 to 2099");
            }

            if (!_powered)
            {
                throw Wrong("the camera has no power: its clock cannot be set");
            }

            return Act(engine => engine.SetUtc(utc));
        }

        private ScriptCommand Expect()
        {
            const string Example = "expect state recording, or expect frames >= 100";
            if (_words.Length < 2)
            {
                throw Wrong("expect what?", Example);
            }

            if (_words[1] == "state")
            {
                Words(3, "expect state recording");
                OperatingState state =
                    OperatingStates.Parse(_words[2])
                    ?? throw Wrong($"unknown state '{_words[2]}'", "states: " + string.Join(", ", OperatingStates.All));
                return new ExpectCommand(_line, _text, status => status.State == state, status => $"state is {status.State.Name()}");
            }
            StatusFigure figure =
                StatusFigure.All.FirstOrDefault(known => known.Name == _words[1])
                ?? throw Wrong(
                    $"unknown figure '{_words[1]}'",
                    "figures: state, " + string.Join(", ", StatusFigure.All.Select(known => known.Name))
                );
            Words(4, $"expect {figure.Name} >= 100");
            if (!double.TryParse(_words[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double wanted))
            {
                throw Wrong($"'{_words[3]}' is not a number");
            }

            Func<double, bool> compare = _words[2] switch
            {
                "==" => value => value == wanted,
                ">=" => value => value >= wanted,
                "<=" => value => value <= wanted,
                _ => throw Wrong($"unknown comparison '{_words[2]}'", "comparisons: ==, >=, <="),
            };
            return new ExpectCommand(
                _line,
                _text,
                status => compare(figure.Of(status)),
                status => $"{figure.Name} is {figure.Of(status).ToString(CultureInfo.InvariantCulture)}"
            );
        }

        private long DurationUs(string word)
        {
            Match match = Duration.Match(word);
            if (!match.Success)
            {
                throw Wrong($"'{word}' is not a duration", "a number and its unit: 250ms, 40s, 2min, 12h");
            }

            double seconds =
                double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
                * match.Groups["unit"].Value switch
                {
                    "ms" => 0.001,
                    "s" => 1,
                    "min" => 60,
                    _ => 3600,
                };
            if (seconds <= 0)
            {
                throw Wrong($"'{word}' takes no time");
            }

            if (seconds > MaxWaitHours * 3600)
            {
                throw Wrong($"'{word}' is longer than {MaxWaitHours} h");
            }

            return (long)Math.Round(seconds * 1_000_000);
        }

        /// <summary>The second word is one of two: false for the first, true for the second.</summary>
        private bool Switch(string no, string yes)
        {
            if (_words[1] == no)
            {
                return false;
            }

            if (_words[1] == yes)
            {
                return true;
            }

            throw Wrong($"'{_words[0]} {_words[1]}' is nothing one can do", $"{_words[0]} {no}, or {_words[0]} {yes}");
        }

        private void Words(int count, string example)
        {
            if (_words.Length < count)
            {
                throw Wrong($"'{_text}' is not complete", $"for example: {example}");
            }

            if (_words.Length > count)
            {
                throw Wrong($"'{_words[count]}' is one word too many", $"for example: {example}");
            }
        }

        private void Word(int index, string expected)
        {
            if (_words[index] != expected)
            {
                throw Wrong($"'{_words[index]}' where '{expected}' belongs");
            }
        }

        private ActCommand Act(Action<ICameraEngine> act)
        {
            return new ActCommand(_line, _text, act);
        }

        private ScriptException Wrong(string message, string? hint = null)
        {
            return new ScriptException(_line, message, hint);
        }
    }
}
