// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Sees every write to the catalogue and to the slots as it reaches the card: a slot becomes free in no other way than the format has.
    /// </summary>
    internal sealed class CatalogueWatch(Day day) : ISectorObserver
    {
        private const string Copy = "LAPEL/CATALOG.A";
        private const int Records = 15,
            RecordBytes = 32;
        private const byte Free = 0,
            Open = 1,
            Closed = 2,
            IsReleased = 3,
            Releasing = 5;

        private readonly Dictionary<long, byte[]> _records = [];

        /// <summary>What went wrong.</summary>
        public List<string> Wrong { get; } = [];

        /// <summary>Segments that were released.</summary>
        public HashSet<(uint Recording, uint Segment)> Released { get; } = [];

        /// <summary>Released slots that were used again.</summary>
        public int ReusedSlots { get; private set; }

        public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
        {
            if (path != Copy)
            {
                return;
            }

            if (!data512.StartsWith("LPLC"u8))
            {
                return;
            }

            for (int i = 0; i < Records; i++)
            {
                Record(sector * Records + i, data512.Slice(32 + i * RecordBytes, RecordBytes));
            }
        }

        private void Record(long slot, ReadOnlySpan<byte> record)
        {
            if (!_records.TryGetValue(slot, out byte[]? before))
            {
                _records[slot] = before = new byte[RecordBytes];
            }

            byte from = before[0],
                to = record[0];
            if (from != to && !May(from, to))
            {
                Wrong.Add($"slot {slot} went from state {from} to {to} at {day.NowUs} us");
            }

            if (from == Closed && to == Releasing && !IsReceived(before))
            {
                Wrong.Add($"slot {slot} was released without a receipt at {day.NowUs} us");
            }

            if (from == Releasing && to == IsReleased)
            {
                Released.Add((U32(before, 4), U32(before, 8)));
            }

            if (from == IsReleased && to == Open)
            {
                ReusedSlots++;
            }

            record.CopyTo(before);
        }

        private static bool May(byte from, byte to) =>
            (from, to)
                is
                    (Free, Open)
                    or
                    (Open, Closed)
                    or
                    (Open, Free)
                    or
                    (Closed, Releasing)
                    or
                    (Releasing, IsReleased)
                    or
                    (IsReleased, Open);

        private bool IsReceived(byte[] record) =>
            day.Truth.Receipts.Any(r =>
                r.Recording == U32(record, 4) && r.Segment == U32(record, 8) && r.Digest.AsSpan(0, 8).SequenceEqual(record.AsSpan(24, 8))
            );

        private static uint U32(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
    }
}
