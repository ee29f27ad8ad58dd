// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify.Tests
{
    /// <summary>Forgeries of the audit log, and what the log says against forged recordings.</summary>
    internal static class LogForgeries
    {
        private const string Holder = "who has the card",
            Signer = "who has the key";

        public static IEnumerable<Forgery> All => [.. Log, .. Unsigned, .. Signed];

        private static IEnumerable<Forgery> Log =>
            [
                new(
                    "the log is deleted",
                    Holder,
                    Place.All,
                    v => File.Delete(v.LogFile),
                    1,
                    FindingCode.Removed,
                    "is not here, though signed manifests name its sector"
                ),
                new(
                    "the log's first sector is zeroed",
                    Holder,
                    Place.All,
                    v => v.AlterLog(b => [.. new byte[512], .. b[512..]]),
                    1,
                    FindingCode.Truncated,
                    "and there is none"
                ),
                new(
                    "the log is cut back to before the last recording",
                    Holder,
                    Place.All,
                    v =>
                    {
                        int keep = Before(v, 3);
                        v.AlterLog(b => [.. b[..(keep * 512)], .. new byte[b.Length - keep * 512]]);
                    },
                    1,
                    FindingCode.Truncated,
                    "and the last one is"
                ),
                new(
                    "an entry's code is changed, with the right checksum",
                    Holder,
                    Place.All,
                    v => v.AlterSector(3, s => s[96 + 7] ^= 4),
                    1,
                    FindingCode.Altered,
                    "is not the one that sector"
                ),
                new(
                    "a sector in the midst is zeroed",
                    Holder,
                    Place.All,
                    v => v.AlterLog(b => [.. b[..(5 * 512)], .. new byte[512], .. b[(6 * 512)..]]),
                    1,
                    FindingCode.Removed,
                    "sectors are gone"
                ),
                new(
                    "two sectors are swapped, each with the place that it then has",
                    Holder,
                    Place.All,
                    v =>
                    {
                        v.AlterLog(b => [.. b[..(3 * 512)], .. b[(4 * 512)..(5 * 512)], .. b[(3 * 512)..(4 * 512)], .. b[(5 * 512)..]]);
                        v.AlterSector(3, s => BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(32), 3));
                        v.AlterSector(4, s => BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(32), 4));
                    },
                    1,
                    FindingCode.OutOfOrder,
                    "sequence number"
                ),
                new(
                    "a checkpoint's signature is changed",
                    Holder,
                    Place.All,
                    v => v.AlterSector(v.Sectors - 1, s => s[96 + BinaryPrimitives.ReadUInt16BigEndian(s.AsSpan(92)) - 10] ^= 1),
                    1,
                    FindingCode.BadSignature,
                    "the checkpoint"
                ),
                new(
                    "a checkpoint speaks of another boot",
                    Holder,
                    Place.Clear,
                    v => v.AlterSector(v.Sectors - 1, s => s[91] ^= 8),
                    1,
                    FindingCode.BadSignature,
                    "another sector than the one that it stands in"
                ),
            ];

        private static IEnumerable<Forgery> Unsigned =>
            [
                new(
                    "an entry of an earlier boot is appended",
                    Holder,
                    Place.All,
                    v => v.Append(log => log.NewBoot(1).Entry(AuditKind.ClockSet, 1_000, 2, 0, 1_500_000_000_000, [0, 0, 0, 1])),
                    1,
                    FindingCode.OutOfOrder,
                    "boot 1 after boot"
                ),
                new(
                    "an entry that is earlier than the last one is appended",
                    Holder,
                    Place.All,
                    v => v.Append(log => log.Entry(AuditKind.Alive, 900_100).Entry(AuditKind.ClockSet, 900, 2, 0, 1, [0, 0, 0, 1])),
                    1,
                    FindingCode.OutOfOrder,
                    "earlier than the last one of the sector before it"
                ),
                new(
                    "a sector that claims a far place is put behind the end",
                    Holder,
                    Place.All,
                    v =>
                    {
                        v.Append(log => log.Entry(AuditKind.Alive, 900_100));
                        v.AlterSector(
                            v.Sectors - 1,
                            s => BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(32), ShiftForge.LogSectors * 1000L + v.Sectors - 1)
                        );
                    },
                    1,
                    FindingCode.Removed,
                    "sectors stand where later ones belong"
                ),
                new(
                    "a clock setting is appended",
                    Holder,
                    Place.All,
                    v => v.Append(log => log.Entry(AuditKind.ClockSet, 901_000, 2, 0, 1_500_000_000_000, [0, 0, 0, 1])),
                    0,
                    null,
                    "authentic"
                ),
                new(
                    "an entry tells of a recording that never was",
                    "who wants true evidence doubted",
                    Place.All,
                    v =>
                        v.Append(log =>
                            log.Entry(AuditKind.RecordingBegan, 901_000, 9, 901_000, 0, new byte[16])
                                .Entry(AuditKind.RecordingClosed, 950_000, 9, 1, 0, new byte[32])
                        ),
                    1,
                    FindingCode.MissingRecording,
                    "recording 9 is MISSING"
                ),
                new(
                    "an entry says that a recording was closed otherwise",
                    "who wants true evidence doubted",
                    Place.All,
                    v => v.Append(log => log.Entry(AuditKind.RecordingClosed, 901_000, 2, 1, 0, new byte[32])),
                    0,
                    null,
                    "authentic"
                ),
                new(
                    "an entry says that a recording is another one",
                    "who wants true evidence doubted",
                    Place.All,
                    v => v.Append(log => log.Entry(AuditKind.RecordingBegan, 901_000, 2, 1, 0, new byte[16])),
                    0,
                    null,
                    "authentic"
                ),
            ];

        private static IEnumerable<Forgery> Signed =>
            [
                new(
                    "a recording is replaced by another one with its number",
                    Signer,
                    Place.All,
                    v =>
                    {
                        SegmentForge own = v.Segment(2, 0);
                        byte[] other = [.. own.RecordingId];
                        other[3] ^= 1;
                        v.Put(Again(own, s => s.RecordingId = other), 2, 0);
                    },
                    1,
                    FindingCode.BegunOtherwise,
                    "this is another one with its number",
                    2
                ),
                new(
                    "a recording is signed again with another beginning",
                    Signer,
                    Place.All,
                    v =>
                        v.Put(
                            Again(
                                v.Segment(2, 0),
                                s =>
                                {
                                    s.ZeroMonotonic += 5_000;
                                    s.Signed += 5_000;
                                }
                            ),
                            2,
                            0
                        ),
                    1,
                    FindingCode.BegunOtherwise,
                    "the audit log says that it began in boot",
                    2
                ),
                new(
                    "a recording is signed again with other pictures",
                    Signer,
                    Place.All,
                    v => v.Put(Again(v.Segment(2, 0), _ => { }, 777), 2, 0),
                    1,
                    FindingCode.ClosedOtherwise,
                    "here it ends with another one: it was replaced",
                    2
                ),
                new(
                    "a marker that the log has is left out of the manifests",
                    Signer,
                    Place.All,
                    v =>
                    {
                        SegmentForge own = v.Segment(2, 0);
                        v.Put(
                            Again(
                                own,
                                s =>
                                    s.Tweak = map =>
                                    {
                                        own.Tweak!(map);
                                        map[17] = c => SegmentForge.Array(c);
                                    }
                            ),
                            2,
                            0
                        );
                    },
                    1,
                    FindingCode.MarkersDisagree,
                    "has 1 markers in it that its manifests do not list",
                    2
                ),
            ];

        private static SegmentForge Again(SegmentForge own, Action<SegmentForge> change, int size = 700)
        {
            SegmentForge again = Copy(own);
            change(again);
            return again.Init().Fragment(size, 600).Checkpoint().Fragment(900).Close(1);
        }

        /// <summary>What a segment of this place begins with; nothing is written yet.</summary>
        internal static SegmentForge Copy(SegmentForge own) =>
            new()
            {
                Device = own.Device,
                RecordingId = own.RecordingId,
                RecordingNumber = own.RecordingNumber,
                Segment = own.Segment,
                FirstFrame = own.Segment * 3,
                Start = own.Segment * 300,
                PreviousClose = own.PreviousClose,
                Slot = own.Slot,
                SlotSectors = own.SlotSectors,
                SmallMoov = true,
                Sealed = own.Sealed,
                Boot = own.Boot,
                ZeroMonotonic = own.ZeroMonotonic,
                ZeroUtc = own.ZeroUtc,
                Signed = own.ZeroMonotonic + 500,
                Tweak = own.Tweak,
            };

        // Sectors up to the entry with which a recording began.
        private static int Before(Victim v, uint number)
        {
            byte[] log = File.ReadAllBytes(v.LogFile);
            for (int i = 0; i < v.Sectors; i++)
            {
                if (log[i * 512 + 6] == 1 && log[i * 512 + 96] == 4 && log[i * 512 + 96 + 7] == number)
                {
                    return i;
                }
            }

            throw new InvalidOperationException("the log has no such entry");
        }
    }
}
