// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>
    /// Brings what is new of the camera's audit log. Its sectors are written once, in order, so a copy from before is gone on with; the log
    /// of another card begins a file of its own and the one before is kept under its id. What the camera has overwritten since is put away
    /// first, so the store has all that was ever brought.
    /// </summary>
    internal sealed class AuditLogIntake
    {
        /// <summary>Sectors asked for at a time: 64 KiB.</summary>
        private const int Piece = 128;

        /// <summary>The log's id is that of the first whole sector among so many (FORMAT.md 9.4).</summary>
        private const int FirstSectors = 16;

        private const int SequenceAt = 40;

        /// <summary>Of the hash H (FORMAT.md section 1).</summary>
        private static readonly byte[] ChainKey = [.. "LAPEL-CHAIN-1"u8, .. new byte[19]];

        private readonly CameraConnection _camera;
        private readonly DeviceStore _store;
        private readonly CancellationToken _cancel;

        public AuditLogIntake(CameraConnection camera, DeviceStore store, CancellationToken cancel)
        {
            (_camera, _store, _cancel) = (camera, store, cancel);
        }

        /// <summary>Fetches what is new and puts the whole in the place of the copy before. A camera without a log brings none.</summary>
        /// <returns>What speaks against the log; null when nothing does.</returns>
        public string? Bring()
        {
            // Asked first: what the camera enters meanwhile comes behind that.
            LogState state = _camera.Evidence.Log();
            ItemFacts item;
            try
            {
                item = _camera.Evidence.Item(ItemFacts.AuditLog);
            }
            catch (LinkException error) when (error.Is(EvidenceGroup.Id, (int)EvidenceError.NoSuchItem))
            {
                return state.Problem;
            }
            var log = new byte[item.Length / AuditSector.Bytes * AuditSector.Bytes];
            int sectors = log.Length / AuditSector.Bytes;
            if (sectors == 0)
            {
                return state.Problem;
            }

            Fetch(item, log, 0, Math.Min(FirstSectors, sectors));
            if (First(log) is not AuditSector first)
            {
                return state.Problem ?? Against(state, log);
            }

            long newest = Earlier(log, first.LogId);
            bool shorter = newest >= 0 && IsGone(item, log, (int)(newest % sectors), newest);
            newest = shorter ? -1 : newest;
            int from = newest < 0 ? 0 : (int)(newest % sectors);
            for (int done = 0, count; done < sectors; done += count)
            {
                int at = (from + done) % sectors;
                count = Math.Min(Math.Min(Piece, sectors - done), sectors - at);
                Fetch(item, log, at, count);
                if (!Grows(log, at, count, ref newest) && !shorter)
                {
                    break;
                }
            }
            PutAway(log, first.LogId);
            _store.Disk.Write(_store.AuditLog, log);
            return state.Problem
                ?? (shorter ? "the store has sectors of the card's audit log that the card does not hold any more: it was cut back" : null)
                ?? Against(state, log);
        }

        // Whether the newest sector of the copy from before is on the card no more, though nothing later was written over it.
        private bool IsGone(ItemFacts item, byte[] log, int at, long newest)
        {
            byte[] before = log.AsSpan(at * AuditSector.Bytes, AuditSector.Bytes).ToArray();
            Fetch(item, log, at, 1);
            return !before.AsSpan().SequenceEqual(log.AsSpan(at * AuditSector.Bytes, AuditSector.Bytes))
                && !(Sector(log, at) is AuditSector later && later.Place > newest);
        }

        private static string? Against(LogState state, byte[] log)
        {
            for (int at = 0; at < log.Length / AuditSector.Bytes; at++)
            {
                ReadOnlySpan<byte> sector = log.AsSpan(at * AuditSector.Bytes, AuditSector.Bytes);
                if (
                    BinaryPrimitives.ReadInt64BigEndian(sector[SequenceAt..]) == state.Sequence
                    && sector.StartsWith("LPLA"u8)
                    && HMACSHA256.HashData(ChainKey, sector).AsSpan().SequenceEqual(state.Digest)
                )
                {
                    return null;
                }
            }

            return state.Sequence == 0 || state.Found == null
                ? null
                : $"the audit log that the card holds has no sector {state.Sequence}, the last one that the camera has written";
        }

        /// <summary>
        /// Whether there were newer sectors up to the end of a piece; a sector that the card did not take may be missing in between.
        /// </summary>
        private static bool Grows(byte[] log, int from, int count, ref long newest)
        {
            int last = -1;
            for (int i = 0; i < count; i++)
            {
                if (Sector(log, from + i) is not AuditSector sector || sector.Place <= newest)
                {
                    continue;
                }

                newest = sector.Place;
                last = i;
            }
            return last >= count / 2;
        }

        private static AuditSector? First(byte[] log)
        {
            for (int i = 0; i < FirstSectors && (i + 1) * AuditSector.Bytes <= log.Length; i++)
            {
                if (Sector(log, i) is AuditSector sector)
                {
                    return sector;
                }
            }

            return null;
        }

        private static AuditSector? Sector(byte[] log, int at) => AuditSector.Read(log.AsSpan(at * AuditSector.Bytes, AuditSector.Bytes));

        /// <summary>Takes over the copy from before when it is of this log; its highest place, -1 when there is none.</summary>
        private long Earlier(byte[] log, ulong id)
        {
            if (Copy() is byte[] other && !IsOf(other, id, log.Length))
            {
                string kept = First(other) is AuditSector old
                    ? _store.OtherLog(old.LogId)
                    : Path.Combine(_store.Folder, "AUDIT-unknown.LOG");
                _store.Disk.Delete(kept);
                _store.Disk.Move(_store.AuditLog, kept);
            }
            if (
                !_store.Disk.Exists(_store.AuditLog)
                && _store.Disk.Read(_store.OtherLog(id), log.Length) is byte[] again
                && IsOf(again, id, log.Length)
            )
            {
                _store.Disk.Move(_store.OtherLog(id), _store.AuditLog);
            }

            if (Copy() is not byte[] before)
            {
                return -1;
            }

            before.CopyTo(log, 0);
            long newest = -1;
            for (int i = 0; i < log.Length / AuditSector.Bytes; i++)
            {
                if (Sector(log, i) is AuditSector sector && sector.LogId == id)
                {
                    newest = Math.Max(newest, sector.Place);
                }
            }

            return newest;
        }

        private byte[]? Copy() => _store.Disk.Read(_store.AuditLog, int.MaxValue);

        private static bool IsOf(byte[] copy, ulong id, int length) =>
            copy.Length <= length && First(copy) is AuditSector first && first.LogId == id;

        private void Fetch(ItemFacts item, byte[] log, int from, int count)
        {
            var map = new BlockMap(item.Length);
            map.Set(0, item.Length);
            map.Set((long)from * AuditSector.Bytes, (long)count * AuditSector.Bytes, there: false);
            new BulkTransfer(_camera.Smp, _cancel).Fetch(item, map, new MemorySink(log));
        }

        /// <summary>
        /// Adds to the file of overwritten sectors those of the copy before that the new one does not hold. Done before the copy is
        /// replaced: after a cut they are put away twice, which a reader takes as once.
        /// </summary>
        private void PutAway(byte[] log, ulong id)
        {
            if (Copy() is not byte[] before)
            {
                return;
            }

            List<(long Place, int At)> gone =
            [
                .. Enumerable
                    .Range(0, before.Length / AuditSector.Bytes)
                    .Where(i =>
                        Sector(before, i) is AuditSector s
                        && s.LogId == id
                        && !before
                            .AsSpan(i * AuditSector.Bytes, AuditSector.Bytes)
                            .SequenceEqual(log.AsSpan(i * AuditSector.Bytes, AuditSector.Bytes))
                    )
                    .Select(i => (Sector(before, i)!.Value.Place, i))
                    .Order(),
            ];
            if (gone.Count == 0)
            {
                return;
            }

            string path = _store.Overwritten(id);
            long end = _store.Disk.Length(path) / AuditSector.Bytes * AuditSector.Bytes;
            using IStoreFile file = _store.Disk.Open(path, end);
            foreach ((_, int at) in gone)
            {
                file.Write(end, before.AsSpan(at * AuditSector.Bytes, AuditSector.Bytes));
                end += AuditSector.Bytes;
            }
            file.Sync();
        }

        private sealed class MemorySink(byte[] log) : IBulkSink
        {
            public void Write(long offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(log.AsSpan((int)offset));

            public void RangeDone() { }
        }
    }
}
