// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A file that may hold a segment.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Name">Its name in reports, one of its own in all that is judged together.</param>
    /// <param name="Slot">The slot that its name says, null when none.</param>
    /// <param name="Home">The camera's place in which it lies.</param>
    public sealed record SlotFile(string Path, string Name, uint? Slot, DeviceFolder Home);
}
