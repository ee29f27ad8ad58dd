// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>Roles as words.</summary>
    public static class RoleName
    {
        /// <summary>The word.</summary>
        public static string Of(Role role)
        {
            switch (role)
            {
                case Role.Technician:
                    return "technician";
                case Role.Dock:
                    return "dock";
                default:
                    return "nobody";
            }
        }

        /// <summary>The role that one can log in as, or nobody.</summary>
        public static Role Parse(string word)
        {
            if (word == "technician")
            {
                return Role.Technician;
            }

            return word == "dock" ? Role.Dock : Role.Nobody;
        }
    }
}
