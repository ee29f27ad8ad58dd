// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lapel.Cli
{
    /// <summary>Wires the commands to this machine.</summary>
    internal static class Program
    {
        // In a copy of the source, as the README begins.
        private const string FromSource = "dotnet run --project tools/lapel --";

        private static int Main(string[] args)
        {
            using var cancel = new CancellationTokenSource();
            using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, cancel);
            using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, cancel);
            using PosixSignalRegistration hangUp = EndOn(PosixSignal.SIGHUP, cancel);
            return CommandLine.Run(
                args,
                new Host
                {
                    Out = Console.Out,
                    Error = Console.Error,
                    Program = File.Exists(Path.Combine("tools", "lapel", "lapel.csproj")) ? FromSource : "lapel",
                    IsTerminal = !Console.IsInputRedirected && !Console.IsErrorRedirected,
                    Cancel = cancel.Token,
                    OpenCamera = VirtualCamera.VirtualCamera.Open,
                    VerifyCard = (path, key, json) => Verify.VerifyCommand.Run(path, key, json, Console.Out, Console.Error),
                }
            );
        }

        /// <summary>The first signal ends the program properly, a second one at once.</summary>
        private static PosixSignalRegistration EndOn(PosixSignal signal, CancellationTokenSource cancel)
        {
            return PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = !cancel.IsCancellationRequested;
                    cancel.Cancel();
                }
            );
        }
    }
}
