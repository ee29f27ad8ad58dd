// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>The battery.</summary>
    public interface IBattery
    {
        /// <summary>Terminal voltage in millivolts, 0 to 6000; accuracy as BOARDS.md states for the board.</summary>
        int Millivolts();
    }
}
