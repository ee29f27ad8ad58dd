// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.CommandLine;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel config get: the configuration in force on a camera.</summary>
    internal sealed class ConfigGetCommand
    {
        // PROTOCOL.md, settings group.
        private static readonly string[] Names =
        [
            "unit",
            "pre_event_s",
            "size",
            "quality",
            "interval_ms",
            "event_starts",
            "covert",
            "slot_bytes",
            "continue_s",
            "recipients",
        ];

        private readonly PortOptions _port = new();
        private readonly Argument<string?> _name = new("NAME") { Description = "One setting only", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };
        private readonly Host _host;

        private ConfigGetCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var get = new ConfigGetCommand(host);
            var command = new Command(
                "get",
                "Show the configuration in force on a camera; needs no key. For example: lapel config get pre_event_s"
            )
            {
                get._name,
                get._json,
            };
            get._port.AddTo(command);
            command.SetAction(get.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string? one = parsed.GetValue(_name);
            using CameraConnection camera = _port.Connect(parsed, _host);
            var settings = new SettingsGroup(camera.Smp);
            var values = new List<(string Name, string Value)>();
            foreach (string name in one == null ? Names : [one])
            {
                values.Add((name, Value(settings, name)));
            }

            if (parsed.GetValue(_json))
            {
                _host.Out.WriteLine(
                    JsonLine.Of(json =>
                    {
                        json.WriteString("type", "configuration");
                        json.WriteString("device", camera.Hello.IdText);
                        foreach ((string name, string value) in values)
                        {
                            json.WriteString(name, value);
                        }
                    })
                );
            }
            else if (one != null)
            {
                _host.Out.WriteLine(values[0].Value);
            }
            else
            {
                foreach ((string name, string value) in values)
                {
                    _host.Out.WriteLine(name.PadRight(16) + " " + value);
                }
            }

            return ExitCode.Ok;
        }

        private static string Value(SettingsGroup settings, string name)
        {
            try
            {
                return settings.Read(name);
            }
            catch (LinkException error) when (error.Is(SettingsGroup.Id, SettingsGroup.KeyNotFound))
            {
                throw new CommandException($"the camera has no setting '{name}'", "settings: " + string.Join(", ", Names), error);
            }
        }
    }
}
