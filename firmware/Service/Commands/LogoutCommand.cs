// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>logout: gives the role back.</summary>
    public sealed class LogoutCommand : ConsoleCommand
    {
        private readonly AccessControl _access;

        /// <summary>The command.</summary>
        public LogoutCommand(AccessControl access)
            : base("logout", "", "give the role back")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            _access.Logout();
            call.Ok();
        }
    }
}
