// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.App
{
    /// <summary>Says what the camera does with the card: who may not have a file any more is put out of it.</summary>
    public sealed class FilesTask : ILoopTask
    {
        private readonly CardFiles _files;
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public FilesTask(CameraParts parts, RecordingControl recordings)
        {
            _files = parts.Store.Files;
            _parts = parts;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "files"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return !_files.IsSettled(Situation);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _files.Enter(Situation);
        }

        private CardSituation Situation
        {
            get
            {
                if (_recordings.IsActive || _recordings.StartWaits)
                {
                    return _recordings.LeavesRoom ? CardSituation.Recording : CardSituation.RecordingBusy;
                }

                if (!_parts.Storage.CanRecord || !_parts.Keys.IsReady)
                {
                    return CardSituation.Opening;
                }

                return _parts.Keys.Recovery.IsDone ? CardSituation.Idle : CardSituation.Recovering;
            }
        }
    }
}
