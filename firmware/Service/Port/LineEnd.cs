// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>What <see cref="LineSplitter.Next"/> found.</summary>
    public enum LineEnd
    {
        /// <summary>Nothing more; the rest of the input is not a line yet.</summary>
        None = 0,

        /// <summary>A line of text.</summary>
        Text = 1,

        /// <summary>A line that carries an SMP mark.</summary>
        Smp = 2,

        /// <summary>A line that was longer than the buffer; its bytes are gone.</summary>
        TooLong = 3,
    }
}
