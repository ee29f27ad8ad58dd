// SPDX-License-Identifier: MIT

using System;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>Writes the status once a second of the camera's time.</summary>
    internal sealed class StatusFeed
    {
        private const long PeriodUs = 1_000_000;

        private readonly ICameraEngine _engine;
        private readonly Action<CameraStatus> _write;
        private long _nextUs;

        /// <summary>Creates a feed.</summary>
        /// <param name="engine">The camera.</param>
        /// <param name="write">Takes each status.</param>
        public StatusFeed(ICameraEngine engine, Action<CameraStatus> write)
        {
            _engine = engine;
            _write = write;
            _nextUs = engine.NowUs + PeriodUs;
        }

        /// <summary>Writes when it is time.</summary>
        public void Tick()
        {
            if (_engine.NowUs < _nextUs)
            {
                return;
            }

            _nextUs += PeriodUs * ((_engine.NowUs - _nextUs) / PeriodUs + 1);
            _write(_engine.Status);
        }
    }
}
