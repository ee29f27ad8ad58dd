// SPDX-License-Identifier: MIT

namespace Lapel.Cli
{
    /// <summary>What the program tells the shell.</summary>
    internal static class ExitCode
    {
        /// <summary>Done, and whatever was checked holds.</summary>
        public const int Ok = 0;

        /// <summary>What was checked does not hold: evidence not authentic, an expectation of a script not met.</summary>
        public const int NotVerified = 1;

        /// <summary>Nothing was checked: wrong usage, unreadable or unwritable files, an interruption.</summary>
        public const int Trouble = 2;
    }
}
