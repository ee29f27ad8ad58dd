// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.App
{
    /// <summary>
    /// Why the camera restarted by itself, as internal storage keeps it for the next boot (CUSTODY.md section 9): entry RESTART.
    /// </summary>
    public sealed class RestartNote
    {
        // where, what, boot, count, flags (u32 each), uptime, span, UTC (u64 each), digest of the build or zeros.
        private const int UptimeAt = 20;
        private const int SpanAt = 28;
        private const int UtcAt = 36;
        private const int BuildAt = 44;
        private const int Bytes = BuildAt + Digests.Size;

        private const int GivenUp = 1;
        private const int Logged = 2;

        /// <summary>The part that failed.</summary>
        public FencedPart Where;

        /// <summary>What was thrown.</summary>
        public Thrown What;

        /// <summary>Number of the boot that failed; 0 when it had none yet.</summary>
        public int Boot;

        /// <summary>Restarts of the series, this one included.</summary>
        public int Count;

        /// <summary>How long that boot had run, milliseconds.</summary>
        public long UptimeMs;

        /// <summary>How long the camera had run since the first restart of the series, milliseconds.</summary>
        public long SpanMs;

        /// <summary>UTC, milliseconds since 1970; 0 when the clock was unset.</summary>
        public long UtcMs;

        /// <summary>Digest of the build that failed; null when the build has none.</summary>
        public byte[] Build;

        /// <summary>Whether the camera did not restart any more, and showed that it cannot record.</summary>
        public bool HasGivenUp;

        /// <summary>Whether a later boot has entered it in the audit log.</summary>
        public bool IsLogged;

        /// <summary>Loads it. Null when there is none, or it cannot be read: then nothing is known of it.</summary>
        public static RestartNote Load(IInternalStore store)
        {
            byte[] stored;
            if (store.Load(StoreEntries.Restart, out stored) != StoreStatus.Ok || stored.Length != Bytes)
            {
                return null;
            }

            RestartNote note = new RestartNote();
            note.Where = (FencedPart)BigEndian.Get32(stored, 0);
            note.What = (Thrown)BigEndian.Get32(stored, 4);
            note.Boot = BigEndian.Get32(stored, 8);
            note.Count = BigEndian.Get32(stored, 12);
            int flags = BigEndian.Get32(stored, 16);
            note.HasGivenUp = (flags & GivenUp) != 0;
            note.IsLogged = (flags & Logged) != 0;
            note.UptimeMs = BigEndian.Get64(stored, UptimeAt);
            note.SpanMs = BigEndian.Get64(stored, SpanAt);
            note.UtcMs = BigEndian.Get64(stored, UtcAt);
            var build = new byte[Digests.Size];
            System.Array.Copy(stored, BuildAt, build, 0, Digests.Size);
            note.Build = StoreEntries.IsZero(build) ? null : build;
            return note;
        }

        /// <summary>Stores it, both copies. False when internal storage does not take it.</summary>
        public bool Save(IInternalStore store)
        {
            var stored = new byte[Bytes];
            BigEndian.Put32(stored, 0, (int)Where);
            BigEndian.Put32(stored, 4, (int)What);
            BigEndian.Put32(stored, 8, Boot);
            BigEndian.Put32(stored, 12, Count);
            BigEndian.Put32(stored, 16, (HasGivenUp ? GivenUp : 0) | (IsLogged ? Logged : 0));
            BigEndian.Put64(stored, UptimeAt, UptimeMs);
            BigEndian.Put64(stored, SpanAt, SpanMs);
            BigEndian.Put64(stored, UtcAt, UtcMs);
            if (Build != null)
            {
                System.Array.Copy(Build, 0, stored, BuildAt, Digests.Size);
            }

            return store.Save(StoreEntries.Restart, stored);
        }
    }
}
