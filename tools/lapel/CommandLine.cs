// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using Lapel.Cli.Commands;
using Lapel.Intake;
using Lapel.Link;
using Lapel.Scenes;

namespace Lapel.Cli
{
    /// <summary>
    /// The rules of the command line, for every command:
    /// data on standard output, messages on standard error as "lapel: what went wrong" with a line "hint: what to do";
    /// exit 0 when all is well, 1 when something checked does not hold, 2 for wrong usage or unusable files;
    /// --json gives one object a line; progress is shown on a terminal only; Ctrl-C leaves nothing broken.
    /// </summary>
    internal static class CommandLine
    {
        /// <summary>Runs one command.</summary>
        /// <returns>The exit code.</returns>
        public static int Run(string[] args, Host host)
        {
            ParseResult parsed = Build(host).Parse(args);
            if (parsed.Errors.Count > 0)
            {
                string message =
                    parsed.UnmatchedTokens.Count > 0
                        ? $"unknown command or option '{parsed.UnmatchedTokens[0]}'"
                        : Sentence(parsed.Errors[0].Message);
                host.Complain(message, $"{Path(parsed.CommandResult)} --help");
                return ExitCode.Trouble;
            }
            try
            {
                return parsed.Invoke(
                    new InvocationConfiguration
                    {
                        Output = host.Out,
                        Error = host.Error,
                        EnableDefaultExceptionHandler = false,
                    }
                );
            }
            catch (CommandException e)
            {
                host.Complain(e.Message, e.Hint);
            }
            catch (SceneException e)
            {
                host.Complain(e.Message, e.Hint);
            }
            catch (LinkException e)
            {
                host.Complain(e.Message, e.Hint);
            }
            catch (StoreException e)
            {
                host.Complain(e.Message, e.Hint);
            }
            catch (OperationCanceledException)
            {
                host.Complain("interrupted", null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                host.Complain(e.Message.TrimEnd('.'), null);
            }
            return ExitCode.Trouble;
        }

        private static RootCommand Build(Host host)
        {
            return new RootCommand("Lapel: an open body-worn camera. For example: lapel demo /tmp/shift")
            {
                RunCommand.Create(host),
                DemoCommand.Create(host),
                VerifyCommand.Create(host),
                AuditCommand.Create(host),
                ExportCommand.Create(host),
                KeygenCommand.Create(host),
                ConfigCommand.Create(host),
                ReceiptCommand.Create(host),
                RetireCommand.Create(host),
                RotateCommand.Create(host),
                PortsCommand.Create(host),
                StatusCommand.Create(host),
                ConsoleCommand.Create(host),
                DiagCommand.Create(host),
                SetClockCommand.Create(host),
                SyncCommand.Create(host),
                DockCommand.Create(host),
            };
        }

        private static string Sentence(string message)
        {
            string text = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
            return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
        }

        private static string Path(CommandResult command)
        {
            var names = new List<string>();
            for (SymbolResult? at = command; at is CommandResult result; at = at.Parent)
            {
                names.Insert(0, result.Command is RootCommand ? "lapel" : result.Command.Name);
            }

            return string.Join(' ', names);
        }
    }
}
