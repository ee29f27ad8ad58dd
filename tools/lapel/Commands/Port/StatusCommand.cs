// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel status: who the camera is, what it does, and its figures.</summary>
    internal sealed class StatusCommand
    {
        private readonly PortOptions _port = new();
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };
        private readonly Host _host;

        private StatusCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var status = new StatusCommand(host);
            var command = new Command(
                "status",
                "Show who the camera is, what it does and its figures; needs no key. For example: lapel status"
            )
            {
                status._json,
            };
            status._port.AddTo(command);
            command.SetAction(status.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            using CameraConnection camera = _port.Connect(parsed, _host);
            Hello hello = camera.Hello;
            LogState log = camera.Evidence.Log();
            IReadOnlyDictionary<string, long> figures = new StatGroup(camera.Smp).All();
            RuntimeState runtime = RuntimeState.Of(camera);
            if (runtime.Problem() is string old)
            {
                _host.Complain(old, "hal/BOARDS.md says how a board gets another runtime");
            }

            // A retired camera has no key after its next start, and it is the only one with a certificate.
            bool retired = (hello.State == "fault" || !hello.HasKey) && camera.Evidence.Certificate().Length > 0;
            if (parsed.GetValue(_json))
            {
                _host.Out.WriteLine(
                    JsonLine.Of(json =>
                    {
                        json.WriteString("type", "status");
                        HelloText.Json(hello, json);
                        json.WriteString("board", runtime.Board);
                        json.WriteString("target", runtime.Target);
                        json.WriteString("runtime", runtime.Version);
                        json.WriteBoolean("retired", retired);
                        Log(log, json);
                        json.WriteStartObject("figures");
                        foreach ((string name, long value) in figures)
                        {
                            json.WriteNumber(name, value);
                        }

                        json.WriteEndObject();
                    })
                );
                return Verdict(log);
            }
            Line("device", hello.HasKey ? hello.IdText : "none");
            Line("key", hello.HasKey ? Convert.ToHexStringLower(hello.Key) : "none");
            Line("unit", hello.Unit);
            Line("firmware", hello.Firmware);
            Line("board", (runtime.Board ?? "not known") + (runtime.Target == null ? "" : $" ({runtime.Target})"));
            Line("runtime", runtime.Version ?? "not known");
            Line("state", retired ? "retired: it records no more, and lapel retire send fetches its certificate" : hello.State);
            Line("card", hello.Slots == 0 ? "none" : HelloText.Slots(hello));
            Line("clock", HelloText.Clock(hello));
            Line("audit log", log.Sequence == 0 ? "none" : "sector " + log.Sequence.ToString(CultureInfo.InvariantCulture));
            Line("authority", hello.IsOwned ? "installed" : "none: takes the first signed configuration");
            foreach ((string name, long value) in figures)
            {
                Line(name, value.ToString(CultureInfo.InvariantCulture));
            }

            return Verdict(log);
        }

        private int Verdict(LogState log)
        {
            if (log.Problem == null)
            {
                return ExitCode.Ok;
            }

            _host.Complain(log.Problem, "lapel verify of the card and of the store says what is missing");
            return ExitCode.NotVerified;
        }

        private static void Log(LogState log, Utf8JsonWriter json)
        {
            json.WriteStartObject("auditLog");
            json.WriteNumber("sequence", log.Sequence);
            json.WriteString("digest", Convert.ToHexStringLower(log.Digest));
            if (log.Found is int found)
            {
                json.WriteNumber("found", found);
                json.WriteNumber("known", log.Known);
                json.WriteNumber("last", log.Last);
            }
            else
            {
                json.WriteNull("found");
                json.WriteNull("known");
                json.WriteNull("last");
            }

            json.WriteBoolean("cutBack", log.IsCutBack);
            json.WriteEndObject();
        }

        private void Line(string name, string value) => _host.Out.WriteLine(name.PadRight(28) + " " + value);
    }
}
