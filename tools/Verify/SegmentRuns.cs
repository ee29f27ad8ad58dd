using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Segments of one kind in a certificate of retirement (CUSTODY.md 6.2, keys 9 and 10, or 11 and 12).</summary>
    /// <param name="Runs">Those that are listed.</param>
    /// <param name="Unlisted">How many more there were.</param>
    public sealed record SegmentRuns(IReadOnlyList<SegmentRun> Runs, uint Unlisted)
    {
        /// <summary>Most runs in a list.</summary>
        public const int Most = 64;

        /// <summary>All of them.</summary>
        public long Count => Runs.Sum(run => (long)run.Count) + Unlisted;
    }
}
