// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What the decoder knows of one button.</summary>
    internal sealed class ButtonState
    {
        /// <summary>Level of the latest edge.</summary>
        internal bool Raw;

        /// <summary>Debounced level.</summary>
        internal bool Down;

        /// <summary>Edges came and have not settled.</summary>
        internal bool Settling;

        /// <summary>First edge of those that have not settled.</summary>
        internal long FirstEdgeUs;

        /// <summary>Latest edge.</summary>
        internal long LastEdgeUs;

        /// <summary>The press under way: when it began.</summary>
        internal long DownUs;

        /// <summary>The press under way: its number in the log.</summary>
        internal int Press;

        /// <summary>The press under way has its meaning: it was a hold, or the second of a double press.</summary>
        internal bool Spent;

        /// <summary>A press has ended and may yet be the first of two.</summary>
        internal bool Waiting;

        /// <summary>That press: when it began.</summary>
        internal long WaitingDownUs;

        /// <summary>That press: when it ended.</summary>
        internal long WaitingUpUs;

        /// <summary>That press: its number in the log.</summary>
        internal int WaitingPress;

        /// <summary>Everything that came so far was earlier than its stamps said.</summary>
        internal void Shift(long earlierUs)
        {
            FirstEdgeUs -= earlierUs;
            LastEdgeUs -= earlierUs;
            DownUs -= earlierUs;
            WaitingDownUs -= earlierUs;
            WaitingUpUs -= earlierUs;
        }
    }
}
