// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What can change the recorder's state: the columns of its table.</summary>
    public enum RecorderInput
    {
        /// <summary>Start-up and recovery are over.</summary>
        BootDone = 0,

        /// <summary>The officer asks for a recording.</summary>
        Start = 1,

        /// <summary>The officer ends the recording.</summary>
        Stop = 2,

        /// <summary>The officer marks the moment.</summary>
        Mark = 3,

        /// <summary>The last free slot is gone.</summary>
        CardFull = 4,

        /// <summary>There is a free slot again.</summary>
        CardOk = 5,

        /// <summary>The sensor stopped working.</summary>
        SensorFailed = 6,

        /// <summary>The card is absent or fails.</summary>
        StorageFailed = 7,

        /// <summary>The last fault went away.</summary>
        FaultsCleared = 8,

        /// <summary>All of the recording is on the card, or given up.</summary>
        RecordingClosed = 9,

        /// <summary>The battery is empty.</summary>
        BatteryEmpty = 10,
    }
}
