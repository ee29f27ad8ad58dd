// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using System.Text;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel console: a terminal on the camera's console that shows text only, whatever else passes on the line.</summary>
    internal sealed class ConsoleCommand
    {
        private const char Leave = (char)0x1D; // Ctrl-]

        private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20),
            Quiet = TimeSpan.FromSeconds(2);

        private readonly PortOptions _port = new();
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
                "Talk to the camera's console; Ctrl-] leaves. Without a terminal the lines of standard input are its commands. For "
                    + "example: echo status | lapel console"
            );
            console._port.AddTo(command);
            command.SetAction(console.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            using ILine line = _port.Port(parsed, _host).Open(CameraConnection.FirstBaud);
            using var smp = new SmpClient(line);
            smp.TextReceived += Show;
            return _host.IsTerminal ? ByHand(smp) : ByLines(smp);
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

                        if (key.KeyChar is > (char)0 and < (char)0x7F)
                        {
                            smp.Type([key.Key == ConsoleKey.Enter ? (byte)'\r' : (byte)key.KeyChar]);
                        }
                        else if (key.Key == ConsoleKey.Backspace)
                        {
                            smp.Type("\b"u8);
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

        /// <summary>Each line of the input is a command; the next is given when the camera has fallen silent.</summary>
        private int ByLines(SmpClient smp)
        {
            using TextReader input = _host.OpenInput();
            while (input.ReadLine() is string line)
            {
                _host.Cancel.ThrowIfCancellationRequested();
                smp.Type(Encoding.ASCII.GetBytes(line.TrimEnd('\r') + "\r"));
                long before;
                do
                {
                    before = smp.BytesReceived;
                    for (TimeSpan end = smp.Line.Now + Quiet; smp.Line.Now < end && before == smp.BytesReceived;)
                    {
                        smp.Pump(Turn);
                    }
                } while (before != smp.BytesReceived);
            }
            if (smp.BytesReceived > 0)
            {
                return ExitCode.Ok;
            }

            _host.Complain("nothing answers", "check the cable and that the camera is on; lapel ports lists the ports");
            return ExitCode.Trouble;
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
