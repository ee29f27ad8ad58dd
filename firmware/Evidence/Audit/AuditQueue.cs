// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Entries that wait for the card, as they will stand in a sector, in memory taken once. What finds no room is counted.
    /// </summary>
    public sealed class AuditQueue
    {
        /// <summary>Most bytes of an entry's data.</summary>
        public const int MaxData = 64;

        /// <summary>Bytes of an entry without data.</summary>
        public const int EntryBytes = 44;

        private const int SlotBytes = EntryBytes + MaxData;

        // Laid out as on the card, so that a sector of entries is copied and not put together; slots of the greatest size, so that none
        // ever wraps.
        private readonly byte[] _slots;
        private readonly int _capacity;
        private int _first;
        private int _count;

        /// <summary>A queue for so many entries, 108 bytes each.</summary>
        public AuditQueue(int capacity)
        {
            _capacity = capacity;
            _slots = new byte[capacity * SlotBytes];
        }

        /// <summary>Entries waiting.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Whether one more finds no room.</summary>
        public bool IsFull
        {
            get { return _count == _capacity; }
        }

        /// <summary>Monotonic time of the oldest entry, milliseconds; only while there is one.</summary>
        public long OldestMs
        {
            get { return BigEndian.Get64(_slots, _first * SlotBytes + 24); }
        }

        /// <summary>Adds an entry; there must be room. Data beyond 64 bytes is cut off.</summary>
        public void Add(AuditKind kind, int code, long first, long second, byte[] data, StatedClock clock)
        {
            // Read once: what is said of a time belongs to it.
            long nowMs = clock.NowMs;
            long utcMs = clock.UtcMs;
            byte source = (byte)clock.SourceOf(utcMs);
            int uncertaintyMs = clock.UncertaintyOf(utcMs);
            int at = (_first + _count) % _capacity * SlotBytes;
            int bytes =
                data == null ? 0
                : data.Length < MaxData ? data.Length
                : MaxData;
            _slots[at] = (byte)kind;
            _slots[at + 1] = (byte)bytes;
            _slots[at + 2] = source;
            _slots[at + 3] = 0;
            BigEndian.Put32(_slots, at + 4, code);
            BigEndian.Put64(_slots, at + 8, first);
            BigEndian.Put64(_slots, at + 16, second);

            // Dated when it is made, not when it is written: without a card it may wait for a shift.
            BigEndian.Put64(_slots, at + 24, nowMs);
            BigEndian.Put64(_slots, at + 32, utcMs);
            BigEndian.Put32(_slots, at + 40, uncertaintyMs);
            if (bytes > 0)
            {
                Array.Copy(data, 0, _slots, at + EntryBytes, bytes);
            }

            _count++;
        }

        /// <summary>Copies the oldest entries, as many as fit, without taking them out.</summary>
        /// <param name="into">Destination.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="room">Bytes there.</param>
        /// <param name="entries">How many entries were copied.</param>
        /// <returns>Bytes copied.</returns>
        public int Copy(byte[] into, int offset, int room, out int entries)
        {
            int used = 0;
            for (entries = 0; entries < _count; entries++)
            {
                int at = (_first + entries) % _capacity * SlotBytes;
                int bytes = EntryBytes + _slots[at + 1];
                if (used + bytes > room)
                {
                    break;
                }

                Array.Copy(_slots, at, into, offset + used, bytes);
                used += bytes;
            }

            return used;
        }

        /// <summary>Takes the oldest entries out: they are on the card.</summary>
        public void Remove(int entries)
        {
            _first = (_first + entries) % _capacity;
            _count -= entries;
        }
    }
}
