// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>An indicator changed.</summary>
    /// <param name="AtUs">When, microseconds since power-on.</param>
    /// <param name="Indicator">Which.</param>
    /// <param name="On">To what.</param>
    public readonly record struct IndicatorEvent(long AtUs, Indicator Indicator, bool On);
}
