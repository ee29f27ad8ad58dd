// SPDX-License-Identifier: MIT

using System;
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
    /// The authority's order to repair internal storage. Wherever the power goes, the camera stands as it did before the order, or ends as
    /// the order said: with a new identity only where it said so, owned as before, and recording nothing in the clear.
    /// </summary>
    internal sealed class RepairAct : IAct
    {
        private const int NewIdentity = 1;
        private const double RestartSeconds = 4;

        // What was damaged beyond this cannot be told from the outside: the counters go on far above them.
        private const int Boots = 3;

        private readonly OwnedCamera _owned = OwnedCamera.One;
        private readonly string[] _damaged;
        private readonly int _needed;
        private byte[]? _order;

        /// <param name="needed">The repair that the damage needs.</param>
        /// <param name="damaged">Entries of which both copies are damaged.</param>
        public RepairAct(int needed, params string[] damaged)
        {
            _needed = needed;
            _damaged = damaged;
            var flash = new MemoryMedium();
            flash.Restore(_owned.Flash);
            foreach (string entry in damaged)
            {
                Damage(flash, entry);
            }

            Flash = flash.TakeSnapshot();
        }

        public string Name => "repair-" + string.Join("-", _damaged.Select(d => d.ToLowerInvariant()));

        public MemorySnapshot Card => _owned.Card;

        public MemorySnapshot Flash { get; }

        /// <summary>Flips one bit in both copies of an entry; one that is not there is made of nonsense.</summary>
        public static void Damage(MemoryMedium flash, string entry, int at = -1, int bit = 4)
        {
            foreach (string file in new[] { entry + ".A", entry + ".B" })
            {
                if (!flash.FileExists(file))
                {
                    flash.Create(file);
                    flash.Write(file, 0, new byte[24]);
                    continue;
                }

                int place = at < 0 ? (int)flash.Length(file) - 1 : at;
                flash.Write(file, place, [(byte)(flash.ReadAll(file)[place] ^ (1 << bit))]);
            }
        }

        public void Prepare(CameraConnection connection) { }

        public void Do(CameraConnection connection)
        {
            _order ??= Order(connection);
            connection.Evidence.Repair(_order);
        }

        public string? Left(MemoryMedium card, MemoryMedium flash, Cut cut) => null;

        public string? Follow(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            // A repair that had begun goes on by itself, and restarts the camera.
            string? wrong = Powered.Run(card, flash, 81, (camera, port) => Wait(port)) ?? Powered.Run(card, flash, 82, Mend);
            return wrong ?? Powered.Run(card, flash, 83, Configured) ?? Powered.Run(card, flash, 84, Works) ?? Judged(card);
        }

        private static string? Wait(CablePort port)
        {
            port.Advance(TimeSpan.FromSeconds(RestartSeconds));
            return null;
        }

        // As before the order, or as after it; and then as after it.
        private string? Mend(Camera camera, CablePort port)
        {
            using (CameraConnection connection = CameraConnection.Open(port, everyRate: false))
            {
                if (connection.Hello.HasKey)
                {
                    return null;
                }

                if (!connection.Hello.IsOwned)
                {
                    return "the camera has no owner while it is damaged";
                }

                TaskOutcome outcome = connection.Evidence.Repair(Order(connection));
                if (outcome.Result != TaskResult.Done)
                {
                    return $"brought again it is {outcome.Result} ({outcome.Text})";
                }
            }

            return Wait(port);
        }

        private string? Configured(Camera camera, CablePort port)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            if (!connection.Hello.HasKey)
            {
                return "no keys: " + camera.Status.Fault;
            }

            if (!connection.Hello.IsOwned)
            {
                return "the camera has no owner";
            }

            if (connection.Hello.Key.AsSpan().SequenceEqual(_owned.Key32.Bytes) == IsNew)
            {
                return IsNew ? "it is the same camera" : "it is another camera";
            }

            if (!IsNew)
            {
                return null;
            }

            if (camera.Firmware.State != RecorderState.Fault || camera.Status.Fault?.Contains("configuration lost") != true)
            {
                return "a camera without its configuration is " + camera.Firmware.State;
            }

            TaskOutcome outcome = OwnedCamera.Configure(connection, OwnedCamera.Configuration(1));
            return outcome.Result == TaskResult.Done ? null : $"the configuration is {outcome.Result} ({outcome.Text})";
        }

        private static string? Works(Camera camera, CablePort port)
        {
            if (camera.Firmware.State != RecorderState.Buffering)
            {
                return "in the end the camera is " + camera.Firmware.State;
            }

            OwnedCamera.Record(camera, port, 4);
            port.Advance(TimeSpan.FromSeconds(2));
            return null;
        }

        private string? Judged(MemoryMedium card)
        {
            TrustedKey now = TrustedKey.Parse(card.ReadAll("LAPEL/DEVICE.PUB"));
            AuditResult log = AuditVerifier.Verify(new MemorySource(card.ReadAll(Judge.Log)), Judge.Log, now, []);
            if (!log.Agrees)
            {
                return "the audit log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing);
            }

            AuditEntry? entry = log.Entries.LastOrDefault(e => e.Kind == AuditKind.Repaired);
            if (entry == null)
            {
                return "the log does not tell of the repair";
            }

            if (entry.Code != _needed || entry.Data.AsSpan().IndexOf(_owned.Key32.Bytes) < 0)
            {
                return $"the log tells of another repair: {entry.Code}, {Convert.ToHexStringLower(entry.Data)}";
            }

            // The numbers of recordings go on; a sealed camera seals.
            SegmentResult last = OwnedCamera
                .Slots(card)
                .Select(s => SegmentVerifier.Verify(new MemorySource(card.ReadAll(OwnedCamera.Path(s))), "", s, KeyChoice.Given(now)))
                .Where(s => s.State == SegmentState.Closed)
                .MaxBy(s => s.Header!.RecordingNumber)!;
            int before = _owned.Segments.Max(s => (int)s.Result.Header!.RecordingNumber);
            return last.Header!.RecordingNumber <= before ? "recording number " + last.Header.RecordingNumber + " came again"
                : last.Header.Boot <= _owned.Segments.Max(s => s.Result.Header!.Boot) ? "a boot number came again"
                : !last.Header.IsSealed ? "it records in the clear"
                : null;
        }

        private bool IsNew => (_needed & NewIdentity) != 0;

        private byte[] Order(CameraConnection connection)
        {
            StoreDamage damage = connection.Evidence.Damage();
            return Orders.Repair(
                OwnedCamera.Authority,
                _owned.Key32.DeviceId,
                _owned.Key32.Bytes.ToArray(),
                damage.State,
                damage.Needed,
                Boots,
                2,
                new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc)
            );
        }
    }
}
