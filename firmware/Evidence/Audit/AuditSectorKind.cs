// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What a sector of the audit log holds: the byte at 6 (FORMAT.md section 9).</summary>
    public enum AuditSectorKind
    {
        /// <summary>Entries.</summary>
        Entries = 1,

        /// <summary>A signed checkpoint.</summary>
        Checkpoint = 2,
    }
}
