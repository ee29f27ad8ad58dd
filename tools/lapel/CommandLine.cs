// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;
using Lapel.Cli.Commands;
using Lapel.Intake;
using Lapel.Link;
using Lapel.Scenes;

namespace Lapel.Cli
{
    /// <summary>
    /// The rules of the command line, for every command: data on standard output, messages on standard error as "lapel: what went wrong"
    /// with a line "hint: what to do"; exit 0 when all is well, 1 when something checked does not hold, 2 for wrong usage or unusable
    /// files, 130 when interrupted;
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
                (string message, string hint) = UsageError.Of(parsed);
                host.Complain(message, hint);
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
                return e.Code;
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
                host.Complain("interrupted", "run it again to go on");
                return ExitCode.Interrupted;
            }
            catch (Exception e) when (FileTrouble.Is(e))
            {
                host.Complain(FileTrouble.Sentence(e), null);
            }
            return ExitCode.Trouble;
        }

        /// <summary>All commands.</summary>
        internal static RootCommand Build(Host host)
        {
            var root = new RootCommand("Lapel: an open body-worn camera. For example: lapel demo shift")
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
                RepairCommand.Create(host),
                PortsCommand.Create(host),
                StatusCommand.Create(host),
                ConsoleCommand.Create(host),
                RebootCommand.Create(host),
                DiagCommand.Create(host),
                SetClockCommand.Create(host),
                SyncCommand.Create(host),
                DockCommand.Create(host),
                ImageCommand.Create(host),
                CompletionCommand.Create(host),
            };
            root.SetAction(_ =>
            {
                host.Out.WriteLine(FirstHelp.Text);
                return ExitCode.Ok;
            });

            // Without the forms of Windows: a completion that offers /h beside files is of no use elsewhere.
            HelpOption help = root.Options.OfType<HelpOption>().Single();
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
            return root;
        }
    }
}
