// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Light, vibration and tone.</summary>
    public sealed class IndicatorTask : ILoopTask
    {
        // Nobody sees, feels or hears that an answer comes 5 ms later.
        private const long PeriodUs = 5000;

        private readonly OfficerFeedback _feedback;
        private readonly StateMachine _machine;
        private readonly CardMaintenance _storage;
        private long _nextUs;

        /// <summary>The task of these parts.</summary>
        public IndicatorTask(CameraParts parts)
        {
            _feedback = parts.Feedback;
            _machine = parts.Machine;
            _storage = parts.Storage;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "indicators"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return nowUs >= _nextUs;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _nextUs = nowUs + PeriodUs;
            _feedback.Step(nowUs / 1000, _machine, _storage.IsRecovering, _storage.IsMakingSlots);
            return false;
        }
    }
}
