// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Threading;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>Virtual time tied to the clock on the wall.</summary>
    public sealed class RealTimePacer : IPacer
    {
        /// <summary>How long the host rests when the camera is not behind: well under the 100 ms of a tap and of a frame.</summary>
        private const int RestMs = 5;

        /// <summary>A camera further behind than this stays behind: catching up would show the officer's time in a rush.</summary>
        private const long MaxLagUs = 1_000_000;

        private readonly Stopwatch _wall = Stopwatch.StartNew();
        private long? _offsetUs;

        /// <inheritdoc/>
        public void Run(ICameraEngine engine, long untilUs, Func<bool> tick, CancellationToken cancel)
        {
            _offsetUs ??= engine.NowUs - WallUs;
            while (engine.NowUs < untilUs)
            {
                cancel.ThrowIfCancellationRequested();
                long dueUs = WallUs + _offsetUs.Value;
                if (dueUs - engine.NowUs > MaxLagUs)
                {
                    _offsetUs -= dueUs - engine.NowUs - MaxLagUs;
                    dueUs = engine.NowUs + MaxLagUs;
                }
                if (engine.NowUs < dueUs)
                {
                    engine.RunUntil(Math.Min(untilUs, Math.Min(dueUs, engine.NowUs + RestMs * 1000)));
                }
                else
                {
                    Thread.Sleep(RestMs);
                }

                if (tick())
                {
                    return;
                }
            }
        }

        private long WallUs => _wall.ElapsedTicks * 1_000_000 / Stopwatch.Frequency;
    }
}
