// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Link;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>What a command gets from the machine it runs on.</summary>
    internal sealed record Host
    {
        /// <summary>Data goes here.</summary>
        public required TextWriter Out { get; init; }

        /// <summary>Messages and progress go here.</summary>
        public required TextWriter Error { get; init; }

        /// <summary>Makes a camera.</summary>
        public required Func<VirtualCameraOptions, ICameraEngine> OpenCamera { get; init; }

        /// <summary>
        /// Verifies a card folder against a public key's file (null: the key on the card) and prints the summary, as JSON when asked; gives
        /// the exit code.
        /// </summary>
        public required Func<string, string?, bool, int> VerifyCard { get; init; }

        /// <summary>A serial port by its name.</summary>
        public Func<string, IPort> OpenPort { get; init; } = name => new SerialPortOf(name);

        /// <summary>The serial ports of this machine, and those of its virtual cameras.</summary>
        public Func<IReadOnlyList<string>> PortNames { get; init; } =
            () => [.. SerialPorts.Names().Concat(VirtualPorts.Names()).Distinct()];

        /// <summary>The name of a port that stays when it comes back under another number; null when the system has none.</summary>
        public Func<string, string?> LastingName { get; init; } = Link.PortNames.Lasting;

        /// <summary>Standard input.</summary>
        public Func<TextReader> OpenInput { get; init; } = () => Console.In;

        /// <summary>A variable of the environment.</summary>
        public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

        /// <summary>
        /// Asks who sits at the terminal for a secret, with this prompt, and shows nothing of it; null when there is no terminal.
        /// </summary>
        public Func<string, string?> AskSecret { get; init; } = _ => null;

        /// <summary>How this program is called here, for lines that a person is to type.</summary>
        public string Program { get; init; } = "lapel";

        /// <summary>Whether a person sees the messages and can press keys.</summary>
        public required bool IsTerminal { get; init; }

        /// <summary>Set when the user or the system asks the program to end.</summary>
        public required CancellationToken Cancel { get; init; }

        /// <summary>
        /// Keeps a second request to end from ending the program: this token tells of it, and a third one ends the program.
        /// </summary>
        public Func<CancellationToken> TakeSecondSignal { get; init; } = () => CancellationToken.None;

        /// <summary>Writes an error.</summary>
        public void Complain(string message, string? hint)
        {
            Error.WriteLine("lapel: " + Printable(message));
            if (hint != null)
            {
                Error.WriteLine("hint: " + Printable(hint));
            }
        }

        /// <summary>What a file or a camera says may stand in a message, and must not steer the terminal.</summary>
        private static string Printable(string text) =>
            text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
    }
}
