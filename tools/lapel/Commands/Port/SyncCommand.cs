// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Intake;
using Lapel.Link;
using Spectre.Console;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel sync: brings a camera's evidence into a store.</summary>
    internal sealed class SyncCommand
    {
        private readonly Argument<string> _out = new("OUT")
        {
            Description =
                "The store: OUT/DEVICE/RECORDING/SEGMENT.mp4 with a record .json beside each, OUT/DEVICE/DEVICE.PUB and AUDIT.LOG; lapel "
                + "verify and lapel export take OUT/DEVICE",
        };

        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly SyncSettings _settings = new();
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line for each segment, and one at the end" };
        private readonly Host _host;

        private SyncCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var sync = new SyncCommand(host);
            var command = new Command(
                "sync",
                "Bring a camera's recordings into a store, verified on arrival; goes on where it stopped. For example: lapel sync store "
                    + "--key dock.key"
            )
            {
                sync._out,
                sync._json,
            };
            sync._settings.AddTo(command);
            sync._port.AddTo(command);
            sync._station.AddTo(command);
            command.SetAction(sync.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string folder = parsed.GetValue(_out)!;
            bool json = parsed.GetValue(_json);
            IStation station = _station.Required(parsed, _host);
            SyncOptions options = _settings.Read(parsed, folder, _port.MostBaud(parsed, _host), _station.Passphrase.Of(parsed, _host));
            Folders.Prepare(folder, "store");
            IPort port = _port.Port(parsed, _host, _settings.WaitsAtFirst(parsed) ? _settings.Wait(parsed) : TimeSpan.Zero);
            SyncReport report;
            try
            {
                report = _host.IsTerminal
                    ? WithProgress(port, station, options, json)
                    : new CameraSync(port, station, options, new SyncOutput(_host, json)).Run(_host.Cancel);
            }
            catch (LinkException error) when (error.Failure == LinkFailure.NoPort && !options.WaitsAtFirst)
            {
                throw new CommandException(error.Message, error.Hint + "; --wait 60 waits a minute for one", error);
            }

            new SyncOutput(_host, json).Report(report);
            return report.IsGood ? ExitCode.Ok : ExitCode.NotVerified;
        }

        /// <summary>With a bar on the terminal; what is said meanwhile waits until the bar is gone.</summary>
        private SyncReport WithProgress(IPort port, IStation station, SyncOptions options, bool json)
        {
            using var said = new StringWriter();
            using var complained = new StringWriter();
            var watch = new SyncOutput(_host with { Out = said, Error = complained }, json);
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            try
            {
                return console
                    .Progress()
                    .AutoClear(true)
                    .Columns(
                        new TaskDescriptionColumn(),
                        new ProgressBarColumn(),
                        new DownloadedColumn(),
                        new TransferSpeedColumn(),
                        new RemainingTimeColumn()
                    )
                    .Start(progress =>
                    {
                        ProgressTask bar = progress.AddTask("camera", maxValue: 1);
                        watch.Progress = (done, total) =>
                        {
                            bar.MaxValue = Math.Max(1, total);
                            bar.Value = done;
                        };
                        watch.Waiting = why => bar.Description = Markup.Escape(why);
                        return new CameraSync(port, station, options, watch).Run(_host.Cancel);
                    });
            }
            finally
            {
                _host.Error.Write(complained.ToString());
                _host.Out.Write(said.ToString());
            }
        }
    }
}
