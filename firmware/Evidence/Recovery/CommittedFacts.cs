// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What a close by recovery states of the last commitment (FORMAT.md section 7, key 35).</summary>
    public sealed class CommittedFacts
    {
        /// <summary>The segment that was being written, live or pre-event as the one that is closed.</summary>
        public int Segment;

        /// <summary>Fragments of it that were on the card.</summary>
        public int Fragments;

        /// <summary>Where the last of them ends, ms since recording zero; without one, where the segment that is closed begins.</summary>
        public int EndMs;

        /// <summary>How much of what was committed to the card does not hold, ms, at least; 0 when it holds all.</summary>
        public int MissingMs;
    }
}
