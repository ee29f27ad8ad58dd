// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>
    /// One device's audit log: one file on a card; in a store one for each card that the device has had, and what was overwritten since.
    /// </summary>
    /// <param name="Name">Its name in reports.</param>
    /// <param name="Key">The key that lies beside it; null when none does.</param>
    /// <param name="IsCopy">Whether it is a store's, which is only as new as the last sync.</param>
    /// <param name="Files">The files.</param>
    public sealed record AuditLogFiles(string Name, TrustedKey? Key, bool IsCopy, IReadOnlyList<AuditLogFile> Files);
}
