// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>The options that say where the camera is.</summary>
    internal sealed class PortOptions
    {
        private const int HighestBaud = 3_000_000;

        private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

        private readonly Option<string?> _port = new("--port", "-p")
        {
            Description =
                "Serial port of the camera, or the path that lapel run --port prints; default is $LAPEL_PORT, or else the one port at "
                + "which a camera answers",
            HelpName = "PORT",
        };

        private readonly Option<int?> _baud = new("--baud")
        {
            Description =
                "Highest rate, bits a second; default is $LAPEL_BAUD, or else the highest that camera and cable can go at. Every talk "
                + "begins at 115200",
            HelpName = "N",
        };

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Add(_port);
            command.Add(_baud);
        }

        /// <summary>The highest rate allowed.</summary>
        public int MostBaud(ParseResult parsed, Host host)
        {
            int? asked = parsed.GetValue(_baud);
            if (asked == null && host.Environment("LAPEL_BAUD") is { Length: > 0 } text)
            {
                asked = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                    ? n
                    : throw new CommandException($"LAPEL_BAUD {text}: must be a whole number");
            }

            if (asked < CameraConnection.FirstBaud)
            {
                throw new CommandException($"--baud {asked}: a camera goes at 115200 bits a second or more");
            }

            return asked ?? HighestBaud;
        }

        /// <summary>The port: the one named, or the only one at which a camera answers.</summary>
        public IPort Port(ParseResult parsed, Host host)
        {
            string? name = parsed.GetValue(_port) ?? host.Environment("LAPEL_PORT");
            if (!string.IsNullOrEmpty(name))
            {
                return host.OpenPort(name);
            }

            IReadOnlyList<string> names = host.PortNames();
            List<string> found = [.. Look(names, host).Where(f => f.Hello != null).Select(f => f.Name)];
            if (found.Count == 1)
            {
                return host.OpenPort(found[0]);
            }

            throw found.Count > 1
                ? new CommandException(
                    $"cameras answer at {string.Join(", ", found)}",
                    "say which with --port, or sync them all with lapel dock"
                )
                : new CommandException(
                    names.Count == 0 ? "there is no serial port" : $"no camera answers at {string.Join(", ", names)}",
                    "check the cable and that the camera is on; lapel run --port starts a virtual one"
                );
        }

        /// <summary>The same, also when it is there within a time only.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="host">The ports of this machine.</param>
        /// <param name="wait">How long it is looked for.</param>
        public IPort Port(ParseResult parsed, Host host, TimeSpan wait)
        {
            long from = Stopwatch.GetTimestamp();
            bool said = false;
            while (true)
            {
                try
                {
                    return Port(parsed, host);
                }
                catch (CommandException error) when (Stopwatch.GetElapsedTime(from) < wait)
                {
                    if (!said)
                    {
                        host.Error.WriteLine($"lapel: {error.Message}; waiting");
                        said = true;
                    }

                    host.Cancel.WaitHandle.WaitOne(LookAgain);
                    host.Cancel.ThrowIfCancellationRequested();
                }
            }
        }

        /// <summary>Opens the camera's port.</summary>
        public CameraConnection Connect(ParseResult parsed, Host host) =>
            CameraConnection.Open(Port(parsed, host), cancel: host.Cancel);

        /// <summary>What answers at each port, asked at the same time.</summary>
        public static IReadOnlyList<(string Name, Hello? Hello, string Problem)> Look(IReadOnlyList<string> names, Host host)
        {
            Task<(string, Hello?, string)>[] asked =
            [
                .. names.Select(name => Task.Factory.StartNew(() => Ask(name, host), TaskCreationOptions.LongRunning)),
            ];
            return Task.WhenAll(asked).GetAwaiter().GetResult();
        }

        private static (string, Hello?, string) Ask(string name, Host host)
        {
            try
            {
                using CameraConnection camera = CameraConnection.Look(host.OpenPort(name), host.Cancel);
                return (name, camera.Hello, "");
            }
            catch (LinkException error)
            {
                return (
                    name,
                    null,
                    error.Failure switch
                    {
                        LinkFailure.PortBusy => "in use",
                        LinkFailure.NotLapel => "no Lapel camera",
                        LinkFailure.Silent => "nothing answers",
                        _ => error.Message,
                    }
                );
            }
        }
    }
}
