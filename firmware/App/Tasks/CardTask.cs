// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Opens or makes the card, closes what a power cut left on it, and opens the slot for the next press ahead.</summary>
    public sealed class CardTask : ILoopTask
    {
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public CardTask(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "recovery"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return true;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            SlotRecovery recovery = _parts.Keys.Recovery;
            if (recovery == null || recovery.IsDone)
            {
                return _parts.Storage.Step(nowUs);
            }

            recovery.UtcMs = _parts.Clock.UtcMs;
            bool worked = _parts.Storage.Step(nowUs);
            if (recovery.IsDone && recovery.LastClose != null && _recordings.IsNewest(recovery.LastCloseOf))
            {
                _parts.Keys.Keys.RememberClose(recovery.LastClose);
            }

            return worked;
        }
    }
}
