// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Light, vibration and tone.</summary>
    public sealed class IndicatorTask : ILoopTask
    {
        private readonly OfficerFeedback _feedback;
        private readonly StateMachine _machine;
        private readonly CardMaintenance _storage;

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
            return true;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _feedback.Step(nowUs / 1000, _machine, _storage.IsRecovering, _storage.IsMakingSlots);
            return false;
        }
    }
}
