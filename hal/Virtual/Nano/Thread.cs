// SPDX-License-Identifier: MIT

using System.Threading;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's Thread as far as the drivers use it.</summary>
    public sealed class Thread
    {
        private readonly ThreadStart _start;

        /// <summary>A thread that has not begun.</summary>
        public Thread(ThreadStart start) => _start = start;

        /// <summary>Begins it: it runs when whoever runs now gives way.</summary>
        public void Start() => VirtualMachine.Current.Threads.Start(_start);

        /// <summary>Sleeps in virtual time.</summary>
        public static void Sleep(int millisecondsTimeout) => VirtualMachine.Current.Clock.Sleep(millisecondsTimeout);
    }
}
