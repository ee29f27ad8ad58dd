// SPDX-License-Identifier: MIT

using System;
using System.Threading;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>How fast virtual time passes.</summary>
    public interface IPacer
    {
        /// <summary>Runs the camera until a virtual time.</summary>
        /// <param name="engine">The camera.</param>
        /// <param name="untilUs">Virtual time, microseconds.</param>
        /// <param name="tick">Called many times a second of the watcher's time while it runs; true ends the run early.</param>
        /// <param name="cancel">Ends the run.</param>
        /// <exception cref="OperationCanceledException">It was cancelled.</exception>
        void Run(ICameraEngine engine, long untilUs, Func<bool> tick, CancellationToken cancel);
    }
}
