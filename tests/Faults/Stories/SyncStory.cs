// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.PowerCut;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>A dock: log-in, the list, a segment fetched, a receipt brought, the status asked for, the log-out.</summary>
    internal sealed class SyncStory : PortStory
    {
        // At the first rate a whole segment would take 23 s.
        private const int FetchedBytes = 16384;

        private readonly Lazy<byte[]> _receipt = new(() => OwnedCamera.One.Receipt(1, OwnedCamera.Archive));

        public override string Name => "sync";

        public override MemorySnapshot? Card => OwnedCamera.One.Card;

        public override MemorySnapshot? Flash => OwnedCamera.One.Flash;

        protected override void Talk(Camera camera, CameraConnection connection)
        {
            connection.Evidence.Login(OwnedCamera.Station(OwnedCamera.Dock), CameraRole.Dock);
            ItemFacts item = connection.Evidence.Item(connection.Evidence.List()[0].Slot);
            var map = new BlockMap(item.Length);
            map.Set(FetchedBytes, item.Length - FetchedBytes);
            new BulkTransfer(connection.Smp).Fetch(item, map, new Nowhere());
            connection.Evidence.Receipt(_receipt.Value);
            connection.Evidence.Logout();
        }

        private sealed class Nowhere : IBulkSink
        {
            public void Write(long offset, ReadOnlySpan<byte> bytes) { }

            public void RangeDone() { }
        }
    }
}
