// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>What a connection may do; a higher role may do all that a lower one may.</summary>
    public enum CameraRole
    {
        /// <summary>Identity, status, self-test.</summary>
        Nobody = 0,

        /// <summary>Clock, configuration, restart.</summary>
        Technician = 1,

        /// <summary>Evidence and receipts too.</summary>
        Dock = 2,
    }
}
