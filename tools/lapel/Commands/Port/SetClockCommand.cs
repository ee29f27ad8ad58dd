// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.Globalization;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel set-clock: gives the camera this machine's time.</summary>
    internal sealed class SetClockCommand
    {
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
            IStation station = _station.Required(parsed, _host);
            using CameraConnection camera = _port.Connect(parsed, _host);
            camera.Evidence.Login(station, CameraRole.Technician);
            ClockSetting set = ClockSetting.Set(camera, () => DateTime.UtcNow);
            camera.Evidence.Logout();
            if (!set.Holds)
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
                json => ClockText.Json(set, json),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"camera {set.Device}: clock was {HelloText.Clock(camera.Hello)}, is {set.After:yyyy-MM-dd HH:mm:ss.fff} UTC; its "
                        + $"recordings state it to within {set.UncertaintyMs} ms"
                )
            );
            return ExitCode.Ok;
        }
    }
}
