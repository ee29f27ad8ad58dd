// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>A story at the service port. A host that gets no answer gives up, as one of flesh and blood does.</summary>
    internal abstract class PortStory : IStory
    {
        public abstract string Name { get; }

        public abstract MemorySnapshot? Card { get; }

        public abstract MemorySnapshot? Flash { get; }

        public void Play(Camera camera)
        {
            Stories.Up(camera, 20);
            Stories.Go(camera, 1);
            try
            {
                using CameraConnection connection = CameraConnection.Open(new CablePort(camera), everyRate: false);
                Talk(camera, connection);
            }
            catch (LinkException)
            {
                // What the camera did not answer is judged by what is left of it.
            }

            Stories.Go(camera, 2);
        }

        protected abstract void Talk(Camera camera, CameraConnection connection);
    }
}
