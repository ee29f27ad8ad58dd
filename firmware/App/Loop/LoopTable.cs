// SPDX-License-Identifier: MIT

using System;
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

        // While a picture is taken or written, whoever is polled waits for so much longer at most: until the next turn that has time.
        private const long BusyUs = 40000;

        private const int NoGroup = -1;

        private readonly IClock _clock;
        private readonly ILoopTask _buttons;
        private readonly ILoopTask[] _tasks;
        private readonly bool[] _isBeside;
        private readonly TaskCost[] _costs;
        private readonly bool[] _needsCard;
        private readonly int[] _groupOf;

        // Idle work waits each for itself.
        private readonly int[] _idlePollUs;
        private readonly long[] _idleDueUs;

        // Tasks that stand together and are asked after the same time: one compare passes over those that wait.
        private readonly int[] _groupFirst;
        private readonly int[] _groupEnd;
        private readonly int[] _groupPollUs;
        private readonly long[] _groupDueUs;
        private int _groups;
        private int _groupsAboveIdle;

        // Those at the top that are asked at every turn are in no group: nothing is compared for them.
        private int _leading;
        private readonly RestingTask[] _resting;
        private ILoopTask _running;
        private int _count;
        private int _firstIdle;
        private int _endIdle;
        private long _idleUs;
        private long _nowUs;
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
            _isBeside = new bool[most];
            _costs = new TaskCost[most];
            _needsCard = new bool[most];
            _groupOf = new int[most];

            // Taken at once: when a task is to rest there may be no memory left.
            _resting = new RestingTask[most];
            _idlePollUs = new int[most];
            _idleDueUs = new long[most];
            _groupFirst = new int[most];
            _groupEnd = new int[most];
            _groupPollUs = new int[most];
            _groupDueUs = new long[most];
        }

        /// <summary>The time at the end of the last turn, monotonic microseconds.</summary>
        public long NowUs
        {
            get { return _nowUs; }
        }

        /// <summary>
        /// The task whose step is under way: the one that threw, when a turn did. Null when what threw was no step: whether a task is due
        /// is asked without doing anything.
        /// </summary>
        public ILoopTask Running
        {
            get { return _running; }
        }

        /// <summary>Leaves a task alone for a while.</summary>
        /// <param name="task">A task of the table; the buttons are always asked.</param>
        /// <param name="untilUs">Monotonic microseconds.</param>
        public void Rest(ILoopTask task, long untilUs)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_tasks[i] == task)
                {
                    _resting[i].Begin(task, untilUs);
                }
            }
        }

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
        /// <param name="pollUs">
        /// Microseconds until it is asked again when it was not due, or, but for idle work, its step did nothing; 0: at every turn.
        /// </param>
        public void Add(ILoopTask task, TaskRule rule, TaskCost cost, int pollUs)
        {
            _tasks[_count] = task;
            _groupOf[_count] = NoGroup;
            _isBeside[_count] = rule == TaskRule.Beside;
            _costs[_count] = cost;
            _resting[_count] = new RestingTask(_tasks, _count);
            _needsCard[_count] = cost == TaskCost.CardOperation;
            if (rule == TaskRule.WhenIdle)
            {
                if (_endIdle == 0)
                {
                    _firstIdle = _count;
                    _groupsAboveIdle = _groups;
                }

                _endIdle = _count + 1;
                _idlePollUs[_count] = pollUs;
            }
            else if (pollUs == 0 && _count == _leading)
            {
                _leading++;
            }
            else
            {
                Group(pollUs);
            }

            _count++;
        }

        // The task that is being added goes to the group before it, when they are asked alike.
        private void Group(int pollUs)
        {
            int last = _groups - 1;
            if (last < 0 || _groupEnd[last] != _count || _groupPollUs[last] != pollUs)
            {
                last = _groups++;
                _groupFirst[last] = _count;
                _groupPollUs[last] = pollUs;
            }

            _groupOf[_count] = last;
            _groupEnd[last] = _count + 1;
        }

        /// <summary>One turn. Returns whether anything was done.</summary>
        public bool Turn()
        {
            long nowUs = _clock.Microseconds;

            _running = _buttons;

            // Acting on a gesture may have taken time on the card, and a picture must not be dated before its command.
            if (_buttons.Step(nowUs))
            {
                nowUs = _clock.Microseconds;
                WakeAll();
            }

            _running = null;
            _busy = false;
            _worked = false;
            _usedCard = false;
            ILoopTask[] tasks = _tasks;
            int leading = _leading;
            for (int i = 0; i < leading; i++)
            {
                if (tasks[i].IsDue(nowUs) && !StepOne(tasks[i], i, nowUs))
                {
                    return true;
                }
            }

            int above = _endIdle == 0 ? _groups : _groupsAboveIdle;
            if (!RunGroups(0, above, nowUs))
            {
                return true;
            }

            if (!_busy && nowUs >= _idleUs && !RunIdle(nowUs))
            {
                return true;
            }

            if (_worked)
            {
                nowUs = _clock.Microseconds;
            }

            _nowUs = nowUs;
            return !RunGroups(above, _groups, nowUs) || _worked;
        }

        // What a gesture changed is news to everybody: nobody waits to be asked.
        private void WakeAll()
        {
            Array.Clear(_groupDueUs, 0, _groups);
        }

        // False when a gesture was acted on: the turn is over.
        private bool RunGroups(int from, int to, long nowUs)
        {
            long[] dueUs = _groupDueUs;
            long askUs = _busy ? nowUs - BusyUs : nowUs;
            for (int group = from; group < to; group++)
            {
                if (askUs < dueUs[group])
                {
                    continue;
                }

                dueUs[group] = nowUs + _groupPollUs[group];
                ILoopTask[] tasks = _tasks;
                int end = _groupEnd[group];
                for (int i = _groupFirst[group]; i < end; i++)
                {
                    if (tasks[i].IsDue(nowUs) && !StepOne(tasks[i], i, nowUs))
                    {
                        return false;
                    }
                }

                if (_busy)
                {
                    askUs = nowUs - BusyUs;
                }
            }

            return true;
        }

        // The first idle task that does anything has the turn.
        private bool RunIdle(long nowUs)
        {
            for (int i = _firstIdle; i < _endIdle; i++)
            {
                ILoopTask task = _tasks[i];
                if (nowUs < _idleDueUs[i])
                {
                    continue;
                }

                if (!task.IsDue(nowUs))
                {
                    _idleDueUs[i] = nowUs + _idlePollUs[i];
                    continue;
                }

                if (!StepOne(task, i, nowUs))
                {
                    return false;
                }

                if (_busy)
                {
                    return true;
                }
            }

            _idleUs = nowUs + IdlePollUs;
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

            _running = _buttons;
            bool acted = _buttons.Step(nowUs);
            _running = null;
            return acted;
        }

        private bool StepOne(ILoopTask task, int index, long nowUs)
        {
            if (_usedCard && _needsCard[index] && Look(nowUs))
            {
                WakeAll();
                return false;
            }

            _running = task;
            bool worked = task.Step(nowUs);
            _running = null;
            if (!worked)
            {
                return true;
            }

            _worked = true;
            if (_needsCard[index])
            {
                // It stays so for the turn: what computes in between does not stand for a look at the buttons.
                _usedCard = true;
            }

            if (!_isBeside[index])
            {
                _busy = true;
            }

            int group = _groupOf[index];
            if (group >= 0)
            {
                _groupDueUs[group] = 0;
            }

            return true;
        }
    }
}
