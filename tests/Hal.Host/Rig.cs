// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>The reference board over virtual parts, for one test.</summary>
    internal sealed class Rig : IDisposable
    {
        private readonly IDisposable _scope;

        public Rig(IScene? scene = null, IMedium? card = null, IMedium? flash = null, int seed = 1)
        {
            Parts = new VirtualBoardParts(
                ReferenceWiring.Make(),
                scene ?? new NoiseScene(),
                card ?? new MemoryMedium(7),
                flash ?? new MemoryMedium(),
                seed
            );
            _scope = Parts.Machine.Enter();
            Board = new ReferenceBoard();
        }

        public VirtualBoardParts Parts { get; }

        public ReferenceBoard Board { get; }

        public ICameraModule Camera => Board.Camera;

        /// <summary>Steps the camera, 10 ms a turn, until it is in a state. Fails after so many virtual seconds.</summary>
        public void Until(CameraState wanted, int seconds = 5)
        {
            long limit = Parts.Clock.NowUs + seconds * 1_000_000L;
            while (Camera.Step(Board.Clock.Microseconds) != wanted)
            {
                if (Parts.Clock.NowUs > limit)
                {
                    Assert.Fail($"camera is in {Camera.Step(Board.Clock.Microseconds)} ({Camera.Fault}), wanted {wanted}");
                }

                Board.Clock.Sleep(10);
            }
        }

        public void BeginCamera(FrameSize size = FrameSize.Vga, FrameQuality quality = FrameQuality.High)
        {
            Camera.Begin(size, quality);
            Until(CameraState.Idle);
        }

        /// <summary>One whole picture, read in pieces of at most this many bytes.</summary>
        public byte[] TakePicture(int piece = 32_768)
        {
            Camera.Capture(Board.Clock.Microseconds);
            Until(CameraState.FrameReady);
            var picture = new byte[Camera.FrameLength];
            var page = new byte[32_768];
            int at = 0;
            while (at < picture.Length)
            {
                int count = Math.Min(piece, picture.Length - at);
                Camera.Read(page, page.Length - count > 100 ? 100 : 0, count);
                Array.Copy(page, page.Length - count > 100 ? 100 : 0, picture, at, count);
                at += count;
            }

            Camera.EndFrame();
            return picture;
        }

        public void Dispose() => _scope.Dispose();
    }
}
