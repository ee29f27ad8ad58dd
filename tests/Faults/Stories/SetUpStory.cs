// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.PowerCut;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>The first signed configuration is installed.</summary>
    internal sealed class SetUpStory : PortStory
    {
        private readonly Lazy<byte[]> _configuration = new(() => OwnedCamera.Configuration(1));

        public override string Name => "configuration";

        public override MemorySnapshot? Card => OwnedCamera.One.UnownedCard;

        public override MemorySnapshot? Flash => OwnedCamera.One.UnownedFlash;

        protected override void Talk(Camera camera, CameraConnection connection) =>
            OwnedCamera.Configure(connection, _configuration.Value);
    }
}
