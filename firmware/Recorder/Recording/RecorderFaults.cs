// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Recorder
{
    /// <summary>What keeps the camera from recording.</summary>
    [Flags]
    public enum RecorderFaults
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The sensor is absent or does not work.</summary>
        Sensor = 1,

        /// <summary>There is no card.</summary>
        CardAbsent = 2,

        /// <summary>The card cannot be read or written.</summary>
        Storage = 4,

        /// <summary>Restarts did not mend what fails inside the camera.</summary>
        Internal = 8,

        /// <summary>The battery is empty: the camera switches itself off.</summary>
        Battery = 16,

        /// <summary>The buttons cannot be read: presses do nothing.</summary>
        Buttons = 32,
    }
}
