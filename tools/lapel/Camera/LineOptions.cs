// SPDX-License-Identifier: MIT

using System.CommandLine;
using System.Globalization;
using System.IO;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>The options that give a virtual camera a service port, and the line to it its faults.</summary>
    internal sealed class LineOptions
    {
        private readonly Option<bool> _port = new("--port")
        {
            Description =
                "Open a pseudo terminal that stands for the serial port, and print its path: other programs use it as the camera's port "
                + "(not on Windows)",
        };

        private readonly Option<bool> _pace = new("--baud-pace")
        {
            Description =
                "Let bytes on the port take their time at the rate that the other program sets; at another rate than the camera's they "
                + "arrive as noise",
        };

        private readonly Option<LineFaults?> _faults = new("--line-faults")
        {
            Description = "Damage the port's line, each a number per 20,000 bytes: flip=1,drop=0.5,insert=0.5,stall=0.2,unplug=0.1,seed=7",
            HelpName = "LIST",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (Parse(text) is LineFaults faults)
                {
                    return faults;
                }

                result.AddError(
                    $"--line-faults {text}: must be a list of flip, drop, insert, stall and unplug, each a number from 0 to "
                        + $"{LineFaults.Per}, and seed, like flip=1,seed=7"
                );
                return null;
            },
        };

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Options.Add(_port);
            command.Options.Add(_pace);
            command.Options.Add(_faults);
        }

        /// <summary>Opens the port that was asked for; null when none was.</summary>
        public TerminalLine? Open(ParseResult parsed, ICameraEngine engine, Host host)
        {
            bool paced = parsed.GetValue(_pace);
            LineFaults? faults = parsed.GetValue(_faults);
            if (!parsed.GetValue(_port))
            {
                if (paced || faults != null)
                {
                    throw new CommandException("--baud-pace and --line-faults are about the port", "add --port");
                }

                return null;
            }

            if (!PseudoTerminal.IsSupported)
            {
                throw new CommandException(
                    "--port: there are no pseudo terminals on this system",
                    "run the virtual camera on Linux or macOS"
                );
            }

            try
            {
                var line = new TerminalLine(engine.Line, paced);
                engine.Line.SetFaults(faults);
                host.Error.WriteLine("service port " + line.Path);
                line.Moved = path =>
                    host.Error.WriteLine(path == null ? "service port gone: the cable is out" : "service port " + path);
                return line;
            }
            catch (IOException e)
            {
                throw new CommandException("no pseudo terminal: " + FileTrouble.Text(e), null, e);
            }
        }

        /// <summary>Faults as they are written; null when malformed.</summary>
        internal static LineFaults? Parse(string text)
        {
            var faults = new LineFaults();
            foreach (string part in text.Split(','))
            {
                string[] halves = part.Split('=');
                if (halves.Length != 2)
                {
                    return null;
                }

                if (halves[0] == "seed")
                {
                    if (!int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out int seed))
                    {
                        return null;
                    }

                    faults = faults with { Seed = seed };
                    continue;
                }

                if (
                    !double.TryParse(halves[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
                    || rate > LineFaults.Per
                )
                {
                    return null;
                }

                switch (halves[0])
                {
                    case "flip":
                        faults = faults with { Flip = rate };
                        break;
                    case "drop":
                        faults = faults with { Drop = rate };
                        break;
                    case "insert":
                        faults = faults with { Insert = rate };
                        break;
                    case "stall":
                        faults = faults with { Stall = rate };
                        break;
                    case "unplug":
                        faults = faults with { Unplug = rate };
                        break;
                    default:
                        return null;
                }
            }

            return faults;
        }
    }
}
