// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// A fixed queue of button edges between the interrupt's thread and the loop: one side only adds, the other only takes, so no lock is
    /// needed. When it is full the newest edge is lost and counted.
    /// </summary>
    public sealed class EdgeQueue
    {
        /// <summary>Edges it holds.</summary>
        public const int Capacity = 64;

        // Three arrays and no objects: the handler runs at any time, and an allocation there could start the collector.
        private readonly int[] _buttons = new int[Capacity];
        private readonly bool[] _downs = new bool[Capacity];
        private readonly long[] _times = new long[Capacity];
        private int _added;
        private int _taken;
        private int _overruns;

        /// <summary>Edges lost so far.</summary>
        public int Overruns
        {
            get { return _overruns; }
        }

        /// <summary>Adds an edge; when the queue is full it is counted and lost.</summary>
        /// <param name="button">Which button.</param>
        /// <param name="down">Whether it went down.</param>
        /// <param name="atUs">When, monotonic microseconds.</param>
        public void Add(Button button, bool down, long atUs)
        {
            if (_added - _taken == Capacity)
            {
                // The newest is lost: the older ones are what a gesture began with, and the loop sees by the count that something is
                // missing.
                _overruns++;
                return;
            }

            int place = _added & (Capacity - 1);
            _buttons[place] = (int)button;
            _downs[place] = down;
            _times[place] = atUs;
            // Last: from here on the other side may take it.
            _added++;
        }

        /// <summary>Takes the oldest edge.</summary>
        /// <returns>False when there is none.</returns>
        public bool TryTake(ButtonEdge edge)
        {
            if (_added == _taken)
            {
                return false;
            }

            int place = _taken & (Capacity - 1);
            edge.Button = (Button)_buttons[place];
            edge.Down = _downs[place];
            edge.AtUs = _times[place];
            _taken++;
            return true;
        }
    }
}
