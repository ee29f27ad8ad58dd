// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>
    /// Stands in the table for a task that is left alone for a while, so that a turn is no dearer for there being such tasks.
    /// </summary>
    public sealed class RestingTask : ILoopTask
    {
        private readonly ILoopTask[] _table;
        private readonly int _index;
        private ILoopTask _task;
        private long _untilUs;

        /// <summary>For a row of a table.</summary>
        /// <param name="table">The rows.</param>
        /// <param name="index">The row.</param>
        public RestingTask(ILoopTask[] table, int index)
        {
            _table = table;
            _index = index;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return _task.Name; }
        }

        /// <summary>Takes the row of a task until a time.</summary>
        /// <param name="task">The task.</param>
        /// <param name="untilUs">Monotonic microseconds.</param>
        public void Begin(ILoopTask task, long untilUs)
        {
            _task = task;
            _untilUs = untilUs;
            _table[_index] = this;
        }

        /// <summary>Never. When the time is over the task has its row again, and is asked next time.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool IsDue(long nowUs)
        {
            if (nowUs >= _untilUs)
            {
                _table[_index] = _task;
            }

            return false;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return false;
        }
    }
}
