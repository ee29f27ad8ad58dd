// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Binds the monotonic time of boots to UTC by an audit log (FORMAT.md 9.5).</summary>
    public sealed class AuditClock
    {
        private readonly Dictionary<uint, List<Binding>> _boots = [];

        /// <summary>Takes the clock settings, and where a boot has none the running clock, from a log's entries.</summary>
        /// <param name="entries">The entries.</param>
        /// <param name="signedOnly">Whether entries that no signature covers are passed over.</param>
        public AuditClock(IEnumerable<AuditEntry> entries, bool signedOnly)
        {
            foreach (IGrouping<uint, AuditEntry> boot in entries.Where(e => e.Signed || !signedOnly).GroupBy(e => e.Boot))
            {
                List<Binding> settings = [.. boot.Where(e => e.Kind == AuditKind.ClockSet).Select(Setting).OfType<Binding>()];
                if (settings.Count == 0 && boot.FirstOrDefault(e => e.Utc != null) is AuditEntry running)
                {
                    settings.Add(new Binding(running.Monotonic, running.Utc!.Value, running.Uncertainty, false));
                }

                if (settings.Count > 0)
                {
                    _boots[boot.Key] = settings;
                }
            }
        }

        /// <summary>
        /// UTC of each entry: a signed one is bound by signed entries alone, so that none that nothing signs dates it anew; one that
        /// nothing signs by whatever there is.
        /// </summary>
        public static Func<AuditEntry, BoundTime?> Of(AuditResult log)
        {
            var signed = new AuditClock(log.Entries, true);
            var any = new AuditClock(log.Entries, false);
            return entry => (entry.Signed ? signed : any).At(entry.Boot, entry.Monotonic);
        }

        /// <summary>UTC of a moment of a boot; null when nothing binds it.</summary>
        /// <param name="boot">Boot number.</param>
        /// <param name="monotonic">Milliseconds since that boot.</param>
        public BoundTime? At(uint boot, long monotonic)
        {
            if (!_boots.TryGetValue(boot, out List<Binding>? settings))
            {
                return null;
            }

            Binding by = settings.LastOrDefault(s => s.Monotonic <= monotonic) ?? settings[0];
            long away = monotonic - by.Monotonic;
            long ticks = by.Utc.Ticks / TimeSpan.TicksPerMillisecond + away;
            if (ticks < 0 || ticks > DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond)
            {
                return null;
            }

            return new BoundTime(by.Utc.AddMilliseconds(away), by.Uncertainty, by.Set);
        }

        private static Binding? Setting(AuditEntry entry)
        {
            if (entry.Second is <= 0 or > 253_402_300_799_999)
            {
                return null;
            }

            uint? uncertainty = entry.Data.Length == 4 ? BoxBytes.U32(entry.Data, 0) : null;
            return new Binding(entry.Monotonic, DateTime.UnixEpoch.AddMilliseconds(entry.Second), uncertainty, true);
        }

        private sealed record Binding(long Monotonic, DateTime Utc, uint? Uncertainty, bool Set);
    }
}
