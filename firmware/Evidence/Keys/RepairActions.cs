// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// What an order of the authority may repair in internal storage (CUSTODY.md 9.4). The numbers are part of the order.
    /// </summary>
    [Flags]
    public enum RepairActions
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The device's identity ends, and it gets a new one: its secret is gone, or may sign nothing any more.</summary>
        NewIdentity = 1,

        /// <summary>The counters go on from those of the order.</summary>
        Counters = 2,

        /// <summary>A change of the key that may have waited is dropped.</summary>
        Next = 4,
    }
}
