// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Brings pictures to the card as they are taken, and what a start waits for to its end.</summary>
    public sealed class LiveTask : ILoopTask
    {
        private readonly RecordingControl _recordings;
        private readonly SensorTask _sensor;

        /// <summary>The task of these parts.</summary>
        public LiveTask(RecordingControl recordings, SensorTask sensor)
        {
            _recordings = recordings;
            _sensor = sensor;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "live"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _recordings.IsLiveDue(nowUs, _sensor.HasWorked(nowUs));
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _recordings.Step(nowUs, _sensor.HasWorked(nowUs));
        }
    }
}
