// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// Erases what must not be found in a retired camera (CUSTODY.md section 6.3). Each entry is replaced by zeros, and what internal
    /// storage may still hold of it is written over.
    /// </summary>
    public sealed class SecretEraser
    {
        private readonly IInternalStore _store;
        private readonly StoreScrub _scrub;
        private int _erased;

        /// <summary>An eraser of this store.</summary>
        public SecretEraser(IInternalStore store)
        {
            _store = store;
            _scrub = new StoreScrub(store);
        }

        /// <summary>Erases one entry, one that is damaged too. False when none is left.</summary>
        public bool EraseNext()
        {
            string name = Name(_erased);
            if (name == null)
            {
                return false;
            }

            byte[] content;
            _store.Load(name, out content);
            if (content == null || !StoreEntries.IsZero(content))
            {
                if (_erased == 0)
                {
                    StoreScrub.Begin(_store);
                }

                _store.Save(name, new byte[content == null ? 1 : content.Length]);
            }

            _erased++;
            return true;
        }

        /// <summary>Writes one entry over what may be left, going on where a cut ended it. False when enough was written.</summary>
        public bool Scrub()
        {
            return _scrub.Step();
        }

        // Secrets first.
        private static string Name(int index)
        {
            switch (index)
            {
                case 0:
                    return StoreEntries.Secret;
                case 1:
                    return StoreEntries.Next;
                case 2:
                    return StoreEntries.Counters;
                case 3:
                    return StoreEntries.Configuration;
                case 4:
                    return StoreEntries.Owner;
                default:
                    return null;
            }
        }
    }
}
