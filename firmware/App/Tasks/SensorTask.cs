// SPDX-License-Identifier: MIT

using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Takes pictures.</summary>
    public sealed class SensorTask : ILoopTask
    {
        private readonly CapturePump _pump;
        private readonly IClock _clock;
        private long _workedUs = -1;

        /// <summary>The task of these parts.</summary>
        public SensorTask(CameraParts parts)
        {
            _pump = parts.Pump;
            _clock = parts.Board.Clock;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "sensor"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return nowUs >= _pump.NextDueUs;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            long turnUs = nowUs;
            bool worked = false;

            // A picture that is ready is read whole and the next one commanded before the card has its turn: so the card writes while the
            // sensor exposes, one frame for each frame taken, and a slow card does not make pictures late.
            while (_pump.Step(nowUs))
            {
                worked = true;
                nowUs = _clock.Microseconds;
                if (_pump.NextDueUs > nowUs)
                {
                    break;
                }
            }

            if (worked)
            {
                _workedUs = turnUs;
            }

            return worked;
        }

        /// <summary>Whether a picture was taken or commanded in the turn of this time.</summary>
        public bool HasWorked(long nowUs)
        {
            return _workedUs == nowUs;
        }
    }
}
