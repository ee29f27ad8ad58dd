// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Stores the number of a recording that was begun, which its press did not wait for.</summary>
    public sealed class CountTask : ILoopTask
    {
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public CountTask(RecordingControl recordings)
        {
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "count"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _recordings.IsUncounted;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _recordings.Count();
            return true;
        }
    }
}
