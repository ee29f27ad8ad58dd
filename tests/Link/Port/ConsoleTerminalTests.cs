// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>lapel in a terminal, as a person has it: a process whose input and output are a pseudo terminal.</summary>
    [TestClass]
    [DoNotParallelize]
    public sealed class ConsoleTerminalTests
    {
        private static readonly TimeSpan Never = TimeSpan.FromSeconds(60);

        [TestMethod]
        public void What_is_typed_at_the_console_is_edited_answered_and_left()
        {
            using Pty? terminal = Pty.Open();
            if (terminal == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using TerminalCamera camera = Camera();
            using Process console = Start(terminal, $"console --port {camera.Path}");
            Await(terminal, "Ctrl-] leaves");
            Await(terminal, "lapel> ");

            // Tab, a line that is mended with the arrow keys, history.
            terminal.Write("ver\t\r"u8);
            Await(terminal, "firmware ");
            Await(terminal, "lapel> ");
            terminal.Write("staXus\e[D\e[D\x7ft\e[F -j\r"u8);
            Assert.Contains("\"state\"", Await(terminal, "}"));
            terminal.Write("\e[A"u8);
            Await(terminal, "-j");
            terminal.Write("\u0015"u8);
            terminal.Write("nonsense\r"u8);
            Await(terminal, "lapel> ");

            // Ctrl-C is the camera's: it ends a line there, and not the program here.
            terminal.Write("half\u0003version\r"u8);
            Await(terminal, "firmware ");
            terminal.Write([0x1D]);
            Assert.IsTrue(console.WaitForExit(Never), "it hangs");
            Assert.AreEqual(0, console.ExitCode);
        }

        [TestMethod]
        public void A_passphrase_that_is_typed_is_not_shown()
        {
            using Pty? terminal = Pty.Open();
            if (terminal == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using var folder = new TemporaryFolder();

            // The terminal echoes, unless the program tells it not to.
            using (Process echo = Process.Start("stty", ["-F", terminal.Path, "sane"]))
            {
                echo.WaitForExit();
            }

            using (Process keygen = Start(terminal, $"keygen station {folder["dock"]} --passphrase"))
            {
                string said = Await(terminal, "new passphrase");
                terminal.Write("Geheim1\r"u8);
                said += Await(terminal, "the same again");
                terminal.Write("Geheim1\r"u8);
                said += Await(terminal, "fingerprint");
                Assert.IsTrue(keygen.WaitForExit(Never), "it hangs");
                Assert.AreEqual(0, keygen.ExitCode);
                Assert.DoesNotContain("Geheim", said);
            }

            using Process again = Start(terminal, $"keygen passphrase {folder["dock.key"]} --remove");
            Await(terminal, "passphrase of");
            terminal.Write("Geheim1\r"u8);
            Await(terminal, "has no passphrase any more");
            Assert.IsTrue(again.WaitForExit(Never), "it hangs");
            Assert.AreEqual(0, again.ExitCode);
        }

        private static TerminalCamera Camera() =>
            new(() =>
            {
                var bench = new CameraBench();
                bench.Run(0.5);
                return bench;
            });

        private static Process Start(Pty terminal, string arguments)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "lapel.dll"),
                tty = terminal.Path;
            var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet '{program}' {arguments} < {tty} > {tty} 2> {tty}"]);
            start.Environment["TERM"] = "xterm";
            return Process.Start(start)!;
        }

        /// <summary>What the terminal shows up to a text.</summary>
        private static string Await(Pty terminal, string text)
        {
            var shown = new StringBuilder();
            var bytes = new byte[1];
            long from = Stopwatch.GetTimestamp();
            while (!shown.ToString().EndsWith(text, StringComparison.Ordinal))
            {
                Assert.IsLessThan(Never, Stopwatch.GetElapsedTime(from), $"no '{text}' in: {shown}");
                if (terminal.Read(bytes, waitMs: 100) > 0)
                {
                    shown.Append((char)bytes[0]);
                }
            }
            return shown.ToString();
        }
    }
}
