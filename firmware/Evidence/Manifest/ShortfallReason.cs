// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Why the frames held before a press reach less far back than asked for: key 16 of a manifest (FORMAT.md 3.4).</summary>
    public enum ShortfallReason
    {
        /// <summary>They reach back as far as asked.</summary>
        None = 0,

        /// <summary>The camera has not been taking pictures for long enough.</summary>
        Started = 1,

        /// <summary>The memory holds no more.</summary>
        Memory = 2,

        /// <summary>What lies before belongs to the recording before this one.</summary>
        PreviousRecording = 3,

        /// <summary>The sensor gave no pictures before.</summary>
        SensorFault = 4,

        /// <summary>The card had no room for pre-event footage beside the live.</summary>
        CardTooFull = 5,
    }
}
