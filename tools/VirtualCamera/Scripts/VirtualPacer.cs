// SPDX-License-Identifier: MIT

using System;
using System.Threading;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>Virtual time as fast as the host computes it.</summary>
    public sealed class VirtualPacer : IPacer
    {
        /// <summary>Virtual time between two ticks: a status line a second is exact to a tenth.</summary>
        private const long TickUs = 100_000;

        /// <inheritdoc/>
        public void Run(ICameraEngine engine, long untilUs, Func<bool> tick, CancellationToken cancel)
        {
            while (engine.NowUs < untilUs)
            {
                cancel.ThrowIfCancellationRequested();
                engine.RunUntil(Math.Min(untilUs, engine.NowUs + TickUs));
                if (tick())
                {
                    return;
                }
            }
        }
    }
}
