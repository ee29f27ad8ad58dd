// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A file that may hold a segment.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Name">Its file name.</param>
    /// <param name="Slot">The slot that its name says, null when none.</param>
    public sealed record SlotFile(string Path, string Name, uint? Slot);
}
