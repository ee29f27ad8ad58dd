// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Brings the sectors of a log's files into the order of the device's chain.</summary>
    internal static class AuditMerge
    {
        /// <summary>
        /// Takes from the file whose next sector has the lowest sequence number, so each file's own order stays to be judged; a sector that
        /// two files hold byte for byte counts once.
        /// </summary>
        public static List<AuditSector> Of(IReadOnlyList<List<AuditSector>> files)
        {
            if (files.Count == 1)
            {
                return files[0];
            }

            var all = new List<AuditSector>(files.Sum(f => f.Count));
            var next = new int[files.Count];
            while (true)
            {
                int from = -1;
                for (int i = 0; i < files.Count; i++)
                {
                    if (next[i] < files[i].Count && (from < 0 || files[i][next[i]].Sequence < files[from][next[from]].Sequence))
                    {
                        from = i;
                    }
                }
                if (from < 0)
                {
                    return all;
                }

                AuditSector sector = files[from][next[from]++];
                if (all.Count > 0 && all[^1].Name != sector.Name && all[^1].IsSameAs(sector))
                {
                    continue;
                }

                all.Add(sector);
            }
        }
    }
}
