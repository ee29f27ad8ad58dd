// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>An edge between the interrupt and the managed handler.</summary>
    /// <param name="Pin">GPIO number.</param>
    /// <param name="Level">The level after the edge.</param>
    /// <param name="TickUs">Microseconds since power-on, in steps of the runtime's tick: at the interrupt.</param>
    /// <param name="Stock">What the pin's own handlers are called by.</param>
    internal sealed record PinEvent(int Pin, bool Level, long TickUs, Action<bool> Stock);
}
