// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// The cable is pulled as from a converter, in real time: the port is gone, and comes back under another name or not at all. Every
    /// command ends within two seconds of it, or goes on when the port is back.
    /// </summary>
    [TestClass]
    [DoNotParallelize]
    public sealed class UnplugTests
    {
        private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

        /// <summary>A command that has not ended by then hangs.</summary>
        private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

        // Half a megabyte in all: room for two unplugs of 150,000 bytes at most and a remainder, and six seconds at 921,600 bits/s.
        private const int FrameBytes = 8_000;

        private static readonly TimeSpan Out = TimeSpan.FromMilliseconds(200);

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(921600)]
        [DataRow(3_000_000)]
        public void A_sync_goes_on_after_each_unplug_and_has_the_right_bytes_at_the_end(int baud)
        {
            int wanted = TestSize.Of(sample: 2, sweep: 40),
                done = 0;
            var random = new Random(baud);
            using var key = new KeyFile();
            while (done < wanted)
            {
                using TerminalCamera camera = Start(seconds: 1);
                int left = Math.Min(10, wanted - done);
                camera.OnUnplugged = () =>
                {
                    if (--left > 0)
                    {
                        camera.Plan(random.Next(1, 150_000), Out);
                    }
                };
                camera.UnplugAfter(random.Next(1, 150_000), Out);
                string store = camera.Bench.Options.Folder;
                (int code, string output, string error) = Run(
                    camera,
                    "sync",
                    store,
                    "--key",
                    key.Path,
                    "--wait",
                    "30",
                    "--baud",
                    $"{baud}"
                );
                Assert.AreEqual(0, code, error + output);
                RequireSame(camera);
                Assert.IsGreaterThan(0, camera.Unplugs);
                done += camera.Unplugs;
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(921600)]
        [DataRow(3_000_000)]
        public void A_dock_goes_on_after_each_unplug_and_ends_with_0(int baud)
        {
            int wanted = TestSize.Of(sample: 2, sweep: 20),
                done = 0;
            var random = new Random(baud + 1);
            using var key = new KeyFile();
            while (done < wanted)
            {
                using TerminalCamera camera = Start(seconds: 1);
                int left = Math.Min(5, wanted - done);
                camera.OnUnplugged = () =>
                {
                    if (--left > 0)
                    {
                        camera.Plan(random.Next(1, 100_000), Out);
                    }
                };
                camera.UnplugAfter(random.Next(1, 100_000), Out);
                string store = camera.Bench.Options.Folder;
                (int code, string output, string error) = Run(camera, "dock", store, "--once", "--key", key.Path, "--baud", $"{baud}");
                Assert.AreEqual(0, code, error + output);
                RequireSame(camera);
                Assert.IsGreaterThan(0, camera.Unplugs);
                done += camera.Unplugs;
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow("set-clock", 115200, 600)]
        [DataRow("console", 115200, 900)]
        [DataRow("sync", 921600, 150_000)]
        [DataRow("sync", 3_000_000, 150_000)]
        public void A_port_that_does_not_come_back_ends_the_command(string command, int baud, int mostBytes)
        {
            var random = new Random(mostBytes + baud);
            using var key = new KeyFile();
            using TerminalCamera camera = Start(seconds: 1);
            for (int i = 0; i < TestSize.Of(sample: 2, sweep: 20); i++)
            {
                camera.Plug();
                SpinWait.SpinUntil(() => camera.Path != null);
                string store = camera.Bench.Options.Folder + i;
                string[] arguments =
                    command == "sync" ? ["sync", store, "--key", key.Path, "--wait", "0", "--baud", $"{baud}"]
                    : command == "console" ? ["console"]
                    : [command, "--key", key.Path];
                camera.UnplugAfter(random.Next(1, mostBytes), Timeout.InfiniteTimeSpan);
                (int code, string output, string error) = Run(camera, arguments);
                TimeSpan took = camera.SinceUnplugged;
                Assert.AreEqual(2, code, error + output);
                string last = error[error.LastIndexOf("lapel:", StringComparison.Ordinal)..];
                Assert.MatchesRegex("^lapel: (the connection at|there is no port) ", last);
                Assert.IsLessThan(Bound, took, "from the unplug to the end");
            }
        }

        [TestMethod]
        [DataRow("status")]
        [DataRow("console")]
        [DataRow("sync")]
        public void Ctrl_C_ends_the_wait_for_a_port_that_says_nothing(string command)
        {
            using Pty? pty = Pty.Open();
            if (pty == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using var key = new KeyFile();
            using var folder = new TemporaryFolder();
            var lapel = new CommandBench();
            lapel.Ports["mute"] = new SerialPortOf(pty.Path);
            lapel.Environment["LAPEL_PORT"] = "mute";
            lapel.Cancel.CancelAfter(300);
            string[] arguments = command == "sync" ? ["sync", folder["store"], "--key", key.Path, "--wait", "60"] : [command];
            Task<(int Code, string Out, string Error)> run = Task.Run(() => lapel.Run(arguments));
            Assert.IsTrue(run.Wait(Hang), "it hangs");
            Assert.AreEqual(130, run.Result.Code, run.Result.Error);
        }

        [TestMethod]
        public void A_console_that_waits_for_its_input_notices_the_unplug()
        {
            using TerminalCamera camera = Start(seconds: 1);
            var lapel = Bench(camera);
            using var input = new EndlessInput();
            lapel.OpenInput = () => input;
            Task<(int Code, string Out, string Error)> run = Task.Run(() => lapel.Run("console"));
            Assert.IsTrue(input.Asked.Wait(Hang), "it does not come to its input");
            camera.UnplugAfter(0, Timeout.InfiniteTimeSpan);
            Assert.IsTrue(run.Wait(Hang), "it hangs");
            Assert.AreEqual(2, run.Result.Code, run.Result.Error);
            Assert.Contains("is gone: cable or power", run.Result.Error);
        }

        private static TerminalCamera Start(double seconds)
        {
            if (!PseudoTerminal.IsSupported)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            return new TerminalCamera(() =>
            {
                var bench = new CameraBench(frameBytes: FrameBytes);
                bench.Record(seconds);
                bench.Run(0.5);
                return bench;
            });
        }

        private static CommandBench Bench(TerminalCamera camera)
        {
            var lapel = new CommandBench { Input = string.Concat(System.Linq.Enumerable.Repeat("status\n", 40)) };
            lapel.Ports["camera"] = new SerialPortOf(camera.Path!);
            lapel.Environment["LAPEL_PORT"] = "camera";
            return lapel;
        }

        private static (int Code, string Out, string Error) Run(TerminalCamera camera, params string[] arguments)
        {
            CommandBench lapel = Bench(camera);
            if (arguments[0] == "dock")
            {
                arguments = [.. arguments, "--port", "camera"];
            }

            Task<(int Code, string Out, string Error)> run = Task.Factory.StartNew(
                () => lapel.Run(arguments),
                TaskCreationOptions.LongRunning
            );
            Assert.IsTrue(run.Wait(Hang), $"lapel {string.Join(' ', arguments)} hangs");
            return run.Result;
        }

        private static void RequireSame(TerminalCamera camera)
        {
            camera.Do(() =>
            {
                WholeCameraTests.RequireSame(camera.Bench);
                Assert.HasCount(camera.Bench.Closed(), camera.Bench.Records());
            });
            CardResult judged = CardVerifier.Verify(camera.Bench.DeviceFolder, null);
            Assert.IsTrue(judged.AllAuthentic, string.Join("; ", judged.Findings));
        }

        /// <summary>The dock's key as a file.</summary>
        private sealed class KeyFile : IDisposable
        {
            private readonly TemporaryFolder _folder = new();

            public KeyFile() => CameraBench.DockKey.Save(Path, _folder["dock.pub"]);

            public string Path => _folder["dock.key"];

            public void Dispose() => _folder.Dispose();
        }

        /// <summary>Somebody who sits there and types nothing.</summary>
        private sealed class EndlessInput : TextReader
        {
            private readonly ManualResetEventSlim _left = new();

            public ManualResetEventSlim Asked { get; } = new();

            public override string? ReadLine()
            {
                Asked.Set();
                _left.Wait();
                return null;
            }

            protected override void Dispose(bool disposing) => _left.Set();
        }
    }
}
