// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// Forges a whole shift as a true camera leaves it: three recordings, each linked to the one before, and the audit log that tells of
    /// them. Recording 1 is in slots 0 and 1, recording 2 in slot 2, recording 3 in slots 3 and 4.
    /// </summary>
    internal sealed class ShiftForge
    {
        public const ulong LogId = 5;
        public const int LogSectors = 64;
        public const uint Boot = 3;

        private readonly bool _sealed;
        private readonly byte _seed;
        private readonly Action<AuditForge>? _beforeCut;

        /// <param name="isSealed">Whether the recordings are sealed.</param>
        /// <param name="cut">Whether the power went in recording 3, and the next boot closed it.</param>
        /// <param name="seed">Tells one camera from another.</param>
        /// <param name="beforeCut">Enters what happened last before the power went.</param>
        public ShiftForge(bool isSealed = false, bool cut = false, byte seed = 1, Action<AuditForge>? beforeCut = null)
        {
            (_sealed, _seed, _beforeCut) = (isSealed, seed, beforeCut);
            Device = new ForgeDevice(seed);
            Log = new AuditForge(Device, LogId).NewBoot(Boot);
            Log.Entry(AuditKind.Boot, 100, 2, data: new byte[32]);
            Log.Entry(AuditKind.ClockSet, 1_000, 2, 0, 1_789_999_941_000, [0, 0, 0, 100]);
            for (uint number = 1; number <= 3; number++)
            {
                Record(number, number == 2 ? 1 : 2, number == 1 ? 0u : number, cut && number == 3);
            }

            Log.Entry(AuditKind.Ended, 900_000, 2).Checkpoint();
        }

        public ForgeDevice Device { get; }

        public AuditForge Log { get; }

        /// <summary>The segments, by recording.</summary>
        public List<List<SegmentForge>> Recordings { get; } = [];

        /// <summary>The log's file.</summary>
        public byte[] LogFile => Log.File(LogId, LogSectors);

        /// <summary>The id of a recording.</summary>
        public byte[] Id(uint number) => [.. Enumerable.Range(0, 16).Select(i => (byte)(16 * number + i + _seed))];

        /// <summary>Recording zero, ms since boot.</summary>
        public static ulong Zero(uint number) => 100_000 * number;

        /// <summary>A card with it, ready to be altered.</summary>
        public CardForge Card()
        {
            CardForge card = new CardForge(12, Device.KeyFile()).Put(Recordings.SelectMany(r => r)).WriteCatalogue();
            File.WriteAllBytes(Path.Combine(card.Root, "AUDIT.LOG"), LogFile);
            return card;
        }

        /// <summary>Puts it into a store; returns the camera's folder.</summary>
        public string Store(string folder)
        {
            string own = Directory.CreateDirectory(Path.Combine(folder, Convert.ToHexStringLower(Device.DeviceId))).FullName;
            File.WriteAllBytes(Path.Combine(own, "DEVICE.PUB"), Device.KeyFile());
            File.WriteAllBytes(Path.Combine(own, "AUDIT.LOG"), LogFile);
            foreach (SegmentForge s in Recordings.SelectMany(r => r))
            {
                string recording = Directory.CreateDirectory(Path.Combine(own, $"{s.RecordingNumber:000000}")).FullName;
                File.WriteAllBytes(Path.Combine(recording, $"{s.Segment:0000}.mp4"), s.Slot512());
            }

            return own;
        }

        private void Record(uint number, int segments, uint slot, bool cut)
        {
            long zero = (long)Zero(number);
            Log.Entry(AuditKind.RecordingBegan, zero + 50, (int)number, zero, 12_000, Id(number));
            Log.Entry(AuditKind.State, zero + 60, 2, 1);
            (long Sequence, byte[] Digest) head = Log.Head;
            byte[]? link = number == 1 ? null : Recordings[^1][^1].CloseDigest;
            List<SegmentForge> made = RecordingForge.Segments(
                segments,
                0,
                s =>
                {
                    s.Boot = Boot;
                    s.Sealed = _sealed;
                    s.RecordingId = Id(number);
                    s.ZeroMonotonic = (ulong)zero;
                    s.Signed = (ulong)zero + 500;
                    s.ZeroUtc = 1_789_999_940_000 + (ulong)zero;
                    s.Tweak = map =>
                    {
                        map[25] = c => SegmentForge.Array(c, (ulong)head.Sequence, head.Digest);
                        map[26] = c => SegmentForge.BytesOrNull(c, link);
                    };
                },
                number: number,
                firstSlot: slot,
                device: _seed,
                recovered: cut
            );
            Recordings.Add(made);
            Log.Entry(AuditKind.Marker, zero + 650, 1, zero - 1200);
            if (cut)
            {
                _beforeCut?.Invoke(Log);
                Log.NewBoot(Boot + 1).Entry(AuditKind.Boot, 100, 1, data: new byte[32]);
                Log.Entry(AuditKind.ClosedByRecovery, 3_000, (int)made[^1].Slot, number, made[^1].Segment, made[^1].CloseDigest);
            }
            else
            {
                Log.Entry(AuditKind.RecordingClosed, zero + 900, (int)number, 1, 0, made[^1].CloseDigest);
                Log.Entry(AuditKind.State, zero + 910, 1, 3);
            }

            Log.Checkpoint();
        }
    }
}
