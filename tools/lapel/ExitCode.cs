// SPDX-License-Identifier: MIT

namespace Lapel.Cli
{
    /// <summary>What the program tells the shell.</summary>
    internal static class ExitCode
    {
        /// <summary>Done, and whatever was checked holds.</summary>
        public const int Ok = 0;

        /// <summary>What was checked does not hold: evidence not authentic, a script's expectation not met, a command refused.</summary>
        public const int NotVerified = 1;

        /// <summary>Nothing was checked: wrong usage, unreadable or unwritable files, no camera.</summary>
        public const int Trouble = 2;

        /// <summary>Interrupted by Ctrl-C or by the system: 128 and the number of SIGINT, as shells say it.</summary>
        public const int Interrupted = 130;
    }
}
