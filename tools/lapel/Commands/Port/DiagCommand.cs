// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using Lapel.Link;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel diag: the camera's self-test with a verdict.</summary>
    internal sealed class DiagCommand
    {
        /// <summary>The longest part, the card's, takes less.</summary>
        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

        private readonly PortOptions _port = new();
        private readonly Argument<string?> _name = new("NAME")
        {
            Description = "One part of the test only",
            Arity = ArgumentArity.ZeroOrOne,
        };
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a result, and one for the verdict" };
        private readonly Host _host;

        private DiagCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var diag = new DiagCommand(host);
            var command = new Command(
                "diag",
                "Run the camera's self-test; exit 0 only when nothing failed. For example: lapel diag"
            )
            {
                diag._name,
                diag._json,
            };
            diag._port.AddTo(command);
            command.SetAction(diag.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string? name = parsed.GetValue(_name);
            foreach (char c in name ?? "")
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                {
                    throw new CommandException($"'{name}' is no name of a test", "lapel diag without a name runs all");
                }
            }

            bool json = parsed.GetValue(_json);
            int passed = 0,
                failed = 0,
                skipped = 0;
            using CameraConnection camera = _port.Connect(parsed, _host);
            string? error = new ConsoleTalk(camera.Smp).Run(
                name == null ? "selftest" : "selftest " + name,
                Silence,
                line =>
                {
                    string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
                    if (words.Length < 2 || words[0] is not ("PASS" or "FAIL" or "SKIP"))
                    {
                        return;
                    }

                    if (words[0] == "PASS")
                    {
                        passed++;
                    }
                    else if (words[0] == "FAIL")
                    {
                        failed++;
                    }
                    else
                    {
                        skipped++;
                    }

                    _host.Out.WriteLine(
                        !json
                            ? line
                            : JsonLine.Of(to =>
                            {
                                to.WriteString("type", "test");
                                to.WriteString("result", words[0].ToLowerInvariant());
                                to.WriteString("name", words[1]);
                                to.WriteString("detail", words.Length > 2 ? words[2].Trim() : "");
                            })
                    );
                }
            );
            if (passed + failed + skipped == 0)
            {
                throw new CommandException(
                    "the camera did not run its self-test" + (error == null ? "" : ": " + error),
                    "it does not while it records"
                );
            }

            bool good = failed == 0 && passed > 0;
            _host.Out.WriteLine(
                json
                    ? JsonLine.Of(to =>
                    {
                        to.WriteString("type", "verdict");
                        to.WriteString("device", camera.Hello.IdText);
                        to.WriteBoolean("good", good);
                        to.WriteNumber("passed", passed);
                        to.WriteNumber("failed", failed);
                        to.WriteNumber("skipped", skipped);
                    })
                    : $"camera {camera.Hello.IdText}: {(good ? "good" : "not good")}, {passed} passed, {failed} failed"
                        + (skipped > 0 ? $", {skipped} skipped" : "")
            );
            return good ? ExitCode.Ok : ExitCode.NotVerified;
        }
    }
}
