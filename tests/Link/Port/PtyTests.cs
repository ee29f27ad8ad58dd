// SPDX-License-Identifier: MIT

using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The real serial code of this machine over pseudo terminals, in real time, beside ZMODEM on the same kind of line.</summary>
    [TestClass]
    [DoNotParallelize]
    public sealed class PtyTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(115200, 1)]
        [DataRow(921600, 6)]
        [DataRow(3_000_000, 20)]
        public void A_sync_over_a_pseudo_terminal_beside_ZMODEM(int baud, int seconds)
        {
            if (baud == 115200 && !TestSize.IsLong)
            {
                Assert.Inconclusive("takes three minutes: set LAPEL_LONG=1");
            }

            using Pty? pty = Pty.Open();
            if (pty == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            (double share, long bytes, double behind) = Lapel(
                pty,
                baud,
                TestSize.Of(sample: 1, sweep: seconds),
                frameBytes: TestSize.Of(sample: baud / 100, sweep: 0)
            );
            double? zmodem = Zmodem(baud, (int)bytes);
            Console.WriteLine(
                $"real pseudo terminal, {baud} bits/s, {bytes / 1e6:0.0} MB: lapel sync {share:0.0} % payload of the line rate"
                    + (zmodem == null ? ", ZMODEM not installed (lrzsz)" : $", ZMODEM (lrzsz) {zmodem:0.0} %")
                    + $"; camera at most {behind * 1000:0} ms behind the wall clock"
            );
            if (behind > 0.25)
            {
                Assert.Inconclusive($"this machine cannot run the camera in real time now: {behind:0.0} s behind");
            }

            Assert.IsGreaterThanOrEqualTo(80.0, share);
            if (zmodem == null)
            {
                Assert.Inconclusive("lrzsz is not installed: no comparison");
            }
        }

        [TestMethod]
        public void Ports_that_are_not_there_in_use_or_gone_are_told_apart()
        {
            Assert.AreEqual(
                LinkFailure.NoPort,
                Assert.ThrowsExactly<LinkException>(() => new SerialPortOf("/dev/lapel-none").Open(115200)).Failure
            );
            Pty? pty = Pty.Open();
            if (pty == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using ILine line = new SerialPortOf(pty.Path).Open(115200);
            LinkException busy = Assert.ThrowsExactly<LinkException>(() => new SerialPortOf(pty.Path).Open(115200));
            Assert.AreEqual((LinkFailure.PortBusy, $"port {pty.Path} is busy: another program uses it"), (busy.Failure, busy.Message));
            line.Write("hello"u8);
            var buffer = new byte[16];
            Assert.AreEqual(5, pty.Read(buffer, 1000));
            pty.Write("world"u8);
            int n = 0;
            while (n < 5)
            {
                n += line.Read(buffer.AsSpan(n), TimeSpan.FromSeconds(2));
            }

            Assert.AreEqual("world", System.Text.Encoding.ASCII.GetString(buffer, 0, 5));
            Assert.AreEqual(0, line.Read(buffer, TimeSpan.FromMilliseconds(30)));
            line.Baud = 3_000_000;
            Assert.AreEqual(3_000_000, line.Baud);
            pty.Dispose();
            LinkException gone = Assert.ThrowsExactly<LinkException>(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    line.Read(buffer, TimeSpan.FromMilliseconds(50));
                }
            });
            Assert.AreEqual(LinkFailure.Unplugged, gone.Failure);
        }

        [TestMethod]
        public void Another_program_that_has_the_port_makes_it_busy_for_root_too_until_it_ends()
        {
            using Pty? pty = Pty.Open();
            if (pty == null)
            {
                Assert.Inconclusive("there is no pseudo terminal here");
            }

            using Process? other = Start("/", $"exec flock -n -o {pty.Path} sleep 30");
            if (other == null)
            {
                Assert.Inconclusive("there is no shell here");
            }

            Thread.Sleep(500);
            if (other.HasExited)
            {
                Assert.Inconclusive("flock is not installed here");
            }

            Assert.AreEqual(
                LinkFailure.PortBusy,
                Assert.ThrowsExactly<LinkException>(() => new SerialPortOf(pty.Path).Open(115200)).Failure
            );
            other.Kill(entireProcessTree: true);
            other.WaitForExit();
            new SerialPortOf(pty.Path).Open(115200).Dispose();
            new SerialPortOf(pty.Path).Open(115200).Dispose();
        }

        private static (double Share, long Bytes, double Behind) Lapel(Pty pty, int baud, int seconds, int frameBytes)
        {
            using var ready = new ManualResetEventSlim();
            using var ends = new CancellationTokenSource();
            var runner = new PtyCamera(pty);
            CameraBench? bench = null;
            Task camera = Task.Factory.StartNew(
                () =>
                {
                    using CameraBench made = bench = new CameraBench(slotBytes: 8 << 20, cardMegabytes: 96, frameBytes: frameBytes);
                    made.Record(seconds);
                    ready.Set();
                    runner.Run(made.Camera, ends.Token);
                },
                TaskCreationOptions.LongRunning
            );
            while (!ready.Wait(100))
            {
                if (camera.IsFaulted)
                {
                    camera.GetAwaiter().GetResult();
                }
            }

            long first = 0,
                last = 0,
                done = 0;
            var watch = new SyncWatch
            {
                OnBytes = bytes =>
                {
                    last = Stopwatch.GetTimestamp();
                    if (first == 0)
                    {
                        first = last;
                    }

                    done = bytes;
                },
            };
            try
            {
                SyncOptions options = bench!.Options with { MostBaud = baud };
                SyncReport report = new CameraSync(new SerialPortOf(pty.Path), bench.Dock, options, watch).Run(default);
                Assert.AreEqual(0, report.Refused);
                Assert.IsTrue(CardVerifier.Verify(bench.DeviceFolder, null).AllAuthentic);
            }
            finally
            {
                ends.Cancel();
                camera.Wait();
            }
            return (100.0 * done / (Stopwatch.GetElapsedTime(first, last).TotalSeconds * baud / 10), done, runner.Behind.TotalSeconds);
        }

        /// <summary>A file by lrzsz over two pseudo terminals with a paced cable between them; null when it is not installed.</summary>
        private static double? Zmodem(int baud, int bytes)
        {
            using Pty a = Pty.Open()!,
                b = Pty.Open()!;
            using var folder = new TemporaryFolder();
            var content = new byte[bytes];
            new Random(1).NextBytes(content);
            File.WriteAllBytes(folder["sent.bin"], content);
            Directory.CreateDirectory(folder["in"]);
            using var pump = new PacedPump(a, b, baud);
            using Process? receiver = Start(folder["in"], $"exec rz -b -y -q < {b.Path} > {b.Path}");
            using Process? sender = Start(folder.Path, $"exec sz -b -q sent.bin < {a.Path} > {a.Path}");
            if (receiver == null || sender == null)
            {
                return null;
            }

            foreach (Process process in new[] { sender, receiver })
            {
                if (!process.WaitForExit(TimeSpan.FromSeconds(240)))
                {
                    process.Kill();
                    Assert.Fail("ZMODEM did not end");
                }
            }

            if (sender.ExitCode == 127)
            {
                return null;
            }

            CollectionAssert.AreEqual(content, File.ReadAllBytes(Path.Combine(folder["in"], "sent.bin")));
            return 100.0 * bytes / (pump.Forward.TotalSeconds * baud / 10);
        }

        private static Process? Start(string folder, string command)
        {
            try
            {
                return Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder });
            }
            catch (Win32Exception)
            {
                return null;
            }
        }
    }
}
