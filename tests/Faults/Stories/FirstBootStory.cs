// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>A new camera: its key is made, its card is made, it buffers.</summary>
    internal sealed class FirstBootStory : IStory
    {
        public string Name => "first-boot";

        public MemorySnapshot? Card => null;

        public MemorySnapshot? Flash => null;

        public void Play(Camera camera)
        {
            Stories.Up(camera, 60);
            Stories.Go(camera, 2);
        }
    }
}
