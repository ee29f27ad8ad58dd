// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace nanoFramework.Runtime.Native
{
    /// <summary>nanoFramework's power control, as far as it is used.</summary>
    public class Power
    {
        /// <summary>Restarts the chip (esp_restart); does not return.</summary>
        public static void RebootDevice() => VirtualMachine.Current.Restart();
    }
}
