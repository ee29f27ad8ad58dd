// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
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
    /// The authority's order to retire. Wherever the power goes, the camera is in service with all its keys, or it has its certificate,
    /// records nothing, and after the next boot no secret of it is left in any entry of internal storage.
    /// </summary>
    internal sealed class RetirementAct : IAct
    {
        // Of the entry's file, what lies before its content.
        private const int HeaderBytes = 16;
        private const int PieceBytes = 16;
        private const int ScrubEntries = 1152;

        // 1,152 entries of 4 KiB written one after the other, and the erasing before them.
        private const double EraseSeconds = 600;

        private static readonly string[] Secrets = ["SECRET.A", "CONFIG.A", "OWNER.A"];

        private readonly OwnedCamera _owned = OwnedCamera.One;
        private readonly byte[] _order;
        private readonly List<byte[]> _pieces = [];

        public RetirementAct()
        {
            _order = Orders.Retire(OwnedCamera.Authority, _owned.Key32.DeviceId, new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc));
            var flash = new MemoryMedium();
            flash.Restore(_owned.Flash);
            foreach (string file in Secrets)
            {
                byte[] content = flash.ReadAll(file)[HeaderBytes..];
                for (int at = 0; at + PieceBytes <= content.Length; at += PieceBytes)
                {
                    _pieces.Add(content[at..(at + PieceBytes)]);
                }
            }
        }

        public string Name => "retirement";

        public MemorySnapshot Card => _owned.Card;

        public MemorySnapshot Flash => _owned.Flash;

        public void Prepare(CameraConnection connection) =>
            connection.Evidence.Login(OwnedCamera.Station(OwnedCamera.Dock), CameraRole.Dock);

        public void Do(CameraConnection connection) => connection.Evidence.Retire(_order);

        public string? Left(MemoryMedium card, MemoryMedium flash, Cut cut) => null;

        public string? Follow(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            bool retired = false;
            string? wrong = Powered.Run(
                card,
                flash,
                71,
                (camera, port) =>
                {
                    retired = camera.Firmware.State == RecorderState.Fault;
                    port.Advance(TimeSpan.FromSeconds(retired ? EraseSeconds : 2));
                    return retired ? null
                        : camera.Firmware.State == RecorderState.Buffering ? null
                        : "the camera is " + camera.Firmware.State;
                }
            );
            if (wrong != null)
            {
                return wrong;
            }

            if (!retired)
            {
                wrong = Powered.Run(card, flash, 72, Again);
            }

            return wrong ?? Powered.Run(card, flash, 73, Gone) ?? Found(flash) ?? Segments(card, cut);
        }

        private string? Again(Camera camera, CablePort port)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            Prepare(connection);
            TaskOutcome outcome = connection.Evidence.Retire(_order);
            return outcome.Result == TaskResult.Done ? null : $"brought again it is {outcome.Result} ({outcome.Text})";
        }

        private static string? Gone(Camera camera, CablePort port) =>
            camera.Firmware.State == RecorderState.Fault ? null : "a retired camera is " + camera.Firmware.State;

        private string? Found(MemoryMedium flash)
        {
            if (!flash.Files.Any(f => f.StartsWith("RETIRED.", StringComparison.Ordinal)))
            {
                return "there is no certificate";
            }

            foreach (string file in flash.Files)
            {
                byte[] bytes = flash.ReadAll(file);
                if (_pieces.Any(piece => bytes.AsSpan().IndexOf(piece) >= 0))
                {
                    return file + " still holds a part of a secret";
                }
            }

            // The newest of both copies says how many were written.
            int written = new[] { "SCRUB.A", "SCRUB.B" }
                .Where(flash.FileExists)
                .Max(f => BinaryPrimitives.ReadInt32BigEndian(flash.ReadAll(f).AsSpan(HeaderBytes)));
            return written == ScrubEntries ? null : $"{written} entries were written over old blocks";
        }

        private string? Segments(MemoryMedium card, Cut cut)
        {
            var before = new MemoryMedium();
            before.Restore(_owned.Card);
            foreach ((uint slot, _) in _owned.Segments)
            {
                if (!card.ReadAll(OwnedCamera.Path(slot)).AsSpan().SequenceEqual(before.ReadAll(OwnedCamera.Path(slot))))
                {
                    return $"slot {slot} was touched";
                }
            }

            // Nothing can save what the card lost of the log while it said that it had written it.
            bool lost = cut.Variant == CutVariant.LostWrite && cut.Change.Path == Judge.Log;
            AuditResult log = _owned.Log(card);
            if (!log.Agrees && !lost)
            {
                return "the audit log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing);
            }

            int retired = log.Entries.FindIndex(e => e.Kind == AuditKind.Retired);
            return retired >= 0 && retired < log.Entries.Count - 1
                ? "the log goes on behind the retirement with " + log.Entries[retired + 1].Kind
                : null;
        }
    }
}
