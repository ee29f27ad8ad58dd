// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Enters in the audit log what happened: states, faults, presses.</summary>
    public sealed class EntriesTask : ILoopTask
    {
        private readonly CameraAudit _entries;
        private readonly StateMachine _machine;

        /// <summary>The task of these parts.</summary>
        public EntriesTask(CameraParts parts)
        {
            _entries = parts.Entries;
            _machine = parts.Machine;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "entries"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _entries.HasNews(_machine);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _entries.Watch(nowUs / 1000, _machine);
            return false;
        }
    }
}
