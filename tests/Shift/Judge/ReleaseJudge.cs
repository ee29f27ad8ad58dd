// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Shift.Tests
{
    /// <summary>Compares the slots that became free, as the card saw it, with the log.</summary>
    internal static class ReleaseJudge
    {
        public static List<string> Wrong(CatalogueWatch watch, Evidence evidence)
        {
            List<string> wrong = [.. watch.Wrong];
            List<AuditEntry> entries = evidence.AuditLog.Entries.FindAll(e => e.Kind == AuditKind.Released);
            foreach ((uint recording, uint segment) in watch.Released)
            {
                if (!entries.Exists(e => e.First == recording && e.Second == segment))
                {
                    wrong.Add($"audit log: the release of {recording}/{segment} is not in it");
                }
            }

            foreach (AuditEntry entry in entries.Where(e => !watch.Released.Contains(((uint)e.First, (uint)e.Second))))
            {
                wrong.Add($"audit log: {entry.First}/{entry.Second} was not released");
            }

            return wrong;
        }
    }
}
