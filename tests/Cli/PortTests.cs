// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>The service port of lapel run: another program at a pseudo terminal.</summary>
    [TestClass]
    public class PortTests
    {
        [TestMethod]
        public void BytesPassThePseudoTerminalAsTheyAre()
        {
            if (!PseudoTerminal.IsSupported)
            {
                Assert.Inconclusive("no pseudo terminals here");
            }

            using PseudoTerminal terminal = PseudoTerminal.Open();
            using var client = new FileStream(terminal.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            var all = new byte[256];
            for (int n = 0; n < all.Length; n++)
            {
                all[n] = (byte)n;
            }

            Assert.AreEqual(256, terminal.Write(all));
            var got = new byte[256];
            client.ReadExactly(got);
            CollectionAssert.AreEqual(all, got);
            client.Write(all);
            client.Flush();
            var back = new byte[1024];
            int count = terminal.Read(back);
            CollectionAssert.AreEqual(all, back[..count]);
            Assert.AreEqual(0, terminal.Read(back), "nothing more, and no waiting");
        }

        [TestMethod]
        [Timeout(120_000)]
        public void ARunningCameraAnswersAtItsPort()
        {
            if (!PseudoTerminal.IsSupported)
            {
                Assert.Inconclusive("no pseudo terminals here");
            }

            using var folder = new TemporaryFolder();
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    typeof(CommandLine).Assembly.Location,
                    "run",
                    "--port",
                    "--card",
                    Path.Combine(folder.Path, "card"),
                    "--device",
                    Path.Combine(folder.Path, "device"),
                    "--card-size",
                    "64",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process run = Process.Start(start)!;
            string port = "";
            try
            {
                string said = run.StandardError.ReadLine()!;
                StringAssert.StartsWith(said, "service port /dev/");
                port = said["service port ".Length..];
                for (int tries = 0; tries < 100 && !VirtualPorts.Names().Contains(port); tries++)
                {
                    Thread.Sleep(100);
                }

                CollectionAssert.Contains(VirtualPorts.Names().ToArray(), port, "lapel ports lists it");
                using var client = new FileStream(
                    port,
                    FileMode.Open,
                    FileAccess.ReadWrite,
                    FileShare.ReadWrite,
                    1
                );
                client.Write(Encoding.ASCII.GetBytes("version\r"));
                var text = new StringBuilder();
                var buffer = new byte[1];
                while (!text.ToString().EndsWith("OK\r\nlapel> ") && client.Read(buffer) == 1)
                {
                    text.Append((char)buffer[0]);
                }

                StringAssert.Contains(text.ToString(), "S3-REF-1");
            }
            finally
            {
                run.Kill();
                run.WaitForExit();
            }

            CollectionAssert.DoesNotContain(VirtualPorts.Names().ToArray(), port, "none of a camera that was killed");
        }

        [TestMethod]
        [DataRow("flip=1,drop=0.5,insert=2,seed=7", true)]
        [DataRow("seed=3", true)]
        [DataRow("", false)]
        [DataRow("flip", false)]
        [DataRow("flip=-1", false)]
        [DataRow("flip=1e3", false)]
        [DataRow("flip=30000", false)]
        [DataRow("stall=1,unplug=0.1", true)]
        [DataRow("pull=1", false)]
        [DataRow("seed=x", false)]
        public void FaultsAreReadStrictly(string text, bool valid) => Assert.AreEqual(valid, LineOptions.Parse(text) != null);

        [TestMethod]
        public void FaultsAreWhatWasWritten()
        {
            Assert.AreEqual(
                new LineFaults
                {
                    Flip = 1,
                    Drop = 0.5,
                    Insert = 2,
                    Seed = 7,
                },
                LineOptions.Parse("flip=1,drop=0.5,insert=2,seed=7")
            );
        }
    }
}
