// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>nanoFramework's microsecond timer; only its counter is used.</summary>
    public class HighResTimer
    {
        /// <summary>Microseconds since power-on.</summary>
        public static ulong GetCurrent() => (ulong)VirtualMachine.Current.Clock.NowUs;
    }
}
