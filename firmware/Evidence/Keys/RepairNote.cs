// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The last repair of internal storage that the authority ordered (CUSTODY.md 9.4). It is stored before anything is repaired, so that a
    /// cut is taken up and the same order is never taken again.
    /// </summary>
    public sealed class RepairNote
    {
        /// <summary>Added to the highest boot number that is known: more boots than a camera has between two repairs.</summary>
        public const int BootMargin = 65536;

        private const int IdBytes = 16;
        private const int OrderAt = 20;
        private const int KeyAt = OrderAt + Digests.Size;
        private const int IdAt = KeyAt + Digests.Size;
        private const int HeadAt = IdAt + IdBytes;
        private const int SequenceAt = HeadAt + Digests.Size;
        private const int AuthorityAt = SequenceAt + 8;
        private const int Bytes = AuthorityAt + Digests.Size;

        private const int Pending = 1;
        private const int Done = 2;
        private const int Logged = 3;

        private int _stage = Pending;

        /// <summary>What is repaired.</summary>
        public RepairActions Actions;

        /// <summary>The boot number to go on from.</summary>
        public int Boots;

        /// <summary>Number of the newest recording to go on from.</summary>
        public int Recordings;

        /// <summary>The last sector of the audit log before; sequence number 0 when it is not known.</summary>
        public AuditHead Head = new AuditHead();

        /// <summary>Serial number of the newest configuration that is known; 0 when none is.</summary>
        public int Serial;

        /// <summary>H of the order's payload, 32 bytes.</summary>
        public byte[] OrderDigest;

        /// <summary>The device id before, 16 bytes.</summary>
        public byte[] DeviceId;

        /// <summary>The public key before, 32 bytes.</summary>
        public byte[] PublicKey;

        /// <summary>The authority that ordered it, 32 bytes.</summary>
        public byte[] Authority;

        /// <summary>Whether it was decided and is not over.</summary>
        public bool IsPending
        {
            get { return _stage == Pending; }
        }

        /// <summary>Whether it is over and not entered in the log.</summary>
        public bool IsUnlogged
        {
            get { return _stage == Done; }
        }

        /// <summary>The last one; null when there was none, or it cannot be read.</summary>
        public static RepairNote Load(IInternalStore store)
        {
            byte[] stored;
            store.Load(StoreEntries.Repaired, out stored);
            if (stored == null || stored.Length != Bytes)
            {
                return null;
            }

            RepairNote note = new RepairNote();
            note._stage = BigEndian.Get32(stored, 0);
            note.Actions = (RepairActions)BigEndian.Get32(stored, 4);
            note.Boots = BigEndian.Get32(stored, 8);
            note.Recordings = BigEndian.Get32(stored, 12);
            note.Serial = BigEndian.Get32(stored, 16);
            note.OrderDigest = Part(stored, OrderAt, Digests.Size);
            note.DeviceId = Part(stored, IdAt, IdBytes);
            note.PublicKey = Part(stored, KeyAt, Digests.Size);
            note.Head.Sequence = BigEndian.Get64(stored, SequenceAt);
            note.Head.Digest = Part(stored, HeadAt, Digests.Size);
            note.Authority = Part(stored, AuthorityAt, Digests.Size);
            return note;
        }

        /// <summary>Stores it. False when internal storage cannot be written.</summary>
        public bool Save(IInternalStore store)
        {
            return store.Save(StoreEntries.Repaired, Pack());
        }

        /// <summary>It is over. False when internal storage cannot be written.</summary>
        public bool SaveDone(IInternalStore store)
        {
            _stage = Done;
            return Save(store);
        }

        /// <summary>It is entered in the log. False when internal storage cannot be written.</summary>
        public bool SaveLogged(IInternalStore store)
        {
            _stage = Logged;
            return Save(store);
        }

        /// <summary>Data of its entry in the log: H of the order's payload, public key before.</summary>
        public byte[] LogData()
        {
            return Part(Pack(), OrderAt, 2 * Digests.Size);
        }

        /// <summary>Data of the entry about the identity that ended: device id, H of the last sector of its log.</summary>
        public byte[] FormerData()
        {
            return Part(Pack(), IdAt, IdBytes + Digests.Size);
        }

        private byte[] Pack()
        {
            byte[] stored = new byte[Bytes];
            BigEndian.Put32(stored, 0, _stage);
            BigEndian.Put32(stored, 4, (int)Actions);
            BigEndian.Put32(stored, 8, Boots);
            BigEndian.Put32(stored, 12, Recordings);
            BigEndian.Put32(stored, 16, Serial);
            Array.Copy(OrderDigest, 0, stored, OrderAt, Digests.Size);
            Array.Copy(DeviceId, 0, stored, IdAt, IdBytes);
            Array.Copy(PublicKey, 0, stored, KeyAt, Digests.Size);
            BigEndian.Put64(stored, SequenceAt, Head.Sequence);
            Array.Copy(Head.Digest, 0, stored, HeadAt, Digests.Size);
            Array.Copy(Authority, 0, stored, AuthorityAt, Digests.Size);
            return stored;
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
