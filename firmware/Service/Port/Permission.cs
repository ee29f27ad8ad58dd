// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>Who may do what at the console.</summary>
    public static class Permission
    {
        /// <summary>Whether whoever is at the port may do what the role may; fails the call otherwise.</summary>
        public static bool Has(ConsoleCall call, AccessControl access, Role role)
        {
            if (access.Role >= role)
            {
                return true;
            }

            call.Fail(
                ErrorCode.Role,
                "that needs the role "
                    + RoleName.Of(role)
                    + (
                        access.IsOwned
                            ? ": see login"
                            : ", and a camera without an authority has no stations: install a configuration first"
                    )
            );
            return false;
        }
    }
}
