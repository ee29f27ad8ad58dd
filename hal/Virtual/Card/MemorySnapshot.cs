// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>A <see cref="MemoryMedium"/> at one moment.</summary>
    public sealed class MemorySnapshot
    {
        internal MemorySnapshot(Dictionary<string, MemoryMedium.Entry> files, HashSet<string> folders)
        {
            Files = files;
            Folders = folders;
        }

        internal Dictionary<string, MemoryMedium.Entry> Files { get; }

        internal HashSet<string> Folders { get; }
    }
}
