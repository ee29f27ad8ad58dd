// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>How the device's keys stand. Whatever is not up keeps the camera from recording.</summary>
    public enum KeyStatus
    {
        /// <summary>Internal storage was not looked at yet.</summary>
        Unknown = 0,

        /// <summary>The secret is in force and the boot is counted.</summary>
        Up = 1,

        /// <summary>Internal storage is empty: a key is made when a technician orders it, and only then.</summary>
        NoKey = 2,

        /// <summary>
        /// Something that a key depends on is there and cannot be read, or is missing beside the rest. Nothing is written over it.
        /// </summary>
        Damaged = 3,

        /// <summary>Internal storage takes no writes: without a stored counter nothing may be signed.</summary>
        CannotWrite = 4,

        /// <summary>The device was retired.</summary>
        Retired = 5,
    }
}
