// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>The camera's buttons.</summary>
    public enum Button
    {
        /// <summary>Starts, stops and marks.</summary>
        Record = 0,

        /// <summary>Marks; starts when so configured.</summary>
        Event = 1,
    }

    /// <summary>One edge of one button, stamped by the interrupt.</summary>
    public sealed class ButtonEdge
    {
        /// <summary>Which button.</summary>
        public Button Button;

        /// <summary>True when it went down.</summary>
        public bool Down;

        /// <summary>When, monotonic microseconds.</summary>
        public long AtUs;
    }

    /// <summary>
    /// Raw button edges, bounces included, in order. A fixed queue of 64 edges; when it overflows the newest are lost and counted.
    /// </summary>
    public interface IButtons
    {
        /// <summary>Takes the oldest edge into the caller's object. False when there is none.</summary>
        bool TryTake(ButtonEdge edge);

        /// <summary>Whether a button is down at this moment.</summary>
        bool IsDown(Button button);

        /// <summary>Edges lost to a full queue since boot.</summary>
        int Overruns { get; }
    }
}
