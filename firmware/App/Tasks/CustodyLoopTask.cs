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
        private readonly CardMaintenance _storage;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public CustodyLoopTask(CameraParts parts, RecordingControl recordings)
        {
            _access = parts.Access;
            _storage = parts.Storage;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "custody"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _access.IsBusy;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            // A camera can be retired without a card; while it records the order waits for the recording's end.
            _access.CardFault = _recordings.IsActive || _recordings.StartWaits ? CardStatus.Ok : _storage.Status;
            return _access.Step(nowUs / 1000);
        }
    }
}
