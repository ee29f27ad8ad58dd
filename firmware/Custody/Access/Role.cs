// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>What whoever is at the service port may do. A higher role may do all that a lower one may.</summary>
    public enum Role
    {
        /// <summary>Identity, status, self-test.</summary>
        Nobody = 0,

        /// <summary>Clock, configuration folder, restart.</summary>
        Technician = 1,

        /// <summary>Evidence and receipts too.</summary>
        Dock = 2,
    }
}
