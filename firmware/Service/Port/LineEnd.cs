// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>What <see cref="LineSplitter.Next"/> found.</summary>
    public enum LineEnd
    {
        /// <summary>Nothing more; the rest of the input is not a line of SMP yet.</summary>
        None = 0,

        /// <summary>A run of text, up to a line's end at most, which then belongs to it.</summary>
        Text = 1,

        /// <summary>A line of SMP, from its mark on, or part of a long one with a mark of its own.</summary>
        Smp = 2,
    }
}
