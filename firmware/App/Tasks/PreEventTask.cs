// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Brings the pictures from before the press to the card with what the live ones leave of it.</summary>
    public sealed class PreEventTask : ILoopTask
    {
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public PreEventTask(RecordingControl recordings)
        {
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "pre-event"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _recordings.IsPreEventDue(nowUs);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _recordings.StepPreEvent(nowUs);
        }
    }
}
