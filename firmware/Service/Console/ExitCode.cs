// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>What a command that SMP's shell group ran returns, as Zephyr's shell does.</summary>
    public static class ExitCode
    {
        /// <summary>Carried out.</summary>
        public const int Done = 0;

        /// <summary>Not carried out; the text says why.</summary>
        public const int Failed = -1;

        /// <summary>No such command (ENOEXEC).</summary>
        public const int Unknown = -8;

        /// <summary>No command at all (EINVAL).</summary>
        public const int Empty = -22;
    }
}
