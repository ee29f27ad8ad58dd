// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The version of FORMAT.md that this code writes.</summary>
    public static class FormatVersion
    {
        /// <summary>Version 1.</summary>
        public const int Current = 1;
    }
}
