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
            var command = new Command("ports", "List the serial ports and what answers there") { ports._json };
            command.SetAction(ports.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            IReadOnlyList<string> names = _host.PortNames();
            if (names.Count == 0)
            {
                _host.Complain(
                    "there is no serial port",
                    "plug the camera in; the pseudo terminal of a virtual camera is not listed, name it with --port"
                );
                return ExitCode.Trouble;
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
