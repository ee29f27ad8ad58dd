// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.App
{
    /// <summary>Brings the entries of the audit log to the card.</summary>
    public sealed class LogTask : ILoopTask
    {
        private readonly AuditLog _log;

        /// <summary>The task of these parts.</summary>
        public LogTask(CameraParts parts)
        {
            _log = parts.Log;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "log"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _log.IsDue(nowUs / 1000);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _log.Write(nowUs / 1000);
            return true;
        }
    }
}
