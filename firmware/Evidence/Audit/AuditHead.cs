// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>How far the device's audit log has come: the last sector written and where it is.</summary>
    /// <remarks>
    /// Kept in internal storage, since the chain is the device's and not the card's: a log that was cut back or replaced is noticed.
    /// </remarks>
    public sealed class AuditHead
    {
        private const int Bytes = 62;

        /// <summary>Sequence number of the last sector written; 0 when there was none.</summary>
        public long Sequence;

        /// <summary>H of that sector, 32 bytes.</summary>
        public byte[] Digest = new byte[Digests.Size];

        /// <summary>Which log it is in: the id that all sectors of a file share, 8 bytes as a number.</summary>
        public long Log;

        /// <summary>Its place there: sectors written to the file before it.</summary>
        public long Place;

        /// <summary>Number of the boot that ended properly with this sector; 0 when none did.</summary>
        public int EndedBoot;

        /// <summary>How that boot ended; Unknown when none ended properly.</summary>
        public BootEnd EndedHow;

        /// <summary>Takes over another head's sector.</summary>
        public void Take(AuditHead other)
        {
            Sequence = other.Sequence;
            Log = other.Log;
            Place = other.Place;
            Array.Copy(other.Digest, 0, Digest, 0, Digests.Size);
        }

        /// <summary>Loads it.</summary>
        /// <returns>False when nothing is stored.</returns>
        public bool Load(IInternalStore store)
        {
            byte[] stored;
            store.Load(StoreEntries.Audit, out stored);
            if (stored == null || stored.Length != Bytes)
            {
                return false;
            }

            Sequence = BigEndian.Get64(stored, 0);
            Array.Copy(stored, 8, Digest, 0, Digests.Size);
            Log = BigEndian.Get64(stored, 40);
            Place = BigEndian.Get64(stored, 48);
            EndedBoot = BigEndian.Get32(stored, 56);
            EndedHow = (BootEnd)BigEndian.Get16(stored, 60);
            return true;
        }

        /// <summary>Stores it.</summary>
        /// <returns>False when internal storage cannot be written.</returns>
        public bool Save(IInternalStore store)
        {
            var stored = new byte[Bytes];
            BigEndian.Put64(stored, 0, Sequence);
            Array.Copy(Digest, 0, stored, 8, Digests.Size);
            BigEndian.Put64(stored, 40, Log);
            BigEndian.Put64(stored, 48, Place);
            BigEndian.Put32(stored, 56, EndedBoot);
            BigEndian.Put16(stored, 60, (int)EndedHow);
            return store.Save(StoreEntries.Audit, stored);
        }
    }
}
