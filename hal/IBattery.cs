// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>The battery.</summary>
    public interface IBattery
    {
        /// <summary>
        /// Terminal voltage in millivolts, 0 to 6000, under whatever load there is at this moment; accuracy as BOARDS.md states for the
        /// board. Never fails: without a battery it is what the supply gives.
        /// </summary>
        int Millivolts();
    }
}
