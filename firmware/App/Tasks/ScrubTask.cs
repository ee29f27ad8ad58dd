// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Writes over what internal storage may still hold of former secrets.</summary>
    public sealed class ScrubTask : ILoopTask
    {
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public ScrubTask(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "scrub"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return !_recordings.IsActive && _parts.Keys.IsReady && _parts.Keys.Recovery.IsDone;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _parts.Access.Scrub();
        }
    }
}
