// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What the officer is told: the rows of an <see cref="IndicationProfile"/>.</summary>
    public enum Situation
    {
        /// <summary>State: starting up.</summary>
        Booting = 0,

        /// <summary>State: closing a recording that was cut.</summary>
        Recovering = 1,

        /// <summary>State: ready.</summary>
        Buffering = 2,

        /// <summary>State: recording.</summary>
        Recording = 3,

        /// <summary>State: recording, but the sensor gives no pictures.</summary>
        RecordingBlind = 4,

        /// <summary>State: stopped, still writing.</summary>
        Closing = 5,

        /// <summary>State: no room for a recording.</summary>
        CardFull = 6,

        /// <summary>State: cannot record.</summary>
        Fault = 7,

        /// <summary>State: ready, while the further slots of a new card are made.</summary>
        Preparing = 8,

        /// <summary>State: recording, but the buttons cannot be read: presses do nothing.</summary>
        RecordingDeaf = 9,

        /// <summary>Answer: a recording began.</summary>
        Started = 10,

        /// <summary>Answer: a recording ended.</summary>
        Stopped = 11,

        /// <summary>Answer: a marker was set.</summary>
        Marked = 12,

        /// <summary>Answer: a start was refused.</summary>
        Refused = 13,

        /// <summary>Answer: the camera switches off.</summary>
        Goodbye = 14,

        /// <summary>Answer: the record button is held, and held on it switches the camera off.</summary>
        HeldOn = 15,

        /// <summary>Warning: little battery left.</summary>
        BatteryLow = 16,

        /// <summary>Warning: the clock is not set.</summary>
        ClockUnset = 17,

        /// <summary>Warning: the audit log fails again and again.</summary>
        LogFailing = 18,

        /// <summary>Warning: the camera is recording.</summary>
        Reminder = 19,
    }
}
