// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel set-clock: gives the camera this machine's time.</summary>
    internal sealed class SetClockCommand
    {
        /// <summary>Round trips measured; the shortest counts.</summary>
        private const int Measured = 5;

        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private SetClockCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var clock = new SetClockCommand(host);
            var command = new Command(
                "set-clock",
                "Set the camera's clock to this machine's; a technician's or dock's key is needed. For example: lapel set-clock --key "
                    + "dock.key"
            );
            clock._port.AddTo(command);
            clock._station.AddTo(command);
            clock._json.AddTo(command);
            command.SetAction(clock.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            IStation station = _station.Required(parsed);
            using CameraConnection camera = _port.Connect(parsed, _host);
            camera.Evidence.Login(station, CameraRole.Technician);
            TimeSpan trip = TimeSpan.MaxValue;
            for (int i = 0; i < Measured; i++)
            {
                long from = Stopwatch.GetTimestamp();
                camera.Evidence.Hello();
                TimeSpan took = Stopwatch.GetElapsedTime(from);
                if (took < trip)
                {
                    trip = took;
                }
            }
            string before = HelloText.Clock(camera.Hello);
            DateTime utc = DateTime.UtcNow + trip / 2;
            new OsGroup(camera.Smp).SetClock(utc);
            Hello now = camera.Evidence.Hello();
            double off = now.Utc == null ? double.NaN : (DateTime.UtcNow - trip / 2 - now.Utc.Value).TotalMilliseconds;
            camera.Evidence.Logout();
            if (now.UncertaintyMs is not long stated || !(Math.Abs(off) <= stated + trip.TotalMilliseconds))
            {
                throw new CommandException("the camera's clock is not what it was set to", "lapel diag tests the clock")
                {
                    Code = ExitCode.NotVerified,
                };
            }

            _json.Write(
                parsed,
                _host,
                "clock",
                json =>
                {
                    json.WriteString("device", camera.Hello.IdText);
                    if (camera.Hello.Utc is DateTime was)
                    {
                        json.WriteString("was", was);
                    }
                    else
                    {
                        json.WriteNull("was");
                    }

                    json.WriteString("utc", now.Utc!.Value);
                    json.WriteNumber("uncertaintyMs", stated);
                },
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"camera {camera.Hello.IdText}: clock was {before}, is {now.Utc:yyyy-MM-dd HH:mm:ss.fff} UTC; its recordings state "
                        + $"it to within {stated} ms"
                )
            );
            return ExitCode.Ok;
        }
    }
}
