// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>What the printed completion scripts do in real shells.</summary>
    [TestClass]
    public sealed class ShellTests
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

        [TestMethod]
        [DataRow("lapel r", "reboot receipt repair retire rotate run")]
        [DataRow("lapel config s", "set show sign")]
        [DataRow("lapel run --si", "--size")]
        [DataRow("lapel run --size ", "hd qvga svga vga")]
        [DataRow("lapel run --json --size q", "qvga")]
        [DataRow("lapel completion ", "bash powershell zsh")]
        [DataRow("lapel verify te", "text.mp4")]
        [DataRow("lapel verify ", "store text.mp4")]
        [DataRow("lapel sync s", "store")]
        [DataRow("lapel sync store --key t", "text.mp4")]
        [DataRow("lapel nothing", "")]
        public void Bash_completes(string line, string offered)
        {
            string bash = Require("bash");
            using TemporaryFolder folder = Folder();
            folder.Write(
                "ask",
                """
                eval "$(lapel completion bash)"
                COMP_LINE=$1 COMP_POINT=${#1} words=() rest=$1
                read -ra COMP_WORDS <<<"$1"
                [[ $1 == *' ' ]] && COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                [[ $(complete -p lapel) == "complete -o bashdefault -o default -F _lapel lapel" ]] || exit 9
                _lapel lapel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                # What -o default adds where the function offers nothing.
                [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
                printf '%s\n' "${COMPREPLY[@]}"
                """
            );
            string said = Run(folder, bash, "--norc", "ask", line);
            Assert.AreEqual(offered, string.Join(' ', Words(said).Where(word => !word.StartsWith("ask") && word != "bin").Order()));
        }

        [TestMethod]
        [DataRow("lapel verif", "lapel verify")]
        [DataRow("lapel config sh", "lapel config show")]
        [DataRow("lapel run --card-s", "lapel run --card-size")]
        [DataRow("lapel run --size q", "lapel run --size qvga")]
        [DataRow("lapel verify te", "lapel verify text.mp4")]
        public void Zsh_completes(string line, string completed)
        {
            string zsh = Require("zsh");
            using TemporaryFolder folder = Folder();
            folder.Write(
                "ask",
                """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                see() { local piece; while zpty -r shell piece; do seen+=$piece; [[ $seen == *$1* ]] && return; done }
                zpty -w shell 'PS1=; bindkey -e; autoload -U compinit; compinit -u -D; source <(lapel completion zsh); print rea''dy'
                see ready
                zpty -n -w shell "$1"$'\t'
                # What stands on the line is printed by the shell itself, not read from its screen.
                zpty -w shell $'\C-aprint -r -- "<\C-e>"'
                see $'\n<lapel'
                print -r -- $seen
                """
            );
            string said = Run(folder, zsh, "-f", "ask", line);
            Assert.Contains($"\n<{completed}>", said);
        }

        [TestMethod]
        public void The_scripts_are_not_changed_by_the_line_ends_of_a_checkout()
        {
            using TemporaryFolder folder = Folder();
            foreach (string shell in new[] { "bash", "zsh", "powershell" })
            {
                string script = Run(folder, Path.Combine(folder.Path, "bin", "lapel"), "completion", shell);
                Assert.DoesNotContain("\r", script);
                Assert.Contains("[suggest:", script);
            }
        }

        /// <summary>A folder to complete in, with the program as `lapel` in its bin.</summary>
        private static TemporaryFolder Folder()
        {
            var folder = new TemporaryFolder();
            Directory.CreateDirectory(folder["store"]);
            folder.Write("text.mp4", "");
            string bin = Directory.CreateDirectory(folder["bin"]).FullName,
                lapel = Path.Combine(bin, "lapel");
            File.WriteAllText(lapel, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(lapel, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return folder;
        }

        /// <summary>A shell's path; ends the test as inconclusive where it is not installed.</summary>
        private static string Require(string shell)
        {
            string? path = (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, shell))
                .FirstOrDefault(File.Exists);
            if (path == null)
            {
                Assert.Inconclusive($"{shell} is not installed");
            }

            return path;
        }

        private static IEnumerable<string> Words(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        private static string Run(TemporaryFolder folder, string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.Path,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = folder["bin"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
            start.Environment["TERM"] = "dumb";
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(),
                error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} {string.Join(' ', arguments)} did not end: {error.Result}");
            }

            Assert.AreEqual(0, process.ExitCode, error.Result);
            return output.Result.ReplaceLineEndings("\n");
        }
    }
}
