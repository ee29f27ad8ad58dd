// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>
    /// One device's audit log: one file on a card; in a store one for each card that the device has had, and what was overwritten since.
    /// </summary>
    /// <param name="Name">Its name in reports.</param>
    /// <param name="Home">The camera's place in which it lies.</param>
    /// <param name="IsCopy">Whether it is a store's, which is only as new as the last sync.</param>
    /// <param name="Files">The files.</param>
    public sealed record AuditLogFiles(string Name, DeviceFolder Home, bool IsCopy, IReadOnlyList<AuditLogFile> Files);
}
