// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Lapel.PowerCut;
using Lapel.Recorder;
using Lapel.VirtualCamera;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>The owned camera of the power-cut run with a fresh card that has room for a shift.</summary>
    internal sealed class RoomyCamera
    {
        private const int Seed = 70;
        private const double LongestSeconds = 120;

        private static readonly Lazy<RoomyCamera> s_one = new(() => new RoomyCamera());

        private RoomyCamera()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            flash.Restore(OwnedCamera.One.Flash);
            using (Camera camera = Camera.Open(Options(Seed), card, flash))
            {
                Stories.Up(camera, LongestSeconds);
                Stories.Go(camera, 1);
                if (camera.Firmware.State != RecorderState.Buffering)
                {
                    throw new InvalidOperationException("the card is not made: " + camera.Firmware.State);
                }

                using CameraConnection connection = CameraConnection.Open(new CablePort(camera), everyRate: false);
                connection.Evidence.Login(OwnedCamera.Station(OwnedCamera.Dock), CameraRole.Dock);
                TaskOutcome outcome = OwnedCamera.Configure(connection, OwnedCamera.Continuing(2));
                if (outcome.Result != TaskResult.Done)
                {
                    throw new InvalidOperationException(outcome.Text);
                }

                connection.Evidence.Logout();
                Stories.Go(camera, 2);
            }

            Card = card.TakeSnapshot();
            Flash = flash.TakeSnapshot();
        }

        public static RoomyCamera One => s_one.Value;

        public MemorySnapshot Card { get; }

        public MemorySnapshot Flash { get; }

        public static VirtualCameraOptions Options(int seed) => Shift.Options(seed) with { CardMegabytes = 10, ContinueSeconds = 60 };
    }
}
