// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>What a load from internal storage found.</summary>
    public enum StoreStatus
    {
        /// <summary>The entry, whole.</summary>
        Ok = 0,

        /// <summary>
        /// There is no such entry. It may never have been saved, or the runtime may have formatted the storage: this proves nothing.
        /// </summary>
        Absent = 1,

        /// <summary>
        /// There is something by that name, or there may be, and it cannot be read. Nothing may be saved over it unasked.
        /// </summary>
        Unreadable = 2,
    }
}
