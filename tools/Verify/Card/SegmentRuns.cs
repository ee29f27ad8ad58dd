// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Segments of one kind in a certificate of retirement (CUSTODY.md 6.2, keys 9 and 10, or 11 and 12).</summary>
    /// <param name="Runs">Those that are listed, in the order of their slots.</param>
    /// <param name="Unlisted">How many more there were.</param>
    public sealed record SegmentRuns(IReadOnlyList<SegmentRun> Runs, uint Unlisted)
    {
        /// <summary>Most runs in a list.</summary>
        public const int Most = 64;

        /// <summary>All of them.</summary>
        public long Count => Runs.Sum(run => (long)run.Count) + Unlisted;

        /// <summary>The runs in the order of recordings and segments, joined where one goes on with another.</summary>
        public IReadOnlyList<SegmentRun> InOrder()
        {
            var joined = new List<SegmentRun>();
            foreach (SegmentRun run in Runs.OrderBy(run => run.Recording).ThenBy(run => run.First))
            {
                if (
                    joined.Count > 0
                    && joined[^1] is SegmentRun last
                    && last.Recording == run.Recording
                    && (ulong)last.First + last.Count == run.First
                )
                {
                    joined[^1] = last with { Count = last.Count + run.Count };
                }
                else
                {
                    joined.Add(run);
                }
            }
            return joined;
        }
    }
}
