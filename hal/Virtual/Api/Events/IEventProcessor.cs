// SPDX-License-Identifier: MIT

using DateTime = Lapel.Hal.Virtual.Nano.DateTime;

namespace nanoFramework.Runtime.Events
{
    /// <summary>Makes an object of a native event.</summary>
    public interface IEventProcessor
    {
        /// <summary>One event.</summary>
        /// <param name="data1">The pin in the high 16 bits, then the category, then zero.</param>
        /// <param name="data2">The level after the edge: 0 or 1.</param>
        /// <param name="time">Time since power-on at the interrupt, in steps of 10 ms, counted from 1601.</param>
        BaseEvent ProcessEvent(uint data1, uint data2, DateTime time);
    }
}
