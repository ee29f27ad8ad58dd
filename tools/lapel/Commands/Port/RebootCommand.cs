// SPDX-License-Identifier: MIT

using System.CommandLine;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel reboot: restarts a camera, as after a configuration was set.</summary>
    internal sealed class RebootCommand
    {
        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly Option<bool> _force = new("--force")
        {
            Description = "Also while it records; the recording is closed properly first",
        };
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private RebootCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var reboot = new RebootCommand(host);
            var command = new Command(
                "reboot",
                "Restart a camera; a technician's or dock's key is needed. For example: lapel reboot --key dock.key"
            )
            {
                reboot._force,
            };
            reboot._port.AddTo(command);
            reboot._station.AddTo(command);
            reboot._json.AddTo(command);
            command.SetAction(reboot.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            IStation station = _station.Required(parsed, _host);
            using CameraConnection camera = _port.Connect(parsed, _host);
            camera.Evidence.Login(station, CameraRole.Technician);
            Restarts.Now(camera, parsed.GetValue(_force));
            string id = camera.Hello.IdText;
            _json.Write(parsed, _host, "restarts", json => json.WriteString("device", id), $"camera {id}: restarts");
            return ExitCode.Ok;
        }
    }
}
