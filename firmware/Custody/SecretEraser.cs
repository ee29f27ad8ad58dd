using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// Erases what must not be found in a retired camera. Each entry is replaced by zeros. The file system of internal storage writes to fresh blocks, so that the old content stays where it was until
    /// its block is used again: therefore as much as the whole partition holds is written after that (CUSTODY.md section 6.3 on what this is worth).
    /// </summary>
    public sealed class SecretEraser
    {
        // 96 entries of 4 KiB are half as much again as the 256 KiB of the partition in the official images.
        private const int ScrubEntries = 96;
        private const int EntryBytes = 4096;
        private const string ScrubEntry = "SCRUB";

        private readonly IInternalStore _store;
        private int _erased;
        private int _scrubbed;

        /// <summary>An eraser of this store.</summary>
        public SecretEraser(IInternalStore store)
        {
            _store = store;
        }

        /// <summary>
        /// Erases one entry, also one that reads as zeros or not at all: a cut within the replacing leaves the old content beside the new. False when none is left, or all was done in an earlier boot.
        /// </summary>
        public bool EraseNext()
        {
            string name = Name(_erased);
            if (name == null || Scrubbed() >= ScrubEntries) return false;
            byte[] content = _store.Load(name);
            _store.Save(name, new byte[content == null ? 1 : content.Length]);
            _erased++;
            return true;
        }

        /// <summary>Writes one entry over what may be left, going on where a cut ended it. False when enough was written.</summary>
        public bool Scrub()
        {
            if (_scrubbed == 0) _scrubbed = Scrubbed();
            if (_scrubbed >= ScrubEntries) return false;
            byte[] filler = new byte[EntryBytes];
            BigEndian.Put32(filler, 0, ++_scrubbed);
            _store.Save(ScrubEntry, filler);
            return true;
        }

        private int Scrubbed()
        {
            byte[] filler = _store.Load(ScrubEntry);
            return filler == null || filler.Length != EntryBytes ? 0 : BigEndian.Get32(filler, 0);
        }

        // Secrets first.
        private static string Name(int index)
        {
            switch (index)
            {
                case 0: return DeviceKeys.SecretEntry;
                case 1: return DeviceKeys.CounterEntry;
                case 2: return ConfigurationStore.DocumentEntry;
                case 3: return ConfigurationStore.OwnerEntry;
                default: return null;
            }
        }
    }
}
