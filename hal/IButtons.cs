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

    /// <summary>One edge of one button.</summary>
    public sealed class ButtonEdge
    {
        /// <summary>Which button.</summary>
        public Button Button;

        /// <summary>True when it went down.</summary>
        public bool Down;

        /// <summary>
        /// When, monotonic microseconds; by the interrupt, also when a native call held up everything else. Not before it happened, and at
        /// most 20 ms later, but for <see cref="EarlierUs"/>. Never before the edge that was taken before.
        /// </summary>
        public long AtUs;

        /// <summary>
        /// The edges taken before this one happened so many microseconds earlier than they said: the first ones after power-on may have
        /// been held up before anything told by how much. Otherwise 0.
        /// </summary>
        public long EarlierUs;
    }

    /// <summary>
    /// Raw button edges, bounces included, in order. A fixed queue of 64 edges; when it overflows the newest are lost and counted.
    /// </summary>
    public interface IButtons
    {
        /// <summary>
        /// Takes the oldest edge into the caller's object. False when there is none. Edges come when the loop gives way
        /// (<see cref="IClock.Sleep"/>): one that happened since then may be missing.
        /// </summary>
        bool TryTake(ButtonEdge edge);

        /// <summary>Whether a button is down at this moment.</summary>
        bool IsDown(Button button);

        /// <summary>Edges lost to a full queue since boot.</summary>
        int Overruns { get; }
    }
}
