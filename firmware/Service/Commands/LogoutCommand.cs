using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>logout: gives the role back.</summary>
    public sealed class LogoutCommand : ConsoleCommand
    {
        private readonly Custodian _custodian;

        /// <summary>The command.</summary>
        public LogoutCommand(Custodian custodian)
            : base("logout", "", "give the role back")
        {
            _custodian = custodian;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            _custodian.Logout();
            call.Ok();
        }
    }
}
