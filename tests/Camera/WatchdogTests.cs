// SPDX-License-Identifier: MIT

using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The camera tells its watchdog that it makes progress, and only then.</summary>
    [TestClass]
    public class WatchdogTests
    {
        private static readonly double LeastSeconds = VirtualSupervisor.LeastUs / 1e6;

        [TestMethod]
        public void ItIsToldOnceASecondWhateverTheCameraDoes()
        {
            using var bench = new Bench();
            bench.Ready();
            VirtualSupervisor watchdog = bench.Camera.Parts.Supervisor!;
            watchdog.TimeoutUs = VirtualSupervisor.LeastUs;
            int before = watchdog.Kicks;
            bench.Run(30);
            Assert.IsTrue(watchdog.Kicks - before is >= 20 and <= 60, $"{watchdog.Kicks - before} in 30 s");
            bench.Start();
            bench.Run(60);
            bench.Stop();
            bench.Run(30);
            Assert.AreEqual(0, bench.Camera.Resets);
        }

        [TestMethod]
        public void ASensorOrACardThatSaysSoIsNoReasonForAReset()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.ConnectSensor(false);
            bench.Run(3 * LeastSeconds);
            bench.Camera.PullCard();
            bench.Run(3 * LeastSeconds);
            Assert.AreEqual(0, bench.Camera.Resets);
            bench.Camera.InsertCard();
            bench.ConnectSensor(true);
            bench.Run(20);
            Assert.AreEqual(RecorderState.Buffering, bench.Camera.Firmware.State);
            Assert.AreEqual(0, bench.Camera.Resets);
        }

        [TestMethod]
        public void ARecordingWhoseSensorFailsIsNoReasonForAReset()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.Start();
            bench.Run(5);
            bench.ConnectSensor(false);
            bench.Run(3 * LeastSeconds);
            Assert.AreEqual(RecorderState.Recording, bench.Camera.Firmware.State);
            bench.ConnectSensor(true);
            bench.Run(10);
            bench.Stop();
            Assert.AreEqual(0, bench.Camera.Resets);
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        [TestMethod]
        public void ALoopThatTurnsWithoutAPictureIsReset()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.Camera.Board = board => new QuietBoard(board);
            bench.Reboot();
            bench.Run(10 + VirtualSupervisor.TypicalUs / 1e6 + 2);
            Assert.AreEqual(1, bench.Camera.Resets);
        }

        /// <summary>A board whose module exposes for ever and states no fault.</summary>
        private sealed class QuietBoard(IBoard board) : IBoard
        {
            public string Name => board.Name;

            public string Target => board.Target;

            public string Runtime => board.Runtime;

            public IClock Clock => board.Clock;

            public ICameraModule Camera { get; } = new QuietModule(board.Camera);

            public ICard Card => board.Card;

            public IButtons Buttons => board.Buttons;

            public IIndicators Indicators => board.Indicators;

            public IBattery Battery => board.Battery;

            public IEntropy Entropy => board.Entropy;

            public INatives Natives => board.Natives;

            public IInternalStore Store => board.Store;

            public ILink Link => board.Link;

            public ISupervisor Supervisor => board.Supervisor;

            public IPower Power => board.Power;

            public void Restart() => board.Restart();
        }

        private sealed class QuietModule(ICameraModule module) : ICameraModule
        {
            public CameraFault Fault => CameraFault.None;

            public int Identity => module.Identity;

            public int FrameLength => 0;

            public int Retries => 0;

            public void Begin(FrameSize size, FrameQuality quality) { }

            public CameraState Step(long nowUs) => CameraState.Exposing;

            public void Capture(long nowUs) { }

            public void SetQuality(FrameQuality quality, long nowUs) { }

            public void Read(byte[] page, int offset, int count) { }

            public void EndFrame() { }
        }
    }
}
