// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Cli
{
    /// <summary>Wires the commands to this machine.</summary>
    internal static class Program
    {
        // In a copy of the source, as the README begins.
        private const string FromSource = "dotnet run --project tools/lapel --";

        private static int Main(string[] args)
        {
            using var signals = new Signals();
            return CommandLine.Run(
                args,
                new Host
                {
                    Out = Console.Out,
                    Error = Console.Error,
                    Program = File.Exists(Path.Combine("tools", "lapel", "lapel.csproj")) ? FromSource : "lapel",
                    IsTerminal = !Console.IsInputRedirected && !Console.IsErrorRedirected,
                    AskSecret = prompt => SecretPrompt.Ask(prompt, signals.First),
                    Cancel = signals.First,
                    TakeSecondSignal = signals.TakeSecond,
                    OpenCamera = VirtualCamera.VirtualCamera.Open,
                    VerifyCard = (path, key, json) => Verify.VerifyCommand.Run(path, key, json, Console.Out, Console.Error),
                }
            );
        }
    }
}
