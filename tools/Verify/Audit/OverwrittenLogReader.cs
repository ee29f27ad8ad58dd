// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>Reads a store's file of sectors that the camera has overwritten since they were brought (tools/Intake/STORE.md).</summary>
    internal static class OverwrittenLogReader
    {
        /// <summary>Bytes read at most: 32 times the largest log, some 600 shifts.</summary>
        private const long Most = 512L * 1024 * 1024;

        /// <summary>Whole sectors in the order of the file, each once.</summary>
        public static List<AuditSector> Read(IByteSource source, string name, AuditResult result)
        {
            var sectors = new List<AuditSector>();
            var seen = new Dictionary<long, AuditSector>();
            var bytes = new byte[AuditSector.Size];
            for (long at = 0; at < source.Length && at < Most; at += bytes.Length)
            {
                string? damage = null;
                AuditSector? sector =
                    source.Read(at, bytes) == bytes.Length ? AuditSector.ReadAlone(bytes, name, at / bytes.Length, out damage) : null;
                if (sector != null && seen.TryGetValue(sector.Sequence, out AuditSector? before) && before.IsSameAs(sector))
                {
                    continue;
                }

                if (sector != null)
                {
                    sectors.Add(seen[sector.Sequence] = sector);
                }
                else
                {
                    result.Findings.Add(
                        new Finding(
                            Severity.Error,
                            FindingCode.Malformed,
                            "no whole sector of a log stands here" + (damage == null ? "" : ": " + damage)
                        )
                        {
                            File = name,
                            Offset = at,
                        }
                    );
                }
            }
            if (source.Length > Most)
            {
                result.Findings.Add(
                    new Finding(
                        Severity.Missing,
                        FindingCode.Unreadable,
                        "it is longer than " + Most.ToString(CultureInfo.InvariantCulture) + " bytes and was read so far only"
                    )
                    {
                        File = name,
                    }
                );
            }

            return sectors;
        }
    }
}
