// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>nanoFramework's sleep modes, as far as they are used.</summary>
    public class Sleep
    {
        /// <summary>Wakes by one pin (ext0).</summary>
        /// <param name="pin">The pin.</param>
        /// <param name="level">The level that wakes; the simulation knows 0 alone.</param>
        public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
        {
            if (level != 0)
            {
                throw new NotSupportedException("the simulation wakes by a low level");
            }

            VirtualMachine.Current.WakeupPins = pin;
            return EspNativeError.OK;
        }

        /// <summary>Deep sleep; does not return.</summary>
        public static void StartDeepSleep() => VirtualMachine.Current.StartDeepSleep();

        /// <summary>What woke the chip.</summary>
        public static WakeupCause GetWakeupCause() => VirtualMachine.Current.WakeupCause;

        /// <summary>What can wake the chip.</summary>
        public enum WakeupCause
        {
            /// <summary>It was not asleep.</summary>
            Undefined = 0,

            /// <summary>One pin.</summary>
            Ext0 = 2,

            /// <summary>Several pins.</summary>
            Ext1 = 3,
        }

        /// <summary>Pins that can wake it.</summary>
        [Flags]
        public enum WakeupGpioPin : ulong
        {
            /// <summary>None.</summary>
            None = 0,

            /// <summary>GPIO 2.</summary>
            Pin2 = 4,

            /// <summary>GPIO 4.</summary>
            Pin4 = 16,

            /// <summary>GPIO 5.</summary>
            Pin5 = 32,
        }
    }
}
