// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using Lapel.Intake;
using Lapel.Link;
using Spectre.Console;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel dock: many cameras at once.</summary>
    internal sealed class DockCommand
    {
        private readonly Argument<string> _out = new("OUT") { Description = "The store, as for lapel sync" };
        private readonly Option<string[]> _ports = new("--port", "-p")
        {
            Description = "A port; may be given more than once. Without it: every serial port of this machine, also one that comes later",
            HelpName = "PORT",
            AllowMultipleArgumentsPerToken = true,
        };
        private readonly Option<int> _baud = new("--baud")
        {
            Description = "Highest rate, bits a second",
            HelpName = "N",
            DefaultValueFactory = _ => 3_000_000,
        };
        private readonly Option<bool> _once = new("--once") { Description = "Sync what is there and end" };
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line for each change" };
        private readonly StationOption _station = new();
        private readonly SyncSettings _settings = new();
        private readonly Host _host;

        private DockCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var dock = new DockCommand(host);
            var command = new Command(
                "dock",
                "Sync every camera that is plugged in, each by itself, until Ctrl-C, which lets what was begun end. Exit 1 when evidence "
                    + "of a camera was refused in its last sync, else 2 when one could not be synced. For example: "
                    + "lapel dock store --key dock.key --release --archive archive.key"
            )
            {
                dock._out,
                dock._ports,
                dock._baud,
                dock._once,
                dock._json,
            };
            dock._settings.AddTo(command);
            dock._station.AddTo(command);
            command.SetAction(dock.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string folder = parsed.GetValue(_out)!;
            bool json = parsed.GetValue(_json);
            IStation station = _station.Required(parsed, _host);
            Passphrases passphrases = _station.Passphrase.Of(parsed, _host);
            SyncOptions options = _settings.Read(parsed, folder, parsed.GetValue(_baud), passphrases) with { StaysLoggedIn = true };
            Folders.Prepare(folder, "store");
            IReadOnlyList<string> named = parsed.GetValue(_ports) is { Length: > 0 } given ? [.. given.Distinct()] : [];
            bool once = parsed.GetValue(_once);
            if (named.Count == 0 && _host.PortNames().Count == 0)
            {
                if (once)
                {
                    throw new CommandException("there is no serial port", "plug the dock in, or name the ports with --port");
                }

                _host.Error.WriteLine("lapel: there is no serial port yet; waiting");
            }

            CancellationToken abort = _host.TakeSecondSignal();
            var output = new Lock();
            bool draws = _host.IsTerminal && !json,
                ended = false;

            // A bay that looks at a silent port when the dock ends is not waited for, and has nothing more to say.
            void Tell(DockBay bay)
            {
                lock (output)
                {
                    if (!ended)
                    {
                        Line(bay, json);
                    }
                }
            }

            Dock dock = null!;
            dock = new Dock(
                _host,
                name => new DockBay(_host.OpenPort(name), station, options, once, draws ? _ => { } : Tell, dock.Begun, dock.Ended),
                named,
                once,
                abort
            );
            using CancellationTokenRegistration told = _host.Cancel.Register(() =>
                _host.Error.WriteLine("lapel: what was begun is brought to its end; Ctrl-C again ends at once")
            );
            try
            {
                if (draws)
                {
                    Watch(dock);
                }
                else
                {
                    while (dock.Goes()) { }
                }
            }
            finally
            {
                // Also when it ends by an error: a bay that goes on in its thread must not write to what is closed by then.
                lock (output)
                {
                    ended = true;
                }
            }

            abort.ThrowIfCancellationRequested();
            if (draws)
            {
                foreach (DockBay bay in dock.Bays)
                {
                    Line(bay, json);
                }
            }

            return dock.Result;
        }

        private void Line(DockBay bay, bool json)
        {
            _host.Out.WriteLine(
                !json
                    ? $"{bay.Port}  {bay.State}  {bay.Device} {bay.Unit}  {bay.Detail}".TrimEnd()
                    : JsonLine.Of(to =>
                    {
                        to.WriteString("type", "bay");
                        to.WriteString("port", bay.Port);
                        to.WriteString("state", bay.State);
                        to.WriteString("device", bay.Device);
                        to.WriteBoolean("mayBeUnplugged", bay.MayBeUnplugged);
                        to.WriteString("detail", bay.Detail);
                    })
            );
        }

        private static void Watch(Dock dock)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            console
                .Live(Picture(dock.Bays))
                .AutoClear(true)
                .Start(display =>
                {
                    while (dock.Goes())
                    {
                        display.UpdateTarget(Picture(dock.Bays));
                    }
                });
        }

        private static Table Picture(IReadOnlyList<DockBay> bays)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("port", "state", "unit", "camera", "done", "");
            foreach (DockBay bay in bays)
            {
                (long done, long total) = bay.Progress;
                table.AddRow(
                    new Text(bay.Port),
                    new Text(bay.State, Look(bay.State)),
                    new Text(bay.Unit),
                    new Text(bay.Device.Length > 8 ? bay.Device[..8] : bay.Device),
                    new Text(bay.State == "syncing" && total > 0 ? $"{100 * done / total} %" : ""),
                    new Text(bay.Detail)
                );
            }
            return table;
        }

        private static Style Look(string state) =>
            state switch
            {
                "done" => new Style(Color.Green, decoration: Decoration.Bold),
                "failed" => new Style(Color.Red, decoration: Decoration.Bold),
                "syncing" or "waiting" => new Style(Color.Yellow),
                _ => new Style(decoration: Decoration.Dim),
            };
    }
}
