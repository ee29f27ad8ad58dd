// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lapel.Cli;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>Ports that come, go and come back under another name while a dock or a sync looks for them.</summary>
    [TestClass]
    [DoNotParallelize]
    public sealed class DockPortTests
    {
        /// <summary>What has not happened by then does not happen.</summary>
        private static readonly TimeSpan Never = TimeSpan.FromSeconds(60);

        [TestMethod]
        public void A_dock_finds_ports_that_come_later_and_ends_with_0_when_all_is_done()
        {
            using var folder = new TemporaryFolder();
            var lapel = Bench(folder);
            string[] ports = [];
            lapel.PortNames = () => Volatile.Read(ref ports);
            Task<(int Code, string Out, string Error)> dock = Start(
                () => lapel.Run("dock", folder["store"], "--key", folder["dock.key"], "--json")
            );
            using TerminalCamera first = Camera(seed: 1),
                second = Camera(seed: 2);
            Volatile.Write(ref ports, [first.Path!]);
            Await(() => Segments(folder) == first.Bench.Closed());

            // The first one goes and comes back as another number, beside a second one that has its old number perhaps.
            first.UnplugAfter(0, Timeout.InfiniteTimeSpan);
            Await(() => first.Path == null);
            Volatile.Write(ref ports, [second.Path!]);
            first.Do(() =>
            {
                first.Bench.Record(1);
                first.Bench.Run(1);
            });
            first.Plug();
            Await(() => first.Path != null);
            Volatile.Write(ref ports, [second.Path!, first.Path!]);
            Await(() => Segments(folder) == first.Bench.Closed() + second.Bench.Closed());
            Thread.Sleep(1500);
            lapel.Cancel.Cancel();
            Assert.IsTrue(dock.Wait(Never), "it hangs");
            (int code, string output, string error) = dock.Result;
            Assert.AreEqual(0, code, error + output);
            Assert.Contains("there is no serial port yet; waiting", error);
            Assert.Contains("\"mayBeUnplugged\":true", output);
            Assert.Contains("may be unplugged", output);
        }

        /// <summary>A port whose name does not stay: only the camera's id tells that it is the same one.</summary>
        [TestMethod]
        public void A_camera_that_comes_back_in_another_bay_is_waited_for_in_none()
        {
            using var folder = new TemporaryFolder();
            var lapel = Bench(folder);
            using TerminalCamera camera = Camera(seed: 1);
            string[] ports = [camera.Path!];
            lapel.PortNames = () => Volatile.Read(ref ports);
            camera.UnplugAfter(60_000, Timeout.InfiniteTimeSpan);
            Task<(int Code, string Out, string Error)> dock = Start(
                () => lapel.Run("dock", folder["store"], "--key", folder["dock.key"], "--wait", "600", "--json")
            );
            Await(() => camera.Path == null);

            // Another device takes the old number.
            using Pty? other = Pty.Open();
            camera.Plug();
            Await(() => camera.Path != null);
            Assert.AreNotEqual(ports[0], camera.Path);
            Volatile.Write(ref ports, [camera.Path!]);
            Await(() => Segments(folder) == camera.Bench.Closed());
            Thread.Sleep(1500);
            lapel.Cancel.Cancel();
            Assert.IsTrue(dock.Wait(Never), "the first bay waits for what is in the second");
            Assert.AreEqual(0, dock.Result.Code, dock.Result.Error + dock.Result.Out);
            Assert.Contains("\"state\":\"waiting\"", dock.Result.Out);
        }

        [TestMethod]
        public void The_exit_code_is_that_of_the_worst_camera_whichever_ended_last()
        {
            foreach (int[] order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0], [0, 2, 1], [2, 0, 1] })
            {
                Assert.AreEqual(1, Result([.. order.Select(code => ("camera " + code, code))]));
            }

            Assert.AreEqual(2, Result(("a", 2), ("b", 0)));
            Assert.AreEqual(2, Result(("b", 0), ("a", 2)));
            Assert.AreEqual(0, Result(("a", 2), ("a", 0)), "a camera counts as its last sync ended");
            Assert.AreEqual(0, Result());
        }

        private static int Result(params (string Of, int Code)[] ended)
        {
            var host = new Host
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                IsTerminal = false,
                Cancel = CancellationToken.None,
                OpenCamera = _ => throw new InvalidOperationException(),
                VerifyCard = (_, _, _) => throw new InvalidOperationException(),
            };
            var dock = new Dock(host, _ => throw new InvalidOperationException(), [], once: true, CancellationToken.None);
            foreach ((string of, int code) in ended)
            {
                dock.Ended(of, code);
            }

            return dock.Result;
        }

        [TestMethod]
        public void A_sync_that_waits_finds_a_port_that_is_not_there_yet()
        {
            using var folder = new TemporaryFolder();
            var lapel = Bench(folder);
            string[] ports = [];
            lapel.PortNames = () => Volatile.Read(ref ports);
            Task<(int Code, string Out, string Error)> sync = Start(
                () => lapel.Run("sync", folder["store"], "--key", folder["dock.key"], "--wait", "60")
            );
            using TerminalCamera camera = Camera(seed: 1);
            Volatile.Write(ref ports, [camera.Path!]);
            Assert.IsTrue(sync.Wait(Never), "it hangs");
            Assert.AreEqual(0, sync.Result.Code, sync.Result.Error);
            Assert.StartsWith("lapel: there is no serial port; waiting", sync.Result.Error);
            Assert.AreEqual(camera.Bench.Closed(), Segments(folder));
        }

        [TestMethod]
        public void Without_a_word_about_waiting_a_port_that_is_not_there_is_an_error_at_once()
        {
            using var folder = new TemporaryFolder();
            var lapel = Bench(folder);
            (int code, _, string error) = lapel.Run("sync", folder["store"], "--key", folder["dock.key"], "--port", "/dev/lapel-none");
            Assert.AreEqual((2, "lapel: there is no port /dev/lapel-none"), (code, error.Split('\n')[0]));
            Assert.Contains("--wait", error);
        }

        private static CommandBench Bench(TemporaryFolder folder)
        {
            if (!PseudoTerminal.IsSupported)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            CameraBench.DockKey.Save(folder["dock.key"], folder["dock.pub"]);
            return new CommandBench();
        }

        private static TerminalCamera Camera(int seed) =>
            new(() =>
            {
                var bench = new CameraBench(seed: seed, frameBytes: 8_000);
                bench.Record(1);
                bench.Run(0.5);
                return bench;
            });

        private static int Segments(TemporaryFolder folder) =>
            Directory.Exists(folder["store"])
                ? Directory
                    .GetFiles(folder["store"], "*.mp4", SearchOption.AllDirectories)
                    .Count(f => !f.Contains("arriving", StringComparison.Ordinal))
                : 0;

        private static Task<T> Start<T>(Func<T> run) => Task.Factory.StartNew(run, TaskCreationOptions.LongRunning);

        private static void Await(Func<bool> holds)
        {
            long from = Stopwatch.GetTimestamp();
            while (!holds())
            {
                Assert.IsLessThan(Never, Stopwatch.GetElapsedTime(from), "it does not happen");
                Thread.Sleep(50);
            }
        }
    }
}
