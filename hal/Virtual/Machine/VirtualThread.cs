// SPDX-License-Identifier: MIT

using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// A managed thread beside the loop. On the host it has a thread of its own, but only one of them runs at any moment: whoever runs
    /// hands over and waits, so a run repeats from its seed.
    /// </summary>
    internal sealed class VirtualThread
    {
        // Drivers' threads call little.
        private const int StackBytes = 256 * 1024;

        [ThreadStatic]
        private static VirtualThread? s_current;

        private readonly SemaphoreSlim _turn = new(0);
        private readonly SemaphoreSlim _back = new(0);
        private bool _ended;
        private bool _powerless;
        private ExceptionDispatchInfo? _failure;

        public VirtualThread(VirtualMachine machine, ThreadStart start)
        {
            var host = new Thread(() => Run(machine, start), StackBytes) { IsBackground = true };
            host.Start();
        }

        /// <summary>The thread that runs; null for the loop.</summary>
        public static VirtualThread? Current => s_current;

        /// <summary>Lets it run until it waits for something; called by the loop.</summary>
        public void Continue()
        {
            if (_ended)
            {
                return;
            }

            _turn.Release();
            _back.Wait();
            _failure?.Throw();
        }

        /// <summary>Hands back to the loop until it is continued; called by the thread itself.</summary>
        public void GiveWay()
        {
            _back.Release();
            _turn.Wait();
            if (_powerless)
            {
                throw new PowerCutException("before this");
            }
        }

        /// <summary>The power goes: it ends.</summary>
        public void End()
        {
            _powerless = true;
            if (this != s_current)
            {
                Continue();
            }
        }

        private void Run(VirtualMachine machine, ThreadStart start)
        {
            _turn.Wait();
            s_current = this;
            using (machine.Enter())
            {
                try
                {
                    if (!_powerless)
                    {
                        start();
                    }
                }
                catch (PowerCutException) when (_powerless) { }
                catch (Exception e)
                {
                    _failure = ExceptionDispatchInfo.Capture(e);
                }
            }

            _ended = true;
            _back.Release();
        }
    }
}
