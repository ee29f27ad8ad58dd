// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Commits to recordings in internal storage: that one has begun, how far it has come, what recovery closed.</summary>
    public sealed class CommitmentTask : ILoopTask
    {
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public CommitmentTask(RecordingControl recordings)
        {
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "commitment"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _recordings.IsCommitmentDue(nowUs);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _recordings.Commit(nowUs);
            return true;
        }
    }
}
