// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Threading;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// The runtime's scheduler, as far as a driver with a thread needs it: threads run when the loop sleeps, yields or comes back from a
    /// native call, until they wait again.
    /// </summary>
    internal sealed class VirtualThreads
    {
        private readonly VirtualMachine _machine;
        private readonly List<VirtualThread> _all = new();
        private readonly Queue<VirtualThread> _ready = new();
        private bool _running;

        public VirtualThreads(VirtualMachine machine) => _machine = machine;

        /// <summary>Begins a thread.</summary>
        public void Start(ThreadStart start)
        {
            var thread = new VirtualThread(_machine, start);
            _all.Add(thread);
            _ready.Enqueue(thread);
        }

        /// <summary>It has what it waited for.</summary>
        public void MakeReady(VirtualThread thread) => _ready.Enqueue(thread);

        /// <summary>The threads that are ready run.</summary>
        public void Dispatch()
        {
            if (_running || VirtualThread.Current != null)
            {
                return;
            }

            _running = true;
            try
            {
                while (_ready.TryDequeue(out VirtualThread? thread))
                {
                    thread.Continue();
                }
            }
            finally
            {
                _running = false;
            }
        }

        /// <summary>
        /// The calling thread waits for an event that a native task raises at a time. The loop finds it at the next 10 ms tick, because
        /// with no thread ready the runtime sleeps in ticks; another thread runs as soon as the loop gives way.
        /// </summary>
        public void WaitUntil(long atUs)
        {
            if (VirtualThread.Current is not VirtualThread thread)
            {
                _machine.Clock.AdvanceTo((atUs + VirtualClock.TickUs - 1) / VirtualClock.TickUs * VirtualClock.TickUs);
                return;
            }

            _machine.Clock.At(atUs, () => MakeReady(thread));
            thread.GiveWay();
        }

        /// <summary>The power goes.</summary>
        public void End()
        {
            _ready.Clear();
            foreach (VirtualThread thread in _all)
            {
                thread.End();
            }

            _all.Clear();
        }
    }
}
