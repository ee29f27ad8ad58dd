// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The entries of internal storage (CUSTODY.md section 9), and whether it holds the traces of a device.</summary>
    public static class StoreEntries
    {
        /// <summary>The secret that all others come from.</summary>
        public const string Secret = "SECRET";

        /// <summary>Boots, recordings, the last close.</summary>
        public const string Counters = "COUNTERS";

        /// <summary>The secret that the next boot brings into force.</summary>
        public const string Next = "NEXT";

        /// <summary>The rotation statements.</summary>
        public const string Rotated = "ROTATED";

        /// <summary>How far the audit log has come.</summary>
        public const string Audit = "AUDIT";

        /// <summary>What was last committed to.</summary>
        public const string Committed = "COMMIT";

        /// <summary>The signed configuration.</summary>
        public const string Configuration = "CONFIG";

        /// <summary>Authority and serial number.</summary>
        public const string Owner = "OWNER";

        /// <summary>The certificate of retirement: a device that has it makes no secrets any more.</summary>
        public const string Retired = "RETIRED";

        /// <summary>The last repair that the authority ordered.</summary>
        public const string Repaired = "REPAIRED";

        /// <summary>Why the camera last restarted by itself.</summary>
        public const string Restart = "RESTART";

        /// <summary>What is written over former secrets.</summary>
        public const string Scrub = "SCRUB";

        /// <summary>
        /// The first entry that is there, or cannot be read, of those that only a device with a secret has; null when there is none. The
        /// counters are written before the first secret and are zeros then: those do not count.
        /// </summary>
        public static string FirstTrace(IInternalStore store)
        {
            string[] others = new string[] { Next, Rotated, Audit, Committed, Configuration, Owner, Retired, Repaired };
            byte[] content;
            for (int i = 0; i < others.Length; i++)
            {
                if (store.Load(others[i], out content) != StoreStatus.Absent)
                {
                    return others[i];
                }
            }

            StoreStatus counters = store.Load(Counters, out content);
            bool counted = counters == StoreStatus.Unreadable || (counters == StoreStatus.Ok && !IsZero(content));
            return counted ? Counters : null;
        }

        /// <summary>Whether all bytes are zero.</summary>
        public static bool IsZero(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
