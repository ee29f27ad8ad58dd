// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>
    /// repair: which entries of internal storage are damaged, and what an order of the authority must name (CUSTODY.md 9.4).
    /// </summary>
    public sealed class RepairCommand : ConsoleCommand
    {
        private readonly AccessControl _access;

        /// <summary>The command.</summary>
        public RepairCommand(AccessControl access)
            : base("repair", "", "damage to internal storage, and what an order to repair it must name")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (call.Count > 0)
            {
                call.Fail(ErrorCode.Usage, "repair takes nothing");
                return;
            }

            StoreDamage damage = _access.Damage();
            if (damage.Entries.Length == 0)
            {
                call.Report.Absent("entries", "none");
            }
            else
            {
                call.Report.Field("entries", damage.Entries);
            }

            call.Report.Field("needed", (int)damage.Needed);
            call.Report.Field("state", Report.Hex(damage.State, damage.State.Length));
            call.Ok();
        }
    }
}
