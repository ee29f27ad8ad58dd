// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What a signed manifest is of: key 2 of FORMAT.md 3.4 and 9.3, and the first number of a signed block's body.</summary>
    public enum ManifestKind
    {
        /// <summary>A checkpoint inside an open segment.</summary>
        Checkpoint = 1,

        /// <summary>The close of a segment by the boot that recorded it.</summary>
        Close = 2,

        /// <summary>The close of a segment by recovery, after a cut or a pulled card (FORMAT.md section 7).</summary>
        Recovery = 3,

        /// <summary>A checkpoint of the audit log; never in a segment.</summary>
        AuditLog = 4,
    }
}
