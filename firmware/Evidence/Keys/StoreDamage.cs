// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// What is wrong with the entries of internal storage that the keys depend on, and which repair the authority can order (CUSTODY.md
    /// 9.4). Reads only.
    /// </summary>
    public sealed class StoreDamage
    {
        private static readonly byte[] StateLabel = Digests.Label("LAPEL-STORE-STATE-1");

        // Those that an order depends on, and no entry that changes while the keys are down. Of a secret only whether it can be read goes
        // into the state, which leaves the camera.
        private static readonly string[] Names = new string[]
        {
            StoreEntries.Secret,
            StoreEntries.Next,
            StoreEntries.Counters,
            StoreEntries.Retired,
            StoreEntries.Rotated,
            StoreEntries.Configuration,
            StoreEntries.Owner,
            StoreEntries.Repaired,
        };

        private const int Secrets = 2;
        private const int PartBytes = 1 + Digests.Size;

        private StoreDamage() { }

        /// <summary>What an order has to allow; None when nothing is damaged, or no order can repair it.</summary>
        public RepairActions Needed { get; private set; }

        /// <summary>
        /// The entries that cannot be read, or are missing where the keys need them, with a space between; empty when there are none.
        /// </summary>
        public string Entries { get; private set; }

        /// <summary>The entries as they are, 32 bytes: an order names it, and holds for no other state.</summary>
        public byte[] State { get; private set; }

        /// <summary>The entry of the secret; null when it cannot be read. The caller wipes it.</summary>
        public byte[] Secret { get; private set; }

        /// <summary>The statements of former changes of the key; none when they cannot be read.</summary>
        public KeyHistory History { get; private set; }

        /// <summary>Looks at internal storage.</summary>
        public static StoreDamage Of(IBoard board, Digests digests)
        {
            IInternalStore store = board.Store;
            StoreDamage damage = new StoreDamage();
            byte[] parts = new byte[Names.Length * PartBytes];
            damage.Entries = "";
            for (int i = 0; i < Names.Length; i++)
            {
                byte[] content;
                StoreStatus status = store.Load(Names[i], out content);
                parts[i * PartBytes] = (byte)status;
                if (status == StoreStatus.Ok && i >= Secrets)
                {
                    Array.Copy(digests.Hash(content), 0, parts, i * PartBytes + 1, Digests.Size);
                }

                if (status == StoreStatus.Unreadable)
                {
                    damage.Add(Names[i]);
                }
            }

            damage.State = digests.Mac(StateLabel, parts);
            damage.Look(store);
            return damage;
        }

        /// <summary>The number that counting goes on from: the highest that is known.</summary>
        /// <param name="store">Internal storage.</param>
        /// <param name="ordered">The one in the order.</param>
        public int BootsFrom(IInternalStore store, int ordered)
        {
            int most = ordered > History.BootNumber ? ordered : History.BootNumber;
            byte[] note;
            store.Load(StoreEntries.Restart, out note);
            const int RestartBootAt = 8;
            if (note != null && note.Length >= RestartBootAt + 4 && BigEndian.Get32(note, RestartBootAt) > most)
            {
                most = BigEndian.Get32(note, RestartBootAt);
            }

            return most > int.MaxValue - RepairNote.BootMargin ? int.MaxValue : most + RepairNote.BootMargin;
        }

        private void Look(IInternalStore store)
        {
            byte[] content;
            History = KeyHistory.Load(store);
            StoreStatus retired = store.Load(StoreEntries.Retired, out content);
            StoreStatus status = store.Load(StoreEntries.Secret, out content);
            Secret = status == StoreStatus.Ok && DeviceKeys.IsSecret(content) ? content : null;
            bool isNew = status == StoreStatus.Absent && StoreEntries.FirstTrace(store) == null;

            // A certificate that cannot be read was there: the camera's service has ended, and no order brings it back.
            if (isNew || retired != StoreStatus.Absent)
            {
                return;
            }

            if (Secret == null)
            {
                if (status != StoreStatus.Unreadable)
                {
                    Add(StoreEntries.Secret);
                }

                Needed = RepairActions.NewIdentity;
            }

            StoreStatus counted = store.Load(StoreEntries.Counters, out content);
            if (counted != StoreStatus.Ok || content.Length != DeviceKeys.CounterBytes)
            {
                if (counted != StoreStatus.Unreadable)
                {
                    Add(StoreEntries.Counters);
                }

                Needed |= RepairActions.Counters;
            }

            if (Secret != null)
            {
                LookAtNext(store);
            }
        }

        // From the moment that a next secret is stored the key in force signs nothing but the statement. So whether one waited decides.
        private void LookAtNext(IInternalStore store)
        {
            NextSecret next;
            byte[] statements;
            bool isReadable = NextSecret.Load(store, out next) != StoreStatus.Unreadable;
            bool isStated = store.Load(StoreEntries.Rotated, out statements) != StoreStatus.Unreadable;
            if (next != null)
            {
                next.Wipe();
                Needed |= isStated ? RepairActions.None : RepairActions.NewIdentity;
            }
            else if (!isReadable)
            {
                bool isUsed = isStated && History.Count == DeviceKeys.RotationsIn(Secret);
                Needed |= isUsed ? RepairActions.Next : RepairActions.NewIdentity;
            }
        }

        private void Add(string name)
        {
            Entries = Entries.Length == 0 ? name : Entries + " " + name;
        }
    }
}
