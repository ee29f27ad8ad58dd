// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>reboot: restarts the camera; with -f also while it records, which ends the recording properly first.</summary>
    public sealed class RebootCommand : ConsoleCommand
    {
        private readonly AccessControl _access;

        /// <summary>The command.</summary>
        public RebootCommand(AccessControl access)
            : base("reboot", "[-f]", "restart, for a technician; -f ends a recording first")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            bool force = call.Count == 1 && call.Argument(0) == "-f";
            if (call.Count > 0 && !force)
            {
                call.Fail(ErrorCode.Usage, "reboot takes -f or nothing");
            }
            else if (!Permission.Has(call, _access, Role.Technician))
            {
                return;
            }
            else if (call.Camera.RequestRestart(force))
            {
                call.Ok();
            }
            else
            {
                call.Fail(ErrorCode.Busy, "it records; -f ends the recording first");
            }
        }
    }
}
