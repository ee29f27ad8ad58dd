// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What was given to verify.</summary>
    public enum CardKind
    {
        /// <summary>A card: a folder with LAPEL in it.</summary>
        Card,

        /// <summary>A folder of segment files.</summary>
        Folder,

        /// <summary>One segment file.</summary>
        File,
    }
}
