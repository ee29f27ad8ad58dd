// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Lapel.Authority;
using Lapel.Cli;
using Lapel.Hal.Virtual;
using Lapel.Tests;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// A host that is killed in the middle of a transfer says nothing more: the next one finds the camera, and the port free.
    /// </summary>
    [TestClass]
    [DoNotParallelize]
    public sealed class KilledHostTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(115200)]
        [DataRow(921600)]
        [DataRow(3_000_000)]
        public void The_next_host_is_at_full_rate_within_a_second(int baud)
        {
            if (!PseudoTerminal.IsSupported)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using var folder = new TemporaryFolder();
            CameraBench.DockKey.Save(folder["dock.key"], folder["dock.pub"]);
            using var camera = new TerminalCamera(() =>
            {
                var bench = new CameraBench(slotBytes: 4 << 20, cardMegabytes: 96);
                bench.Record(12);
                bench.Run(0.5);
                return bench;
            });
            for (int i = 0; i < TestSize.Of(sample: 1, sweep: 5); i++)
            {
                long before = camera.Passed;
                using Process host = Process.Start(
                    new ProcessStartInfo(
                        "dotnet",
                        [
                            typeof(CommandLine).Assembly.Location,
                            "sync",
                            folder["store" + i],
                            "--key",
                            folder["dock.key"],
                            "--port",
                            camera.Path!,
                            "--baud",
                            $"{baud}",
                        ]
                    )
                )!;
                while (camera.Passed < before + 60_000)
                {
                    Assert.IsFalse(host.HasExited, "it ended by itself");
                    Thread.Sleep(20);
                }

                host.Kill();
                host.WaitForExit();

                // The camera's time: on a machine that is short of processors its second is longer.
                long from = camera.Do(() => camera.Bench.Camera.NowUs);
                using CameraConnection next = CameraConnection.Open(new SerialPortOf(camera.Path!));
                Assert.AreEqual(baud, next.Raise(baud));
                TimeSpan took = TimeSpan.FromMicroseconds(camera.Do(() => camera.Bench.Camera.NowUs) - from);
                Console.WriteLine($"{baud} bits/s: the next host is there after {took.TotalSeconds:0.00} s");
                Assert.IsLessThan(TimeSpan.FromSeconds(1), took);
            }
        }

        [TestMethod]
        public void A_host_that_kept_others_out_and_was_killed_keeps_nobody_out()
        {
            if (!LinuxTerminal.IsSupported)
            {
                Assert.Inconclusive("asks Linux");
            }

            using var terminal = new TerminalLine(new VirtualCable(), paced: false);
            using (PortLock killed = PortLock.Take(terminal.Path!, "host"))
            {
                LinuxTerminal.KeepOthersOut(killed.File);
                Assert.AreEqual(1, Excludes(killed.File));
            }

            // The camera's end has it open all the time: the kernel forgets nothing by itself.
            terminal.Pump();
            using PortLock next = PortLock.Take(terminal.Path!, "host");
            Assert.AreEqual(0, Excludes(next.File));
        }

        private static int Excludes(int file) => Control(file, 0x80045440, out int excludes) == 0 ? excludes : -1; // TIOCGEXCL

        [DllImport("libc", EntryPoint = "ioctl")]
        private static extern int Control(int file, nuint request, out int value);
    }
}
