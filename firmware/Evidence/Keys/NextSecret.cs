// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The secret that the next boot brings into force, with what its statement says (CUSTODY.md section 7). From the moment it is stored
    /// the key before signs nothing any more but that statement. Its entry holds zeros once it was taken.
    /// </summary>
    public sealed class NextSecret
    {
        private const int OrderAt = DeviceKeys.SecretBytes;
        private const int NumberAt = OrderAt + Digests.Size;
        private const int RecordingsAt = NumberAt + 4;
        private const int Bytes = RecordingsAt + 4;

        /// <summary>The secret, 64 bytes.</summary>
        public byte[] Secret;

        /// <summary>H of the order's payload, 32 bytes.</summary>
        public byte[] OrderDigest;

        /// <summary>Number of the rotation, from 1.</summary>
        public int Number;

        /// <summary>Number of the newest recording when it was ordered.</summary>
        public int Recordings;

        /// <summary>Looks for one that waits. Unreadable: whether one does is not known.</summary>
        /// <param name="store">Internal storage.</param>
        /// <param name="next">The one that waits; null when none does.</param>
        public static StoreStatus Load(IInternalStore store, out NextSecret next)
        {
            next = null;
            byte[] stored;
            StoreStatus status = store.Load(StoreEntries.Next, out stored);
            if (status != StoreStatus.Ok)
            {
                return status;
            }

            if (stored.Length != Bytes)
            {
                return StoreStatus.Unreadable;
            }

            if (BigEndian.Get32(stored, NumberAt) == 0)
            {
                return StoreStatus.Ok;
            }

            next = new NextSecret();
            next.Secret = new byte[DeviceKeys.SecretBytes];
            Array.Copy(stored, 0, next.Secret, 0, DeviceKeys.SecretBytes);
            next.OrderDigest = new byte[Digests.Size];
            Array.Copy(stored, OrderAt, next.OrderDigest, 0, Digests.Size);
            next.Number = BigEndian.Get32(stored, NumberAt);
            next.Recordings = BigEndian.Get32(stored, RecordingsAt);
            Array.Clear(stored, 0, stored.Length);
            return StoreStatus.Ok;
        }

        /// <summary>Stores it: the rotation is decided. False when internal storage cannot be written.</summary>
        public bool Save(IInternalStore store)
        {
            var stored = new byte[Bytes];
            Array.Copy(Secret, 0, stored, 0, DeviceKeys.SecretBytes);
            Array.Copy(OrderDigest, 0, stored, OrderAt, Digests.Size);
            BigEndian.Put32(stored, NumberAt, Number);
            BigEndian.Put32(stored, RecordingsAt, Recordings);
            bool saved = store.Save(StoreEntries.Next, stored);
            Array.Clear(stored, 0, stored.Length);
            return saved;
        }

        /// <summary>Replaces it by zeros: it is in force. False when internal storage cannot be written.</summary>
        public static bool Clear(IInternalStore store)
        {
            return store.Save(StoreEntries.Next, new byte[Bytes]);
        }

        /// <summary>Clears the secret in memory.</summary>
        public void Wipe()
        {
            Array.Clear(Secret, 0, Secret.Length);
        }
    }
}
