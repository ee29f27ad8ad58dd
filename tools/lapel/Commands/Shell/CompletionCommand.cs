// SPDX-License-Identifier: MIT

using System.CommandLine;
using System.IO;

namespace Lapel.Cli.Commands
{
    /// <summary>
    /// lapel completion: prints the script that makes a shell complete what is typed. The scripts ask the program itself
    /// (<c>lapel "[suggest:9]" "lapel ver"</c>), so they need no change when a command or an option is added.
    /// </summary>
    internal static class CompletionCommand
    {
        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            return new Command(
                "completion",
                "Print a script that makes a shell complete lapel's commands. For example: eval \"$(lapel completion bash)\""
            )
            {
                Shell(host, "bash", "lapel.bash", "For bash. For example: eval \"$(lapel completion bash)\""),
                Shell(host, "zsh", "lapel.zsh", "For zsh, after compinit. For example: source <(lapel completion zsh)"),
                Shell(
                    host,
                    "powershell",
                    "lapel.ps1",
                    "For PowerShell. For example: lapel completion powershell | Out-String | Invoke-Expression"
                ),
            };
        }

        private static Command Shell(Host host, string name, string script, string description)
        {
            var command = new Command(name, description);
            command.SetAction(_ =>
            {
                using var from = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream(script)!);
                host.Out.Write(from.ReadToEnd());
                return ExitCode.Ok;
            });
            return command;
        }
    }
}
