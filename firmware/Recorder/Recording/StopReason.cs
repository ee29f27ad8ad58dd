// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>Why a recording ends.</summary>
    public enum StopReason
    {
        /// <summary>The officer ended it.</summary>
        Pressed = 0,

        /// <summary>The card is full.</summary>
        CardFull = 1,

        /// <summary>The card is absent or fails.</summary>
        StorageFailed = 2,

        /// <summary>The battery is empty.</summary>
        BatteryEmpty = 3,
    }
}
