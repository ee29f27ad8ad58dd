// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// How a boot ended: the code of entries 1 and 24 of the audit log (FORMAT.md 9.1), and of its head in internal storage.
    /// </summary>
    public enum BootEnd
    {
        /// <summary>Not known: the device has no log of it, or kept none.</summary>
        Unknown = 0,

        /// <summary>Without a proper end: the power went, or the runtime stopped.</summary>
        PowerCut = 1,

        /// <summary>Switched off properly.</summary>
        SwitchedOff = 2,

        /// <summary>In a restart that was asked for.</summary>
        Restarted = 3,

        /// <summary>In a restart of its own, after a fault that no part could be begun anew from; entry 33 says which.</summary>
        Failed = 4,

        /// <summary>Switched off properly by the camera itself, because the battery was empty.</summary>
        BatteryEmpty = 5,
    }
}
