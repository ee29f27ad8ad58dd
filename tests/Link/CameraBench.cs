using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Authority;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.VirtualCamera;
using Lapel.WholeCamera.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Link.Tests
{
    /// <summary>A whole virtual camera with an authority, a dock station and an archive, at the end of a cable.</summary>
    internal sealed class CameraBench : IDisposable
    {
        private const long TapUs = 90_000, DoubleUs = 250_000, HoldUs = 3_200_000;

        private static readonly SigningKey Authority = SigningKey.FromSeed(KeyKind.Authority, Seed(1));

        private readonly TemporaryFolder _folder = new();

        public CameraBench(int slotBytes = 1 << 20, int cardMegabytes = 48, bool configure = true)
        {
            var options = new VirtualCameraOptions("", "", new NoiseScene())
            {
                CardMegabytes = cardMegabytes, SlotBytes = slotBytes, PreEventSeconds = 3, FramesPerSecond = 8, Utc = new DateTime(2026, 11, 25, 8, 0, 0, DateTimeKind.Utc),
            };
            Card = new MemoryMedium(9);
            Camera = Engine.Open(options, Card, new MemoryMedium());
            Port = new CablePort(Camera);
            Options = new SyncOptions { Folder = _folder["out"], UtcNow = () => new DateTime(2026, 11, 25, 9, 0, 0, DateTimeKind.Utc) };
            Until(OperatingState.Buffering);
            if (configure) Configure();
        }

        public Engine Camera { get; }

        public MemoryMedium Card { get; }

        public CablePort Port { get; }

        public SyncOptions Options { get; set; }

        public SyncWatch Watch { get; set; } = new();

        public SigningKey Archive { get; } = SigningKey.FromSeed(KeyKind.Archive, Seed(3));

        public StationKey Dock { get; } = new StationKey(SigningKey.FromSeed(KeyKind.Station, Seed(2)));

        public string DeviceFolder => Directory.GetDirectories(Options.Folder).Single();

        public void Run(double seconds) => Port.Advance(TimeSpan.FromSeconds(seconds));

        public void Until(OperatingState state, double limitSeconds = 90)
        {
            for (long limit = Camera.NowUs + (long)(limitSeconds * 1e6); Camera.Status.State != state; Camera.Step())
                if (Camera.NowUs > limit) Assert.Fail($"after {limitSeconds} s the camera is {Camera.Status.State} ({Camera.Status.Fault}), wanted {state}");
        }

        public void Press()
        {
            long at = Camera.Parts.Clock.NowUs;
            Camera.Parts.RecordButton.Hold(at, TapUs);
            Camera.Parts.RecordButton.Hold(at + DoubleUs, TapUs);
        }

        public void Hold() => Camera.Parts.RecordButton.Hold(Camera.Parts.Clock.NowUs, HoldUs);

        /// <summary>A recording of so many seconds, closed.</summary>
        public void Record(double seconds)
        {
            Press();
            Until(OperatingState.Recording, 5);
            Run(seconds);
            Hold();
            Run(HoldUs / 1e6);
            Until(OperatingState.Buffering);
        }

        public SyncReport Sync(CancellationToken cancel = default) => new CameraSync(Port, Dock, Options, Watch)
        {
            Now = () => TimeSpan.FromMicroseconds(Camera.NowUs),
            Wait = time => Port.Advance(time),
        }.Run(cancel);

        /// <summary>Closed segments on the card.</summary>
        public int Closed() => Enumerable.Range(0, Camera.Firmware.Catalogue.Slots).Count(slot => Camera.Firmware.Catalogue.State(slot) == SlotState.Closed);

        /// <summary>Waits until a recording under way lets a dock read: what was before its press is on the card.</summary>
        public void UntilPastIsDone()
        {
            using CameraConnection connection = CameraConnection.Open(Port);
            connection.Evidence.Login(Dock, CameraRole.Dock);
            for (int i = 0; i < 240; i++)
            {
                try
                {
                    connection.Evidence.List();
                    return;
                }
                catch (LinkException error) when (error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy))
                {
                    Run(0.5);
                }
            }
            Assert.Fail("after two minutes the past is not on the card");
        }

        public byte[] Slot(int slot) => Card.ReadAll($"LAPEL/S{slot / 100:000}/{slot:00000000}.MP4");

        public IReadOnlyList<SegmentRecord> Records() =>
            [.. Directory.GetFiles(DeviceFolder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => SegmentRecord.Read(File.ReadAllBytes(f))!)];

        public byte[] Receipt(SegmentRecord record) => Receipts.Make(Archive, Convert.FromHexString(record.Device), Convert.FromHexString(record.RecordingId), (uint)record.Recording,
            (uint)record.Segment, Convert.FromHexString(record.CloseDigest), Options.UtcNow());

        public void Dispose()
        {
            long refused = Camera.Parts.Card.RefusedOpens;
            Camera.Dispose();
            _folder.Dispose();
            Assert.AreEqual(0, refused, "a sixth file was to be opened");
        }

        private void Configure()
        {
            var plan = new ConfigurationPlan { PreEventSeconds = 3, Unit = "UNIT-17", SlotBytes = 1 << 20 };
            plan.Stations.Add((Dock.PublicKey, 2));
            plan.Archives.Add(Archive.Public.Bytes);
            using CameraConnection connection = CameraConnection.Open(Port);
            new FileGroup(connection.Smp).Upload(FileGroup.NewConfiguration, Configurations.Sign(Authority, plan));
            long before = connection.Evidence.Outcome().Task;
            new SettingsGroup(connection.Smp).Commit();
            TaskOutcome outcome = connection.Evidence.Wait(before + 1);
            Assert.AreEqual(TaskResult.Done, outcome.Result, outcome.Text);
        }

        private static byte[] Seed(byte value)
        {
            var seed = new byte[32];
            Array.Fill(seed, value);
            return seed;
        }

        internal sealed class StationKey(SigningKey key) : IStation
        {
            public byte[] Fingerprint => key.Fingerprint;

            public byte[] PublicKey => key.Public.Bytes;

            public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role) => Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }
}
