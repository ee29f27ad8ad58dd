// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel console: a terminal on the camera's console that shows text only, whatever else passes on the line.</summary>
    internal sealed class ConsoleCommand
    {
        private const char Leave = (char)0x1D; // Ctrl-]

        /// <summary>Longest line that the console takes (PROTOCOL.md 1.1).</summary>
        private const int MostCharacters = 512;

        /// <summary>The longest part of the self-test, the card's, takes less.</summary>
        private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20),
            Silence = TimeSpan.FromSeconds(60);

        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly Host _host;

        private ConsoleCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var console = new ConsoleCommand(host);
            var command = new Command(
                "console",
                "Talk to the camera's console; Ctrl-] leaves. Without a terminal the lines of standard input are its commands, and exit 1 "
                    + "says that one was refused. For example: echo status | lapel console"
            );
            console._port.AddTo(command);
            console._station.AddTo(command);
            command.SetAction(console.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            if (!_host.IsTerminal)
            {
                return ByLines(parsed);
            }

            if (_station.Station(parsed, _host) is IStation station)
            {
                using CameraConnection camera = _port.Connect(parsed, _host);
                camera.Evidence.Login(station, CameraRole.Technician);
                camera.Smp.TextReceived += Show;
                try
                {
                    return ByHand(camera.Smp);
                }
                finally
                {
                    Part(camera);
                }
            }

            // Without a log-in nothing is asked of the camera before the first key: whatever is there shows.
            using var smp = new SmpClient(_port.Port(parsed, _host).Open(CameraConnection.FirstBaud), _host.Cancel);
            smp.TextReceived += Show;
            return ByHand(smp);
        }

        private int ByHand(SmpClient smp)
        {
            _host.Error.WriteLine("lapel: Ctrl-] leaves");
            bool before = Console.TreatControlCAsInput;
            Console.TreatControlCAsInput = true;
            try
            {
                smp.Type("\r"u8);
                while (!_host.Cancel.IsCancellationRequested)
                {
                    while (Console.KeyAvailable)
                    {
                        ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                        if (IsLeave(key))
                        {
                            return ExitCode.Ok;
                        }

                        if (TerminalKeys.Of(key) is { Length: > 0 } bytes)
                        {
                            smp.Type(bytes);
                        }
                    }
                    smp.Pump(Turn);
                }
                return ExitCode.Ok;
            }
            finally
            {
                Console.TreatControlCAsInput = before;
                _host.Error.WriteLine();
            }
        }

        /// <summary>
        /// Ctrl-] as the systems tell it: as its character, as ] with Ctrl (Windows), or as Ctrl-5, which sends the same on a Unix
        /// terminal.
        /// </summary>
        private static bool IsLeave(ConsoleKeyInfo key) =>
            key.KeyChar == Leave || key is { Key: ConsoleKey.Oem6 or ConsoleKey.D5, Modifiers: ConsoleModifiers.Control };

        /// <summary>
        /// Each line of the input is a command, given when the one before is answered: the answers alone go out, without prompt and echo.
        /// </summary>
        private int ByLines(ParseResult parsed)
        {
            using CameraConnection camera = _port.Connect(parsed, _host);
            if (_station.Station(parsed, _host) is not IStation station)
            {
                return ByLines(camera);
            }

            camera.Evidence.Login(station, CameraRole.Technician);
            try
            {
                return ByLines(camera);
            }
            finally
            {
                Part(camera);
            }
        }

        // Whoever has the cable next is nobody. When the camera is gone or restarts, the role is gone with it.
        private static void Part(CameraConnection camera)
        {
            try
            {
                camera.Smp.Part();
                camera.Evidence.Logout();
            }
            catch (LinkException) { }
        }

        private int ByLines(CameraConnection camera)
        {
            var talk = new ConsoleTalk(camera.Smp);
            int code = ExitCode.Ok;
            using var input = new InputLines(_host.OpenInput());
            while (input.Next(() => camera.Smp.Pump(Turn)) is string line)
            {
                string command = line.Trim();
                if (command.Length == 0)
                {
                    continue;
                }

                Require(command);
                if (talk.Run(command, Silence, _host.Out.WriteLine) is string refused)
                {
                    _host.Complain($"{command}: {refused}", null);
                    code = ExitCode.NotVerified;
                }
            }

            return code;
        }

        /// <summary>What the camera's console takes as a line (PROTOCOL.md 1.1).</summary>
        private static void Require(string command)
        {
            if (command.Length > MostCharacters || command.Any(c => c is < ' ' or > '~'))
            {
                throw new CommandException(
                    "a line of the input is no command of the console",
                    $"a command has at most {MostCharacters} printable ASCII characters"
                );
            }
        }

        private void Show(ReadOnlySpan<byte> text)
        {
            // No byte of a camera's, or of noise, may steer the terminal.
            foreach (byte value in text)
            {
                if (value is (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)'\b' or (>= 0x20 and < 0x7F))
                {
                    _host.Out.Write((char)value);
                }
            }

            _host.Out.Flush();
        }
    }
}
