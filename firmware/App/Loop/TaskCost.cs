// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>What one step of a task may cost at most.</summary>
    public enum TaskCost
    {
        /// <summary>Well below a millisecond.</summary>
        Instant,

        /// <summary>A slice of a computation, 6 ms.</summary>
        Slice,

        /// <summary>A transfer on the sensor's bus, or one after another while a picture is read: 20 ms.</summary>
        Transfer,

        /// <summary>A write to internal storage, tens of milliseconds.</summary>
        InternalStorage,

        /// <summary>
        /// One card operation: one open, close, read or write call of the card. An open takes 90 to 140 ms, a close 30 to 75, a write of
        /// 16 KiB about 40, and a card may stall for 300. The buttons are looked at before the next one.
        /// </summary>
        CardOperation,
    }
}
