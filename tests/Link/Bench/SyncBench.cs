// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Intake;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>A reference camera, a wire, a folder, and a sync between them.</summary>
    internal sealed class SyncBench : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public SyncBench(ReferenceCamera camera, int seed = 1)
        {
            Camera = camera;
            Wire = new Wire(camera, seed);
            Options = new SyncOptions { Folder = _folder["out"], UtcNow = () => new DateTime(2026, 11, 25, 0, 0, 0, DateTimeKind.Utc) };
        }

        public ReferenceCamera Camera { get; }

        public Wire Wire { get; }

        public SyncOptions Options { get; set; }

        public SyncWatch Watch { get; set; } = new();

        public ForgedStation Station { get; set; } = Footage.Dock;

        public CancellationTokenSource Cancel { get; } = new();

        /// <summary>What happens in a pause, beside time passing.</summary>
        public Action? InPause { get; set; }

        public string DeviceFolder => Path.Combine(Options.Folder, Convert.ToHexStringLower(Camera.Device.DeviceId));

        public SyncReport Sync() =>
            new CameraSync(Wire, Station, Options, Watch)
            {
                Now = () => Wire.Now,
                Wait = time =>
                {
                    InPause?.Invoke();
                    Wire.Advance(time);
                },
            }.Run(Cancel.Token);

        public string PathOf(ReferenceItem item) =>
            Path.Combine(DeviceFolder, item.Recording.ToString("000000"), item.Segment.ToString("0000") + ".mp4");

        /// <summary>Fails unless everything closed is stored with the right bytes, authentic, and nothing is left half done.</summary>
        public void RequireAll()
        {
            foreach (ReferenceItem item in Camera.Items.Where(i => i.State == 2))
            {
                byte[] stored = File.ReadAllBytes(PathOf(item));
                Assert.HasCount(item.Bytes.Length, stored);
                int claimed = (int)item.Sectors * 512,
                    index = item.Bytes.Length - 16384;
                Assert.IsTrue(stored.AsSpan(0, claimed).SequenceEqual(item.Bytes.AsSpan(0, claimed)), $"{item.Recording}/{item.Segment}");
                Assert.IsTrue(stored.AsSpan(index).SequenceEqual(item.Bytes.AsSpan(index)), $"{item.Recording}/{item.Segment}: index");
                if (index > claimed)
                {
                    Assert.AreEqual(
                        -1,
                        stored.AsSpan(claimed, index - claimed).IndexOfAnyExcept((byte)0),
                        "stale bytes of the card are not brought"
                    );
                }

                SegmentResult judged = SegmentVerifier.Verify(PathOf(item), "x", null, KeyChoice.Given(Camera.Device.Trusted));
                Assert.IsFalse(judged.HasErrors);
                Assert.AreEqual(SegmentState.Closed, judged.State);
            }
            Assert.IsEmpty(Directory.GetFiles(Path.Combine(DeviceFolder, "arriving")), "nothing is left on its way");
        }

        public void Dispose() => _folder.Dispose();
    }
}
