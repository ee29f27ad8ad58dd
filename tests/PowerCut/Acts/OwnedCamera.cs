// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Authority;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Lapel.Recorder;
using Lapel.Verify;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// A camera with an authority, two docks, an archive and a recipient, and two sealed recordings on its card; and the same before it had
    /// an owner.
    /// </summary>
    internal sealed class OwnedCamera
    {
        public static readonly SigningKey Authority = Key(KeyKind.Authority, 1);
        public static readonly SigningKey OtherArchive = Key(KeyKind.Archive, 4);
        public static readonly SigningKey Archive = Key(KeyKind.Archive, 3);
        public static readonly SigningKey Dock = Key(KeyKind.Station, 2);

        /// <summary>The dock of the second configuration, in the first one's place.</summary>
        public static readonly SigningKey NextDock = Key(KeyKind.Station, 5);

        // RFC 7748, 6.1: Bob's public key.
        private static readonly byte[] Recipient = Convert.FromHexString(
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
        );

        private static readonly Lazy<OwnedCamera> s_one = new(() => new OwnedCamera());

        private OwnedCamera()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            Run(card, flash, 31, (_, _) => { });
            UnownedCard = card.TakeSnapshot();
            UnownedFlash = flash.TakeSnapshot();
            Run(
                card,
                flash,
                32,
                (_, port) =>
                {
                    using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
                    TaskOutcome outcome = Configure(connection, Configuration(1));
                    if (outcome.Result != TaskResult.Done)
                    {
                        throw new InvalidOperationException(outcome.Text);
                    }

                    port.Advance(TimeSpan.FromSeconds(2));
                }
            );
            Run(
                card,
                flash,
                33,
                (camera, port) =>
                {
                    Record(camera, port, 8);
                    Record(camera, port, 4);
                }
            );
            Card = card.TakeSnapshot();
            Flash = flash.TakeSnapshot();
            Key32 = TrustedKey.Parse(card.ReadAll("LAPEL/DEVICE.PUB"));
            Segments = [.. Slots(card).Select(slot => (slot, Judged(card, slot))).Where(s => s.Item2.State == SegmentState.Closed)];
        }

        public static OwnedCamera One => s_one.Value;

        public MemorySnapshot Card { get; }

        public MemorySnapshot Flash { get; }

        public MemorySnapshot UnownedCard { get; }

        public MemorySnapshot UnownedFlash { get; }

        public TrustedKey Key32 { get; }

        /// <summary>The closed segments and their slots.</summary>
        public IReadOnlyList<(uint Slot, SegmentResult Result)> Segments { get; }

        public static IEnumerable<uint> Slots(MemoryMedium card) =>
            card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)).Select(f => uint.Parse(f.AsSpan(f.Length - 12, 8)));

        public static string Path(uint slot) => $"LAPEL/S{slot / 100:000}/{slot:00000000}.MP4";

        public static Verify.Catalogue Catalogue(MemoryMedium card) =>
            Verify.Catalogue.Read(new MemoryStream(card.ReadAll("LAPEL/CATALOG.A")), new MemoryStream(card.ReadAll("LAPEL/CATALOG.B")));

        public SegmentResult Judged(MemoryMedium card, uint slot) =>
            SegmentVerifier.Verify(new MemorySource(card.ReadAll(Path(slot))), Path(slot), slot, KeyChoice.Given(Key32));

        public AuditResult Log(MemoryMedium card) => AuditVerifier.Verify(new MemorySource(card.ReadAll(Judge.Log)), Judge.Log, Key32, []);

        public byte[] Receipt(int segment, SigningKey archive) =>
            Receipts.Make(
                archive,
                Key32.DeviceId,
                [.. Segments[segment].Result.Header!.RecordingId],
                Segments[segment].Result.Header!.RecordingNumber,
                Segments[segment].Result.Header!.Segment,
                Segments[segment].Result.CloseDigest!,
                new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc)
            );

        /// <summary>The first configuration, or the next: another unit name, pre-event and dock.</summary>
        public static byte[] Configuration(int serial) => Configuration(serial, serial, 0);

        /// <summary>The first configuration but for this: what was broken off goes on.</summary>
        public static byte[] Continuing(int serial) => Configuration(serial, 1, 60);

        private static byte[] Configuration(int serial, int which, int continueSeconds)
        {
            var plan = new ConfigurationPlan
            {
                Serial = serial,
                Unit = "UNIT-" + which,
                PreEventSeconds = 2 * which,
                IntervalMs = 100,
                SlotBytes = 262_144,
                ContinueSeconds = continueSeconds,
                Officer = "officer " + which,
            };
            plan.Recipients.Add(Recipient);
            plan.Stations.Add((which == 1 ? Dock.Public.Bytes : NextDock.Public.Bytes, 2));
            plan.Archives.Add(Archive.Public.Bytes);

            // The same bytes each time: a run is replayed from its seed.
            return SignedDocument.Sign(Authority, Configurations.Payload(plan, Authority.Public.Bytes, new byte[16]));
        }

        public static TaskOutcome Configure(CameraConnection connection, byte[] document)
        {
            new FileGroup(connection.Smp).Upload(FileGroup.NewConfiguration, document);
            long before = connection.Evidence.Outcome().Task;
            new SettingsGroup(connection.Smp).Commit();
            return connection.Evidence.Wait(before + 1);
        }

        public static IStation Station(SigningKey key) => new StationKey(key);

        private static void Run(MemoryMedium card, MemoryMedium flash, int seed, Action<Camera, CablePort> use) =>
            Powered.Run(
                card,
                flash,
                seed,
                (camera, port) =>
                {
                    use(camera, port);
                    return null;
                }
            );

        public static void Record(Camera camera, CablePort port, double seconds)
        {
            long at = camera.Parts.Clock.NowUs;
            camera.Parts.RecordButton.Hold(at, 90_000);
            camera.Parts.RecordButton.Hold(at + 250_000, 90_000);
            port.Advance(TimeSpan.FromSeconds(seconds));
            camera.Parts.RecordButton.Hold(camera.Parts.Clock.NowUs, 3_200_000);
            port.Advance(TimeSpan.FromSeconds(6));
            if (camera.Firmware.State != RecorderState.Buffering)
            {
                throw new InvalidOperationException("the recording does not end: " + camera.Firmware.State);
            }
        }

        private static SigningKey Key(KeyKind kind, byte number)
        {
            var seed = new byte[32];
            Array.Fill(seed, number);
            return SigningKey.FromSeed(kind, seed);
        }

        private sealed class StationKey(SigningKey key) : IStation
        {
            public byte[] Fingerprint => key.Fingerprint;

            public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role) => Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }
}
