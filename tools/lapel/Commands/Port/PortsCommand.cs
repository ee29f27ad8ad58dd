// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.CommandLine;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel ports: serial ports and what answers there.</summary>
    internal sealed class PortsCommand
    {
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a port, a line each" };
        private readonly Host _host;

        private PortsCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var ports = new PortsCommand(host);
            var command = new Command(
                "ports",
                "List the serial ports, those of virtual cameras too, and what answers there. For example: lapel ports"
            )
            {
                ports._json,
            };
            command.SetAction(ports.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            IReadOnlyList<string> names = _host.PortNames();
            if (names.Count == 0)
            {
                // A list of nothing is a list: no line on standard output, and no failure.
                _host.Complain("there is no serial port, and no virtual camera runs", "plug a camera in, or start one: lapel run --port");
                return ExitCode.Ok;
            }

            foreach ((string name, Hello? hello, string problem) in PortOptions.Look(names, _host))
            {
                if (parsed.GetValue(_json))
                {
                    _host.Out.WriteLine(
                        JsonLine.Of(json =>
                        {
                            json.WriteString("type", "port");
                            json.WriteString("port", name);
                            if (hello != null)
                            {
                                HelloText.Json(hello, json);
                            }
                            else
                            {
                                json.WriteString("problem", problem);
                            }
                        })
                    );
                }
                else
                {
                    _host.Out.WriteLine(name + "  " + (hello != null ? HelloText.Line(hello) : problem));
                }
            }
            return ExitCode.Ok;
        }
    }
}
