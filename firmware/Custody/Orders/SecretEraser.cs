// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>Erases what must not be found in a retired camera (CUSTODY.md section 6.3).</summary>
    /// <remarks>Each entry is replaced by zeros, and what internal storage may still hold of it is written over.</remarks>
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

        /// <summary>Erases one entry, one that is damaged too.</summary>
        /// <returns>False when none is left.</returns>
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
                    // The note that scrubbing is due goes in before the first secret goes out: after a cut in between, old copies in unused
                    // pages are still written over.
                    StoreScrub.Begin(_store);
                }

                // Same length, so that the new content takes as many pages as the old one had. An entry that cannot be read gets one byte:
                // its name must not stay readable as damaged secret.
                _store.Save(name, new byte[content == null ? 1 : content.Length]);
            }

            _erased++;
            return true;
        }

        /// <summary>Writes one entry over what may be left, going on where a cut ended it.</summary>
        /// <returns>False when enough was written.</returns>
        public bool Scrub()
        {
            return _scrub.Step();
        }

        // Secrets first.
        private static string Name(int index)
        {
            switch (index)
            {
                // The device's secret first: without it nothing can be signed or authenticated any more, whatever a cut leaves of the rest.
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
