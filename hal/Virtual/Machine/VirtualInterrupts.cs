// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// GPIO events between the interrupt and the managed handler: the runtime queues 128 and drops the oldest beyond that.
    /// </summary>
    internal sealed class VirtualInterrupts
    {
        private const int Capacity = 128;
        private readonly Queue<Action> _pending = new();
        private bool _dispatching;

        /// <summary>Queues one call of a managed handler.</summary>
        public void Post(Action handler)
        {
            if (_pending.Count == Capacity)
            {
                _pending.Dequeue();
            }

            _pending.Enqueue(handler);
        }

        /// <summary>Runs the queued handlers in order; a handler that causes events does not run them inside itself.</summary>
        public void Dispatch()
        {
            if (_dispatching)
            {
                return;
            }

            _dispatching = true;
            try
            {
                while (_pending.TryDequeue(out Action? handler))
                {
                    handler();
                }
            }
            finally
            {
                _dispatching = false;
            }
        }
    }
}
