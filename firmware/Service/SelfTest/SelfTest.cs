// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>
    /// The self-test on the device: one test after the other, in steps. A recording has priority: when one begins, what is under way lets
    /// go at once and the rest is skipped. Nothing is written but into a free slot, beyond its first sectors.
    /// </summary>
    public sealed class SelfTest : IFileHolder
    {
        private const string RecordingFirst = "a recording has priority";

        private readonly IServiceCamera _camera;
        private readonly SelfTestItem[] _items;
        private int _first;
        private int _end;
        private int _at;

        /// <summary>A self-test of these tests.</summary>
        public SelfTest(IServiceCamera camera, SelfTestItem[] items)
        {
            _camera = camera;
            _items = items;
            camera.Store.Files.SetHolder(FileUse.SelfTest, this);
        }

        /// <summary>Whether it is under way.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>Tests of the run under way or last.</summary>
        public int Count
        {
            get { return _end - _first; }
        }

        /// <summary>Tests of it that are over.</summary>
        public int Done
        {
            get { return _at - _first; }
        }

        /// <summary>Those that passed.</summary>
        public int Passed
        {
            get { return Counted(SelfTestOutcome.Pass); }
        }

        /// <summary>Those that failed.</summary>
        public int Failed
        {
            get { return Counted(SelfTestOutcome.Fail); }
        }

        /// <summary>Those that were skipped.</summary>
        public int Skipped
        {
            get { return Counted(SelfTestOutcome.Skip); }
        }

        /// <summary>A test of the run.</summary>
        /// <param name="index">From 0.</param>
        public SelfTestItem Item(int index)
        {
            return _items[_first + index];
        }

        /// <summary>The names, apart by spaces.</summary>
        public string Names
        {
            get
            {
                string names = "";
                for (int i = 0; i < _items.Length; i++)
                {
                    names += (i == 0 ? "" : " ") + _items[i].Name;
                }

                return names;
            }
        }

        /// <summary>Begins a run.</summary>
        /// <param name="name">One test; null for all.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>False when there is no such test, or a run is under way.</returns>
        public bool Start(string name, long nowUs)
        {
            if (IsRunning)
            {
                return false;
            }

            int first = 0;
            int end = _items.Length;
            if (name != null)
            {
                while (first < _items.Length && _items[first].Name != name)
                {
                    first++;
                }

                end = first + 1;
                if (first == _items.Length)
                {
                    return false;
                }
            }

            _first = first;
            _end = end;
            _at = first;
            IsRunning = true;
            _items[_at].Start(_camera, nowUs);
            return true;
        }

        /// <summary>One step. True while it is under way.</summary>
        public bool Step(long nowUs)
        {
            if (!IsRunning)
            {
                return false;
            }

            SelfTestItem item = _items[_at];

            // Asked in every step: whoever presses during a self-test is recorded as at any other time.
            if (_camera.IsRecording)
            {
                item.Skip(RecordingFirst);
            }
            else if (item.Outcome == SelfTestOutcome.None)
            {
                item.Step(_camera, nowUs);
            }

            if (item.Outcome != SelfTestOutcome.None)
            {
                Next(item, nowUs);
            }

            return true;
        }

        /// <summary>Ends the run; the tests that have not ended are skipped.</summary>
        public void Cancel()
        {
            EndWith("interrupted");
        }

        /// <summary>A test was broken off in the middle: the run is over, and nothing more is done in it.</summary>
        public void BreakOff()
        {
            if (IsRunning)
            {
                _items[_at].Skip("broken off");
                _end = _at + 1;
                _at = _end;
                IsRunning = false;
            }

            _camera.Store.Files.Leave(FileUse.SelfTest);
        }

        /// <summary>A recording begins: the run ends. When the card went away the test of it says so itself.</summary>
        public void PutOut()
        {
            if (_camera.IsRecording)
            {
                EndWith(RecordingFirst);
            }
        }

        private void EndWith(string why)
        {
            // Each of the rest is told why it did not run: a result that is missing would read as one that passed.
            while (IsRunning)
            {
                _items[_at].Skip(why);
                Next(_items[_at], 0);
            }
        }

        private void Next(SelfTestItem item, long nowUs)
        {
            // Whatever came of it: a light goes back, a file is closed.
            item.End(_camera);
            _at++;
            if (_at < _end)
            {
                _items[_at].Start(_camera, nowUs);
                return;
            }

            IsRunning = false;
            if (_camera.Audit != null)
            {
                _camera.Audit.Add(AuditKind.SelfTest, Failed, Passed, Skipped, null);
            }
        }

        private int Counted(SelfTestOutcome outcome)
        {
            int count = 0;
            for (int i = _first; i < _at; i++)
            {
                if (_items[i].Outcome == outcome)
                {
                    count++;
                }
            }

            return count;
        }
    }
}
