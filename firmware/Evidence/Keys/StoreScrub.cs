// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Writes over what internal storage may still hold of an erased secret. Its file system writes to fresh blocks, so that old content
    /// stays where it was until its block is used again: so more is written after that (CUSTODY.md 6.3 on what this is worth). One entry a
    /// step, going on where a cut ended it.
    /// </summary>
    public sealed class StoreScrub
    {
        // 4.5 MiB of content: half as much again as the partition has, 3 MB on 16 MB of flash. With its head an entry takes two blocks,
        // so the file system goes round the whole partition three times; after two restarts one of the parts is still a whole round.
        private const int Entries = 1152;
        private const int EntryBytes = 4096;
        private const int NotLooked = -1;

        private readonly IInternalStore _store;
        private int _written = NotLooked;

        /// <summary>A scrub of this store.</summary>
        public StoreScrub(IInternalStore store)
        {
            _store = store;
        }

        /// <summary>
        /// Notes that all of it is to be written: before a secret is erased. False when internal storage cannot be written.
        /// </summary>
        public static bool Begin(IInternalStore store)
        {
            return store.SaveInTurn(StoreEntries.Scrub, new byte[EntryBytes]);
        }

        /// <summary>Writes one entry. False when nothing is left to be written.</summary>
        public bool Step()
        {
            if (_written == NotLooked)
            {
                _written = Written();
            }

            if (_written >= Entries)
            {
                return false;
            }

            byte[] filler = new byte[EntryBytes];
            BigEndian.Put32(filler, 0, ++_written);
            _store.SaveInTurn(StoreEntries.Scrub, filler);
            return true;
        }

        private int Written()
        {
            byte[] filler;
            _store.Load(StoreEntries.Scrub, out filler);
            return filler == null || filler.Length != EntryBytes ? Entries : BigEndian.Get32(filler, 0);
        }
    }
}
