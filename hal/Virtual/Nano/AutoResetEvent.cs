// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's AutoResetEvent, for one waiting thread beside the loop.</summary>
    public sealed class AutoResetEvent
    {
        private readonly VirtualMachine _machine = VirtualMachine.Current;
        private VirtualThread? _waiting;
        private bool _set;

        /// <summary>An event.</summary>
        public AutoResetEvent(bool initialState) => _set = initialState;

        /// <summary>Sets it: the waiting thread runs when whoever runs now gives way.</summary>
        public bool Set()
        {
            if (_waiting == null)
            {
                _set = true;
                return true;
            }

            VirtualThread thread = _waiting;
            _waiting = null;
            _machine.Threads.MakeReady(thread);
            return true;
        }

        /// <summary>Waits until it is set, and resets it.</summary>
        public bool WaitOne()
        {
            if (!_set)
            {
                _waiting = VirtualThread.Current ?? throw new System.InvalidOperationException("the loop would wait for ever");
                _waiting.GiveWay();
            }

            _set = false;
            return true;
        }
    }
}
