// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using Lapel.VirtualCamera;
using Spectre.Console;

namespace Lapel.Cli
{
    /// <summary>The status line of a terminal, drawn over and over on standard error, with a line of help under it.</summary>
    internal sealed class LiveView
    {
        /// <summary>Ten pictures a second look steady and cost little.</summary>
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

        private readonly Stopwatch _since = Stopwatch.StartNew();
        private readonly LiveDisplayContext _display;
        private readonly ICameraEngine _engine;
        private readonly string _help;
        private readonly LiveLine _line = new();

        private LiveView(LiveDisplayContext display, ICameraEngine engine, string help)
        {
            _display = display;
            _engine = engine;
            _help = help;
        }

        /// <summary>Shows the line while something runs.</summary>
        public static T While<T>(ICameraEngine engine, string help, Func<LiveView, T> run)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            return console
                .Live(new Text(""))
                .Overflow(VerticalOverflow.Ellipsis)
                .Start(display => run(new LiveView(display, engine, help)));
        }

        /// <summary>Says what the hands do.</summary>
        public void Struck(string did) => _line.Struck(did, _engine.NowUs);

        /// <summary>Draws the line when it is time.</summary>
        public void Tick()
        {
            if (_since.Elapsed < Period)
            {
                return;
            }

            _since.Restart();
            CameraStatus status = _engine.Status;
            _display.UpdateTarget(
                new Rows(new Text(_line.Of(status), Look(status.State)), new Text(_help, new Style(decoration: Decoration.Dim)))
            );
        }

        private static Style Look(OperatingState state)
        {
            return state switch
            {
                OperatingState.Recording or OperatingState.Closing => new Style(Color.Red, decoration: Decoration.Bold),
                OperatingState.Buffering => new Style(Color.Green),
                OperatingState.Off => new Style(decoration: Decoration.Dim),
                _ => new Style(Color.Yellow),
            };
        }
    }
}
