// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.App
{
    /// <summary>
    /// The loop's tasks in order of priority, and one turn of it. Nothing is allocated in a turn. A press waits for one card operation at
    /// most: between two of them the buttons are looked at, and a gesture that was acted on ends the turn, so that what it asked for
    /// comes first in the next.
    /// </summary>
    public sealed class LoopTable
    {
        // Idle work that found nothing to do is asked again after this long: asking costs as much as a quarter of a turn.
        private const long IdlePollUs = 2000;

        // A thread that does not give way keeps the processor for so long, microseconds (20 ms in the runtime, and a tick for its timer).
        private const long QuantumUs = 30000;

        private readonly IClock _clock;
        private readonly ILoopTask _buttons;
        private readonly ILoopTask[] _tasks;
        private readonly TaskRule[] _rules;
        private readonly TaskCost[] _costs;
        private readonly int[] _pollUs;
        private readonly long[] _dueUs;
        private int _count;
        private int _firstIdle;
        private int _endIdle;
        private long _idleUs;
        private bool _busy;
        private bool _worked;
        private bool _usedCard;

        /// <summary>A table without a task but the buttons, which come first.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="buttons">Looks at the buttons; its step says whether a gesture was acted on.</param>
        /// <param name="most">Room for so many tasks.</param>
        public LoopTable(IClock clock, ILoopTask buttons, int most)
        {
            _clock = clock;
            _buttons = buttons;
            _tasks = new ILoopTask[most];
            _rules = new TaskRule[most];
            _costs = new TaskCost[most];
            _pollUs = new int[most];
            _dueUs = new long[most];
        }

        /// <summary>The time at the end of the last turn, monotonic microseconds.</summary>
        public long NowUs { get; private set; }

        /// <summary>Tasks in the table, the buttons not counted.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>A task of the table.</summary>
        /// <param name="index">From 0, the highest priority first.</param>
        public ILoopTask Task(int index)
        {
            return _tasks[index];
        }

        /// <summary>What one step of a task may cost.</summary>
        /// <param name="index">From 0, the highest priority first.</param>
        public TaskCost Cost(int index)
        {
            return _costs[index];
        }

        /// <summary>Adds a task below the others, asked at every turn. Idle work stands together.</summary>
        public void Add(ILoopTask task, TaskRule rule, TaskCost cost)
        {
            Add(task, rule, cost, 0);
        }

        /// <summary>Adds a task below the others. Idle work stands together.</summary>
        /// <param name="task">The task.</param>
        /// <param name="rule">When its turn is.</param>
        /// <param name="cost">What a step may cost.</param>
        /// <param name="pollUs">Microseconds until a task that was not due is asked again; 0: at every turn.</param>
        public void Add(ILoopTask task, TaskRule rule, TaskCost cost, int pollUs)
        {
            _tasks[_count] = task;
            _rules[_count] = rule;
            _costs[_count] = cost;
            _pollUs[_count] = pollUs;
            _count++;
            if (rule != TaskRule.WhenIdle)
            {
                return;
            }

            if (_endIdle == 0)
            {
                _firstIdle = _count - 1;
            }

            _endIdle = _count;
        }

        /// <summary>One turn. Returns whether anything was done.</summary>
        public bool Turn()
        {
            long nowUs = _clock.Microseconds;

            // Acting on a gesture may have taken time on the card, and a picture must not be dated before its command.
            if (_buttons.Step(nowUs))
            {
                nowUs = _clock.Microseconds;
            }

            _busy = false;
            _worked = false;
            _usedCard = false;
            if (!Run(0, _firstIdle, nowUs))
            {
                return true;
            }

            if (!_busy && nowUs >= _idleUs)
            {
                for (int i = _firstIdle; i < _endIdle && !_busy; i++)
                {
                    if (!Run(i, i + 1, nowUs))
                    {
                        return true;
                    }
                }

                if (!_busy)
                {
                    _idleUs = nowUs + IdlePollUs;
                }
            }

            if (_worked)
            {
                nowUs = _clock.Microseconds;
            }

            NowUs = nowUs;
            return !Run(_endIdle, _count, nowUs) || _worked;
        }

        // False when a gesture was acted on: the turn is over. Whoever is not due costs one read and a compare.
        private bool Run(int from, int to, long nowUs)
        {
            long[] dueUs = _dueUs;
            for (int i = from; i < to; i++)
            {
                if (nowUs < dueUs[i])
                {
                    continue;
                }

                ILoopTask task = _tasks[i];
                if (!task.IsDue(nowUs))
                {
                    dueUs[i] = nowUs + _pollUs[i];
                }
                else if (!StepOne(task, i, nowUs))
                {
                    return false;
                }
            }

            return true;
        }

        // Edges come when the loop gives way: one that happened in the card operation before is to be seen now. After a long one the
        // runtime has taken the processor away already.
        private bool Look(long turnUs)
        {
            long nowUs = _clock.Microseconds;
            if (nowUs - turnUs < QuantumUs)
            {
                _clock.Sleep(0);
                nowUs = _clock.Microseconds;
            }

            return _buttons.Step(nowUs);
        }

        private bool StepOne(ILoopTask task, int index, long nowUs)
        {
            bool needsCard = _costs[index] == TaskCost.CardOperation;
            if (needsCard && _usedCard && Look(nowUs))
            {
                return false;
            }

            if (!task.Step(nowUs))
            {
                return true;
            }

            // Once the card was used it stays so for the turn: what computes in between does not stand for a look at the buttons.
            _worked = true;
            _usedCard |= needsCard;
            _busy |= _rules[index] != TaskRule.Beside;
            return true;
        }
    }
}
