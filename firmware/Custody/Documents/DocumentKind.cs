// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>
    /// What a signed document is: key 1 of its payload (CUSTODY.md section 2). A document of one kind can never be taken for another.
    /// </summary>
    public enum DocumentKind
    {
        /// <summary>A configuration, signed by the authority.</summary>
        Configuration = 1,

        /// <summary>A receipt, signed by an archive.</summary>
        Receipt = 2,

        /// <summary>An order to retire, signed by the authority.</summary>
        RetirementOrder = 3,

        /// <summary>A certificate of retirement, signed by the device.</summary>
        RetirementCertificate = 4,

        /// <summary>An order to change the device's key, signed by the authority.</summary>
        RotationOrder = 5,

        /// <summary>An order to repair internal storage, signed by the authority.</summary>
        RepairOrder = 6,
    }
}
