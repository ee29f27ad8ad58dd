// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Lapel.Cli;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The program `lapel` with ports of the tests' own.</summary>
    internal sealed class CommandBench
    {
        public Dictionary<string, IPort> Ports { get; } = [];

        public Dictionary<string, string> Environment { get; } = [];

        public CancellationTokenSource Cancel { get; set; } = new();

        /// <summary>The second request to end.</summary>
        public CancellationTokenSource Second { get; set; } = new();

        public string Input { get; set; } = "";

        public Func<IReadOnlyList<string>>? PortNames { get; set; }

        public Func<TextReader>? OpenInput { get; set; }

        public void Add(IPort port, string? name = null)
        {
            if (port is Wire wire && name != null)
            {
                wire.Name = name;
            }
            // A virtual machine belongs to its thread, and looking for the port asks each in a thread of its own.
            if (port is CablePort)
            {
                Environment["LAPEL_PORT"] = port.Name;
            }

            Ports[name ?? port.Name] = port;
        }

        public string Good(params string[] arguments)
        {
            (int code, string output, string error) = Run(arguments);
            Assert.AreEqual(0, code, $"lapel {string.Join(' ', arguments)}: {error}{output}");
            return output;
        }

        public void Bad(int code, string message, string? hint, params string[] arguments)
        {
            (int got, _, string error) = Run(arguments);
            string[] lines = error.TrimEnd().Split('\n');
            Assert.StartsWith("lapel: " + message, lines[0]);
            if (hint != null)
            {
                Assert.Contains(hint, lines[^1]);
            }

            Assert.AreEqual(code, got, error);
        }

        public (int Code, string Out, string Error) Run(params string[] arguments)
        {
            using var output = new StringWriter { NewLine = "\n" };
            using var error = new StringWriter { NewLine = "\n" };
            int code = CommandLine.Run(
                arguments,
                new Host
                {
                    Out = output,
                    Error = error,
                    OpenCamera = _ => throw new InvalidOperationException(),
                    VerifyCard = (path, key, json) => Verify.VerifyCommand.Run(path, key, json, output, error),
                    IsTerminal = false,
                    Cancel = Cancel.Token,
                    TakeSecondSignal = () => Second.Token,
                    OpenPort = name =>
                        Ports.TryGetValue(name, out IPort? port) ? port
                        : name == "mute" ? Mute()
                        : new SerialPortOf(Path.Combine("/dev", name)),
                    PortNames = PortNames ?? (() => [.. Ports.Keys]),
                    OpenInput = OpenInput ?? (() => new StringReader(Input)),
                    Environment = name => Environment.GetValueOrDefault(name),
                }
            );
            return (code, output.ToString(), error.ToString());
        }

        private static Wire Mute()
        {
            ReferenceCamera camera = Footage.Camera([1], 4, 256);
            camera.IsMute = true;
            return new Wire(camera) { Name = "mute" };
        }
    }
}
