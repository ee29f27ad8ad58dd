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
        private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);

        private readonly Argument<string> _out = new("OUT") { Description = "The store, as for lapel sync" };
        private readonly Option<string[]> _ports = new("--port", "-p")
        {
            Description = "A port; may be given more than once. Without it: every serial port of this machine",
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
                "Sync every camera that is plugged in, each by itself, until Ctrl-C, which lets what was begun end. For "
                    + "example: lapel dock store --key dock.key --release --archive archive.key"
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
            IStation station = _station.Required(parsed);
            SyncOptions options = _settings.Read(parsed, folder, parsed.GetValue(_baud)) with { StaysLoggedIn = true };
            Folders.Prepare(folder, "store");
            IReadOnlyList<string> names = parsed.GetValue(_ports) is { Length: > 0 } given ? [.. given.Distinct()] : _host.PortNames();
            if (names.Count == 0)
            {
                throw new CommandException("there is no serial port", "plug the dock in, or name the ports with --port");
            }

            CancellationToken abort = _host.TakeSecondSignal();
            var output = new Lock();
            List<DockBay> bays =
            [
                .. names.Select(name => new DockBay(
                    _host.OpenPort(name),
                    station,
                    options,
                    parsed.GetValue(_once),
                    bay =>
                    {
                        if (json || !_host.IsTerminal)
                        {
                            lock (output)
                            {
                                Line(bay, json);
                            }
                        }
                    }
                )),
            ];
            List<Thread> threads =
            [
                .. bays.Select(bay => new Thread(() => bay.Serve(_host.Cancel, abort)) { IsBackground = true, Name = bay.Port }),
            ];
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            using CancellationTokenRegistration told = _host.Cancel.Register(() =>
                _host.Error.WriteLine("lapel: what was begun is brought to its end; Ctrl-C again ends at once")
            );
            if (_host.IsTerminal && !json)
            {
                Watch(() => Goes(bays, threads, abort), bays);
            }

            while (Goes(bays, threads, abort))
            {
                threads.First(t => t.IsAlive).Join(Redraw);
            }

            abort.ThrowIfCancellationRequested();
            if (_host.IsTerminal && !json)
            {
                foreach (DockBay bay in bays)
                {
                    Line(bay, json: false);
                }
            }

            return bays.Any(b => b.Worst == ExitCode.NotVerified) ? ExitCode.NotVerified
                : bays.Any(b => b.Worst != ExitCode.Ok) ? ExitCode.Trouble
                : ExitCode.Ok;
        }

        /// <summary>
        /// Whether there is something to wait for. After the first Ctrl-C a bay that has begun nothing is not waited for: looking for a
        /// camera at a silent port takes its time.
        /// </summary>
        private bool Goes(List<DockBay> bays, List<Thread> threads, CancellationToken abort)
        {
            bool drains = _host.Cancel.IsCancellationRequested;
            return !abort.IsCancellationRequested
                && threads.Zip(bays).Any(pair => pair.First.IsAlive && (!drains || pair.Second.IsBusy));
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
                        to.WriteString("detail", bay.Detail);
                    })
            );
        }

        private static void Watch(Func<bool> goes, List<DockBay> bays)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            console
                .Live(Picture(bays))
                .AutoClear(true)
                .Start(display =>
                {
                    while (goes())
                    {
                        display.UpdateTarget(Picture(bays));
                        Thread.Sleep(Redraw);
                    }
                });
        }

        private static Table Picture(List<DockBay> bays)
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
