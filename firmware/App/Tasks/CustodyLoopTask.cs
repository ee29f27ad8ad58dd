// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Log-ins, configurations, receipts and orders that were brought to the port.</summary>
    public sealed class CustodyLoopTask : ILoopTask
    {
        private readonly AccessControl _access;
        private readonly StateMachine _machine;
        private readonly CardMaintenance _storage;
        private readonly RecordingControl _recordings;
        private bool _isBroken;

        /// <summary>The task of these parts.</summary>
        public CustodyLoopTask(CameraParts parts, RecordingControl recordings)
        {
            _access = parts.Access;
            _machine = parts.Machine;
            _storage = parts.Storage;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "custody"; }
        }

        /// <summary>
        /// What was under way was broken off in the middle: nothing of it is gone on with. Only a restart brings it to an end, and that
        /// waits for the end of the recording.
        /// </summary>
        public void BreakOff()
        {
            _isBroken = true;
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _isBroken ? !_recordings.IsActive && !_recordings.StartWaits : _access.IsBusy;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            if (_isBroken)
            {
                throw new System.InvalidOperationException("a task was broken off");
            }

            // A camera can be retired without a card; while it records the order waits for the recording's end.
            _access.CardFault = _recordings.IsActive || _recordings.StartWaits ? CardStatus.Ok : _storage.Status;
            bool worked = _access.Step(nowUs / 1000);
            if (_access.IsRetired)
            {
                // At once: a press that comes next would begin a recording whose secret goes.
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            }

            return worked;
        }
    }
}
