// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.App
{
    /// <summary>Signs the audit log and keeps its head in internal storage.</summary>
    public sealed class CheckpointTask : ILoopTask
    {
        private readonly AuditLog _log;
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public CheckpointTask(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _log = parts.Log;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "checkpoint"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return !_recordings.IsActive && _parts.Keys.IsReady && _parts.Keys.Recovery.IsDone;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _log.StepIdle(nowUs / 1000);
        }
    }
}
