// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Lapel.Recorder;
using Lapel.Verify;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// A dock brings the receipt of a segment. Wherever the power goes, the segment is closed as it was, or it is released: then what opens
    /// it is erased and the log has the receipt. It is finished at the next boot, or the receipt can be brought again. No other slot is
    /// touched.
    /// </summary>
    internal sealed class ReleaseAct : IAct
    {
        // Header and envelope box: FORMAT.md 10.1.
        private const int NoteBytes = 1024;
        private const int Released = 1;

        private readonly OwnedCamera _owned = OwnedCamera.One;
        private readonly MemoryMedium _before = new();
        private readonly byte[] _receipt;
        private readonly uint _slot;
        private readonly SegmentResult _segment;
        private readonly byte[] _original;

        public ReleaseAct()
        {
            (_slot, _segment) = _owned.Segments[Released];
            _receipt = _owned.Receipt(Released, OwnedCamera.Archive);
            _before.Restore(_owned.Card);
            _original = _before.ReadAll(OwnedCamera.Path(_slot));
        }

        public string Name => "release";

        public MemorySnapshot Card => _owned.Card;

        public MemorySnapshot Flash => _owned.Flash;

        public void Prepare(CameraConnection connection) =>
            connection.Evidence.Login(OwnedCamera.Station(OwnedCamera.Dock), CameraRole.Dock);

        public void Do(CameraConnection connection) => connection.Evidence.Receipt(_receipt);

        public string? Left(MemoryMedium card, MemoryMedium flash, Cut cut) =>
            Look(card, OwnedCamera.Catalogue(card)[_slot]?.State is byte state ? state : CatalogueRecord.Bad, cut);

        public string? Follow(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            bool unreadable = cut.Variant == CutVariant.ReadError;
            string? wrong = Powered.Run(
                card,
                flash,
                51,
                (_, _) => null,
                camera =>
                {
                    if (unreadable)
                    {
                        camera.Parts.Card.BadSectors.Add((cut.Change.Path, cut.Change.Sector));
                    }
                }
            );
            if (wrong != null)
            {
                return wrong;
            }

            if (unreadable && Powered.Run(card, flash, 52, Up) is string later)
            {
                return "once readable: " + later;
            }

            byte state = OwnedCamera.Catalogue(card)[_slot]!.State;
            if (state is not (CatalogueRecord.Closed or CatalogueRecord.Released))
            {
                return "after a boot the slot is in state " + state;
            }

            if (Look(card, state, cut) is string after)
            {
                return "after a boot: " + after;
            }

            return Powered.Run(card, flash, 53, (camera, port) => Up(camera, port) ?? Again(port, state)) ?? Ended(card, cut);
        }

        private static string? Up(Camera camera, CablePort port) =>
            camera.Firmware.State == RecorderState.Buffering ? null : "the camera does not come up: " + camera.Firmware.State;

        private string? Again(CablePort port, byte state)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            Prepare(connection);
            TaskOutcome outcome = connection.Evidence.Receipt(_receipt);
            port.Advance(TimeSpan.FromSeconds(2));
            TaskResult expected = state == CatalogueRecord.Closed ? TaskResult.Done : TaskResult.Stale;
            return outcome.Result == expected
                ? null
                : $"brought again the receipt is {outcome.Result} ({outcome.Text}), the slot was in state {state}";
        }

        private string? Ended(MemoryMedium card, Cut cut)
        {
            byte state = OwnedCamera.Catalogue(card)[_slot]!.State;
            return state != CatalogueRecord.Released ? "brought again the slot is in state " + state
                : Look(card, state, cut) is string wrong ? "brought again: " + wrong
                : null;
        }

        // What holds of a card at any moment. Nothing can save what the card lost of the log.
        private string? Look(MemoryMedium card, byte state, Cut cut)
        {
            bool lost = cut.Variant == CutVariant.LostWrite && cut.Change.Path == Judge.Log;
            AuditResult log = _owned.Log(card);
            if (!log.Agrees && !lost)
            {
                return "the audit log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing);
            }

            byte[] now = card.ReadAll(OwnedCamera.Path(_slot));
            if (state == CatalogueRecord.Closed && !now.AsSpan().SequenceEqual(_original))
            {
                return "the segment is closed and not what it was";
            }

            if (state is not (CatalogueRecord.Closed or CatalogueRecord.Releasing or CatalogueRecord.Released))
            {
                return "the slot is in state " + state;
            }

            // Of a free slot the last sector may have been cleared for the next segment.
            if (
                !now.AsSpan(NoteBytes, now.Length - NoteBytes - 512)
                    .SequenceEqual(_original.AsSpan(NoteBytes, _original.Length - NoteBytes - 512))
            )
            {
                return "the rest of the slot is not what it was";
            }

            if (state == CatalogueRecord.Released)
            {
                if (Opens(now))
                {
                    return "the slot is free, and what opens it is still there";
                }

                if (!IsLogged(log) && !lost)
                {
                    return "the slot is free, and the log does not have its receipt";
                }
            }

            return Others(card);
        }

        // The envelope's wrapped keys are random: a piece of 16 bytes that is still at its place is the old content.
        private bool Opens(byte[] slot) =>
            Enumerable
                .Range(0, NoteBytes / 16)
                .Any(i =>
                    slot.AsSpan(i * 16, 16).SequenceEqual(_original.AsSpan(i * 16, 16))
                    && i >= 2
                    && slot.AsSpan(i * 16, 16).ContainsAnyExcept((byte)0)
                );

        private bool IsLogged(AuditResult log) =>
            log.Entries.Any(e =>
                e.Kind == AuditKind.Released
                && e.Code == (int)_slot
                && e.First == _segment.Header!.RecordingNumber
                && e.Second == _segment.Header.Segment
            );

        private string? Others(MemoryMedium card)
        {
            Verify.Catalogue was = OwnedCamera.Catalogue(_before),
                now = OwnedCamera.Catalogue(card);
            foreach ((uint slot, _) in _owned.Segments.Where(s => s.Slot != _slot))
            {
                if (now[slot] != was[slot])
                {
                    return $"the catalogue says something else of slot {slot}";
                }

                if (!card.ReadAll(OwnedCamera.Path(slot)).AsSpan().SequenceEqual(_before.ReadAll(OwnedCamera.Path(slot))))
                {
                    return $"slot {slot} was touched";
                }
            }

            return null;
        }
    }
}
