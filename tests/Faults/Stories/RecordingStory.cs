// SPDX-License-Identifier: MIT

using Lapel.Hal;
using Lapel.Hal.Virtual;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>
    /// A boot, a recording with pre-event and both markers, its stop, a second short one. Sealed: the camera has an owner.
    /// </summary>
    internal sealed class RecordingStory : IStory
    {
        public string Name => "recording";

        public MemorySnapshot? Card => RoomyCamera.One.Card;

        public MemorySnapshot? Flash => RoomyCamera.One.Flash;

        public void Play(Camera camera)
        {
            Stories.Up(camera, 20);
            Stories.Go(camera, 2);
            Stories.Start(camera);
            Stories.Go(camera, 5);
            Stories.Tap(camera, Button.Event, 0.1);
            Stories.Go(camera, 1);
            Stories.Tap(camera, Button.Record, 0.1);
            Stories.Go(camera, 3);
            Stories.Stop(camera);
            Stories.Go(camera, 3);
            Stories.Start(camera);
            Stories.Go(camera, 2);
            Stories.Stop(camera);
            Stories.Go(camera, 3);
        }
    }
}
