// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace nanoFramework.Runtime.Native
{
    /// <summary>nanoFramework's real-time clock.</summary>
    public static class Rtc
    {
        /// <summary>Sets the clock; whole seconds only, the rest is cut off.</summary>
        public static bool SetSystemTime(Lapel.Hal.Virtual.Nano.DateTime time)
        {
            VirtualMachine.Current.Clock.UtcTicks = time.Ticks - time.Ticks % global::System.TimeSpan.TicksPerSecond;
            return true;
        }
    }
}
