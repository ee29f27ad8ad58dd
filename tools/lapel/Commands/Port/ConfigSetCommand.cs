// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel config set: brings a signed configuration to a camera.</summary>
    internal sealed class ConfigSetCommand
    {
        /// <summary>The longest signed configuration (CUSTODY.md).</summary>
        private const int MostBytes = 4096;

        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly Argument<string> _file = new("FILE") { Description = "A configuration that the authority has signed" };
        private readonly Option<bool> _restart = new("--restart")
        {
            Description = "Restart the camera, so that the configuration is in force at once; not while it records",
        };
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private ConfigSetCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var set = new ConfigSetCommand(host);
            var command = new Command(
                "set",
                "Bring a signed configuration to a camera; a technician's key is needed once an authority is installed. For example: "
                    + "lapel config set county-1.config --key dock.key"
            )
            {
                set._file,
                set._restart,
            };
            set._json.AddTo(command);
            set._port.AddTo(command);
            set._station.AddTo(command);
            command.SetAction(set.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string file = parsed.GetValue(_file)!;
            byte[] signed = Read(file);
            bool restarts = parsed.GetValue(_restart);

            // The configuration ends the role, so the restart needs a log-in of its own: asked for before anything is changed.
            IStation? station = restarts ? _station.Required(parsed, _host) : _station.Station(parsed, _host);
            using CameraConnection camera = _port.Connect(parsed, _host);
            if (station != null && camera.Hello.IsOwned)
            {
                camera.Evidence.Login(station, CameraRole.Technician);
            }
            else if (camera.Hello.IsOwned)
            {
                _station.Required(parsed, _host);
            }

            long before = camera.Evidence.Outcome().Task;
            new FileGroup(camera.Smp).Upload(FileGroup.NewConfiguration, signed);
            new SettingsGroup(camera.Smp).Commit();
            TaskOutcome outcome = camera.Evidence.Wait(before + 1);
            if (outcome.Result != TaskResult.Done)
            {
                _host.Complain($"the camera does not take {file}: {TaskFailures.Text(outcome)}", Hint(outcome.Result));
                return ExitCode.NotVerified;
            }
            if (restarts)
            {
                try
                {
                    camera.Evidence.Login(station!, CameraRole.Technician);
                    Restarts.Now(camera, force: false);
                }
                catch (LinkException error) when (error.Failure != LinkFailure.Unplugged)
                {
                    _host.Complain(
                        $"the configuration is installed, but the camera does not restart: {error.Message}",
                        "it is in force once the camera is switched off and on, or after lapel reboot"
                    );
                    return ExitCode.NotVerified;
                }
            }

            string id = camera.Hello.IdText;
            _json.Write(
                parsed,
                _host,
                "configured",
                json =>
                {
                    json.WriteString("device", id);
                    json.WriteBoolean("restarts", restarts);
                    json.WriteBoolean("inForce", false);
                },
                restarts
                    ? $"camera {id}: configuration installed; the camera restarts, and it is in force then"
                    : $"camera {id}: configuration installed, and not yet in force: until it restarts it goes on with the one before"
            );
            if (!restarts && !_json.Asked(parsed))
            {
                _host.Error.WriteLine("hint: lapel reboot, or config set --restart, restarts it");
            }

            return ExitCode.Ok;
        }

        private static string? Hint(TaskResult result) =>
            result switch
            {
                TaskResult.Stale => "sign it again with a higher serial number",
                TaskResult.WrongSignature or TaskResult.UnknownKey => "it must be signed by the authority that is installed on the camera",
                TaskResult.WrongDevice => "sign one for this camera, or one for all",
                _ => null,
            };

        private static byte[] Read(string file)
        {
            try
            {
                if (new FileInfo(file) is { Exists: true, Length: > MostBytes })
                {
                    throw new CommandException($"{file} is too large for a signed configuration", "lapel config sign makes one");
                }

                byte[] signed = File.ReadAllBytes(file);
                return signed.Length > 0 ? signed : throw new CommandException($"{file} is empty", "lapel config sign makes one");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"configuration {file} cannot be read: {FileTrouble.Text(error)}", null, error);
            }
        }
    }
}
