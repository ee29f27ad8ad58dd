// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// A fixed queue of button edges between the event thread and the loop: one side only adds, the other only takes, so no lock is
    /// needed. When it is full the newest edge is lost and counted.
    /// </summary>
    /// <remarks>
    /// An edge has two times: that of its interrupt, in steps of 10 ms on a time line of the runtime's own, and that at which it was
    /// handled, which is late by as long as a native call held everything up. How far the two lines are apart is not known; it is less
    /// than what any edge shows, so the least difference seen serves. A stamp is never before the edge and never after its handling.
    /// </remarks>
    public sealed class EdgeQueue
    {
        /// <summary>The runtime's tick, microseconds: the interrupt's time is cut down to it (FreeRTOS at 100 Hz in the images).</summary>
        public const int TickUs = 10000;

        /// <summary>Edges it holds.</summary>
        public const int Capacity = 64;

        // Three arrays and no objects: the handler runs at any time, and an allocation there could start the collector.
        private readonly int[] _buttons = new int[Capacity];
        private readonly bool[] _downs = new bool[Capacity];
        private readonly long[] _interruptUs = new long[Capacity];
        private readonly long[] _handledUs = new long[Capacity];

        // The least seen difference between the time of handling and that of the interrupt.
        private long _aheadUs = long.MaxValue;
        private long _stampUs = long.MinValue;
        private long _takenInterruptUs = long.MinValue;
        private long _takenHandledUs;
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
        /// <param name="interruptUs">When, microseconds on the time line of the runtime's events, from any beginning.</param>
        /// <param name="handledUs">Now, monotonic microseconds.</param>
        public void Add(Button button, bool down, long interruptUs, long handledUs)
        {
            if (handledUs - interruptUs < _aheadUs)
            {
                _aheadUs = handledUs - interruptUs;
            }

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
            _interruptUs[place] = interruptUs;
            _handledUs[place] = handledUs;
            // Last: from here on the other side may take it.
            _added++;
        }

        // Only when it is taken: the edges behind it, which came in the same block, know better how far the lines are apart.
        private long Stamp(long interruptUs, long handledUs)
        {
            long atUs = At(interruptUs, handledUs);

            // The difference only shrinks, and the order of the edges stays.
            _stampUs = atUs < _stampUs ? _stampUs : atUs;
            return _stampUs;
        }

        private long At(long interruptUs, long handledUs)
        {
            long atUs = interruptUs + _aheadUs + TickUs;
            return atUs > handledUs ? handledUs : atUs;
        }

        // By how much the edge that was taken last was stamped too late, as is known now. What is below a tick is the tick's own.
        private long Late()
        {
            if (_takenInterruptUs == long.MinValue)
            {
                return 0;
            }

            long lateUs = _stampUs - At(_takenInterruptUs, _takenHandledUs);
            if (lateUs <= TickUs)
            {
                return 0;
            }

            _stampUs -= lateUs;
            return lateUs;
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
            edge.EarlierUs = Late();
            _takenInterruptUs = _interruptUs[place];
            _takenHandledUs = _handledUs[place];
            edge.AtUs = Stamp(_takenInterruptUs, _takenHandledUs);
            _taken++;
            return true;
        }
    }
}
