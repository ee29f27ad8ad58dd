// SPDX-License-Identifier: MIT

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
        private const long TapUs = 90_000,
            DoubleUs = 250_000,
            HoldUs = 3_200_000;

        public static readonly SigningKey Authority = SigningKey.FromSeed(KeyKind.Authority, Seed(1));

        public static readonly SigningKey DockKey = SigningKey.FromSeed(KeyKind.Station, Seed(2));

        private readonly TemporaryFolder _folder = new();

        /// <param name="slotBytes">Bytes of a slot.</param>
        /// <param name="cardMegabytes">Size of the card.</param>
        /// <param name="configure">Whether the authority installs a configuration.</param>
        /// <param name="beforeWrite">Called before each change of the card or of internal storage.</param>
        /// <param name="isClockSet">Whether the camera knows the time.</param>
        /// <param name="seed">Which camera.</param>
        /// <param name="edges">Sees the buttons' edges; null for nobody.</param>
        /// <param name="frameBytes">Bytes of a picture: few where they are to cross a line in real time. 0: as the scene has them.</param>
        public CameraBench(
            int slotBytes = 1 << 20,
            int cardMegabytes = 48,
            bool configure = true,
            Action<MediumChange>? beforeWrite = null,
            bool isClockSet = true,
            int seed = 1,
            EdgeWatch? edges = null,
            int frameBytes = 0
        )
        {
            VirtualCameraOptions options = Make(slotBytes, cardMegabytes) with
            {
                Scene = frameBytes == 0 ? new NoiseScene() : new NoiseScene { Bytes = frameBytes },
                Seed = seed,
                Utc = isClockSet ? new DateTime(2026, 11, 25, 8, 0, 0, DateTimeKind.Utc) : null,
            };
            Card = new MemoryMedium(9);
            Camera =
                beforeWrite == null
                    ? Engine.Make(options, Card, Flash)
                    : Engine.Make(options, new WatchedMedium(Card, beforeWrite), new WatchedMedium(Flash, beforeWrite));
            Camera.Board = edges == null ? null : edges.Watch;
            Camera.Boot();
            Port = new CablePort(Camera);
            Options = new SyncOptions { Folder = _folder["out"], UtcNow = () => new DateTime(2026, 11, 25, 9, 0, 0, DateTimeKind.Utc) };
            Until(OperatingState.Buffering);
            UntilCardIsWhole();
            if (configure)
            {
                Configure();
            }
        }

        /// <summary>A camera of which the power had gone, switched on again.</summary>
        /// <param name="card">Its card.</param>
        /// <param name="flash">Its internal storage.</param>
        /// <param name="prepare">What is done to them before.</param>
        /// <param name="edges">Sees the buttons' edges; null for nobody.</param>
        public CameraBench(MemorySnapshot card, MemorySnapshot flash, Action<CameraBench> prepare, EdgeWatch? edges = null)
        {
            Card = new MemoryMedium(9);
            Card.Restore(card);
            Flash.Restore(flash);
            prepare(this);
            Camera = Engine.Make(Make(262_144, 12), Card, Flash);
            Camera.Board = edges == null ? null : edges.Watch;
            Camera.Boot();
            Port = new CablePort(Camera);
            Options = new SyncOptions { Folder = _folder["out"], UtcNow = () => new DateTime(2026, 11, 25, 9, 0, 0, DateTimeKind.Utc) };
            Until(OperatingState.Buffering);
        }

        public Engine Camera { get; }

        public MemoryMedium Card { get; }

        public MemoryMedium Flash { get; } = new();

        public CablePort Port { get; }

        public SyncOptions Options { get; set; }

        public SyncWatch Watch { get; set; } = new();

        public SigningKey Archive { get; } = SigningKey.FromSeed(KeyKind.Archive, Seed(3));

        public StationKey Dock { get; } = new StationKey(DockKey);

        public string DeviceFolder => Directory.GetDirectories(Options.Folder).Single();

        public void Run(double seconds) => Port.Advance(TimeSpan.FromSeconds(seconds));

        public void Until(OperatingState state, double limitSeconds = 90)
        {
            for (long limit = Camera.NowUs + (long)(limitSeconds * 1e6); Camera.Status.State != state; Camera.Step())
            {
                if (Camera.NowUs > limit)
                {
                    Assert.Fail($"after {limitSeconds} s the camera is {Camera.Status.State} ({Camera.Status.Fault}), wanted {state}");
                }
            }
        }

        // A new card gets its slots while the camera works; what is tested here is the port of a finished one.
        private void UntilCardIsWhole()
        {
            for (long limit = Camera.NowUs + 600_000_000; Camera.Status.IsMakingSlots; Camera.Step())
            {
                if (Camera.NowUs > limit)
                {
                    Assert.Fail("after ten minutes the slots are not made");
                }
            }
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

        public SyncReport Sync(CancellationToken cancel = default) =>
            new CameraSync(Port, Dock, Options, Watch)
            {
                Now = () => TimeSpan.FromMicroseconds(Camera.NowUs),
                Wait = time => Port.Advance(time),
            }.Run(cancel);

        /// <summary>Closed segments on the card.</summary>
        public int Closed() =>
            Enumerable.Range(0, Camera.Firmware.Catalogue.Slots).Count(slot => Camera.Firmware.Catalogue.State(slot) == SlotState.Closed);

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
            Assert.Fail("after two minutes pre-event footage is not on the card");
        }

        /// <summary>Brings the authority's order to change the key; when it is taken, waits for the camera to come back.</summary>
        public TaskOutcome Rotate(int number)
        {
            TaskOutcome outcome;
            byte[] before = Camera.Firmware.Device.Fingerprint;
            using (CameraConnection connection = CameraConnection.Open(Port))
            {
                connection.Evidence.Login(Dock, CameraRole.Dock);
                outcome = connection.Evidence.Rotate(
                    Orders.Rotate(Authority, connection.Hello.DeviceId, number, new DateTime(2026, 11, 25, 9, 0, 0, DateTimeKind.Utc))
                );
            }
            if (outcome.Result != TaskResult.Done)
            {
                return outcome;
            }

            for (int i = 0; Camera.Firmware.Device == null || Camera.Firmware.Device.Fingerprint.AsSpan().SequenceEqual(before); i++)
            {
                if (i > 300)
                {
                    throw new InvalidOperationException("the key is not changed after 30 s");
                }

                Run(0.1);
            }
            Until(OperatingState.Buffering);
            Run(3);
            return outcome;
        }

        /// <summary>The card as a folder, for a verifier.</summary>
        public string CardFolder()
        {
            string folder = _folder["card-" + Directory.GetDirectories(_folder[""]).Length];
            foreach (string file in Card.Files)
            {
                string path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, Card.ReadAll(file));
            }
            return folder;
        }

        public byte[] Slot(int slot) => Card.ReadAll($"LAPEL/S{slot / 100:000}/{slot:00000000}.MP4");

        public IReadOnlyList<SegmentRecord> Records() =>
            [
                .. Directory
                    .GetFiles(DeviceFolder, "*.json", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(f => SegmentRecord.Read(File.ReadAllBytes(f))!),
            ];

        public byte[] Receipt(SegmentRecord record) =>
            Receipts.Make(
                Archive,
                Convert.FromHexString(record.Device),
                Convert.FromHexString(record.RecordingId),
                (uint)record.Recording,
                (uint)record.Segment,
                Convert.FromHexString(record.CloseDigest),
                Options.UtcNow()
            );

        public void Dispose()
        {
            long refused = Camera.Parts.Card.RefusedOpens;
            Camera.Dispose();
            _folder.Dispose();
            Assert.AreEqual(0, refused, "a sixth file was to be opened");
        }

        private static VirtualCameraOptions Make(int slotBytes, int cardMegabytes) =>
            new("", "", new NoiseScene())
            {
                CardMegabytes = cardMegabytes,
                SlotBytes = slotBytes,
                PreEventSeconds = 3,
                FramesPerSecond = 8,
                Utc = new DateTime(2026, 11, 25, 8, 0, 0, DateTimeKind.Utc),
            };

        private void Configure()
        {
            var plan = new ConfigurationPlan
            {
                PreEventSeconds = 3,
                Unit = "UNIT-17",
                SlotBytes = 1 << 20,
            };
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
