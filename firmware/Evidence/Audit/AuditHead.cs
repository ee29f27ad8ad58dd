// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// How far the device's audit log has come: the last sector written and where it is. Kept in internal storage, since the chain is the
    /// device's and not the card's: a log that was cut back or replaced is noticed.
    /// </summary>
    public sealed class AuditHead
    {
        /// <summary>Bytes of a head without how a boot ended: as a commitment has it too, in front.</summary>
        public const int PlaceBytes = 56;

        private const int Bytes = PlaceBytes + 6;

        /// <summary>Sequence number of the last sector written; 0 when there was none.</summary>
        public long Sequence;

        /// <summary>H of that sector, 32 bytes.</summary>
        public byte[] Digest = new byte[Digests.Size];

        /// <summary>Which log it is in: the id that all sectors of a file share, 8 bytes as a number.</summary>
        public long Log;

        /// <summary>Its place there: sectors written to the file before it.</summary>
        public long Place;

        /// <summary>Boot that ended properly with this sector, and how, as in <see cref="AuditKind.Ended"/>; 0 when none did.</summary>
        public int EndedBoot;

        /// <summary>How it ended.</summary>
        public BootEnd EndedHow;

        /// <summary>Takes over another head's sector.</summary>
        public void Take(AuditHead other)
        {
            Sequence = other.Sequence;
            Log = other.Log;
            Place = other.Place;
            Array.Copy(other.Digest, 0, Digest, 0, Digests.Size);
        }

        /// <summary>
        /// Loads it: as it was stored by itself or with the last commitment, whichever is further. False when neither is stored.
        /// </summary>
        public bool Load(IInternalStore store)
        {
            byte[] stored;
            store.Load(StoreEntries.Audit, out stored);
            bool isStored = stored != null && stored.Length == Bytes;
            if (isStored)
            {
                TakePlace(stored);
                EndedBoot = BigEndian.Get32(stored, PlaceBytes);
                EndedHow = (BootEnd)BigEndian.Get16(stored, PlaceBytes + 4);
            }

            byte[] committed;
            store.Load(StoreEntries.Committed, out committed);
            if (committed == null || committed.Length < PlaceBytes || BigEndian.Get64(committed, 0) <= Sequence)
            {
                return isStored;
            }

            TakePlace(committed);
            return true;
        }

        /// <summary>Takes over a head from where it is stored.</summary>
        public void TakePlace(byte[] stored)
        {
            Sequence = BigEndian.Get64(stored, 0);
            Array.Copy(stored, 8, Digest, 0, Digests.Size);
            Log = BigEndian.Get64(stored, 40);
            Place = BigEndian.Get64(stored, 48);
        }

        /// <summary>Puts it where it is stored.</summary>
        public void PutPlace(byte[] stored)
        {
            BigEndian.Put64(stored, 0, Sequence);
            Array.Copy(Digest, 0, stored, 8, Digests.Size);
            BigEndian.Put64(stored, 40, Log);
            BigEndian.Put64(stored, 48, Place);
        }

        /// <summary>Stores it. False when internal storage cannot be written.</summary>
        public bool Save(IInternalStore store)
        {
            var stored = new byte[Bytes];
            PutPlace(stored);
            BigEndian.Put32(stored, PlaceBytes, EndedBoot);
            BigEndian.Put16(stored, PlaceBytes + 4, (int)EndedHow);
            return store.Save(StoreEntries.Audit, stored);
        }
    }
}
