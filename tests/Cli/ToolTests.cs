// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lapel.App;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>The program as a .NET tool: packed, installed into a folder of its own, and used as a new user would.</summary>
    [TestClass]
    public sealed class ToolTests
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

        /// <summary>The firmware's version stands once, in Camera.cs; the program carries that firmware.</summary>
        [TestMethod]
        public void The_version_is_the_firmwares()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(Camera.Version + "\n", Run(folder.Path, "dotnet", typeof(CommandLine).Assembly.Location, "--version").Out);
            Assert.MatchesRegex(new Regex(@"^\d+\.\d+\.\d+$"), Camera.Version);
        }

        [TestMethod]
        [TestCategory("Sweep")]
        [Timeout(600_000)]
        public void It_packs_installs_and_plays_the_demo()
        {
            using var folder = new TemporaryFolder();
            string project = Path.Combine(Repository(), "tools", "lapel", "lapel.csproj"),
                tools = folder["tools"];
#if DEBUG
            const string Configuration = "Debug";
#else
            const string Configuration = "Release";
#endif
            // What the tests run is what is packed; nothing is restored, so it works without a network too.
            Good(folder.Path, "dotnet", "pack", project, "-c", Configuration, "--no-build", "-o", folder["packages"]);
            Assert.IsTrue(File.Exists(Path.Combine(folder["packages"], $"Lapel.{Camera.Version}.nupkg")));
            Good(folder.Path, "dotnet", "tool", "install", "Lapel", "--tool-path", tools, "--source", folder["packages"]);
            string lapel = Path.Combine(tools, OperatingSystem.IsWindows() ? "lapel.exe" : "lapel");
            Assert.AreEqual(Camera.Version + "\n", Good(folder.Path, lapel, "--version").Out);

            (_, string said, string next) = Good(folder.Path, lapel, "demo", "my shift");
            Assert.Contains("2 recordings: 2 authentic", said);

            // The lines of "next:" work as they are typed; the last one runs until it is ended.
            string[] lines = next[next.IndexOf("next:\n", StringComparison.Ordinal)..].TrimEnd().Split('\n')[1..^1];
            Assert.HasCount(2, lines);
            foreach (string line in lines)
            {
                Match typed = Regex.Match(line, "^  lapel (?<arguments>.*?)   .*$");
                Assert.IsTrue(typed.Success, line);
                Good(folder.Path, "sh", "-c", $"{lapel} {typed.Groups["arguments"].Value}");
            }

            Assert.HasCount(2, Directory.GetFiles(Path.Combine(folder["my shift"], "movies"), "*.mp4"));
        }

        private static string Repository()
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }

        private static (int Code, string Out, string Error) Good(string folder, string program, params string[] arguments)
        {
            (int code, string output, string error) = Run(folder, program, arguments);
            Assert.AreEqual(0, code, $"{program} {string.Join(' ', arguments)}: {error}{output}");
            return (code, output, error);
        }

        private static (int Code, string Out, string Error) Run(string folder, string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(),
                error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} {string.Join(' ', arguments)} did not end: {error.Result}");
            }

            return (process.ExitCode, output.Result.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
        }
    }
}
