// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>
    /// A part of the camera that fails by itself and is begun anew by itself. The numbers are those of entries 32 and 33 of the audit log
    /// (FORMAT.md 9.1).
    /// </summary>
    public enum FencedPart
    {
        /// <summary>No part: only a restart mends it.</summary>
        Camera = 0,

        /// <summary>The camera module and what reads it.</summary>
        Sensor = 1,

        /// <summary>The card, and the recording on it.</summary>
        Card = 2,

        /// <summary>The audit log.</summary>
        Log = 3,

        /// <summary>The service port, and the self-test that is asked for there.</summary>
        Port = 4,

        /// <summary>The buttons.</summary>
        Buttons = 5,

        /// <summary>Lights, vibration, tone.</summary>
        Lights = 6,

        /// <summary>The battery's gauge.</summary>
        Battery = 7,
    }
}
