// SPDX-License-Identifier: MIT

namespace Lapel.Authority
{
    /// <summary>Key 1 of every payload (CUSTODY.md section 2).</summary>
    public enum DocumentKind
    {
        Configuration = 1,
        Receipt = 2,
        RetirementOrder = 3,
        RetirementCertificate = 4,
        RotationOrder = 5,
        RepairOrder = 6,
    }
}
