// SPDX-License-Identifier: MIT

using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Esp32
{
    /// <summary>Off is deep sleep: the record button, an RTC pin, begins the next boot.</summary>
    public sealed class DeepSleepPower : IPower
    {
        /// <summary>The record button as deep sleep names it: a bit of its GPIO.</summary>
        public const Sleep.WakeupGpioPin WakeupPin = (Sleep.WakeupGpioPin)(1UL << BoardPins.RecordButton);

        private const int Pressed = 0;

        /// <inheritdoc/>
        public WokenBy Woken
        {
            get { return Sleep.GetWakeupCause() == Sleep.WakeupCause.Ext0 ? WokenBy.RecordButton : WokenBy.Unknown; }
        }

        /// <inheritdoc/>
        public void SwitchOff()
        {
            Sleep.EnableWakeupByPin(WakeupPin, Pressed);
            Sleep.StartDeepSleep();
        }
    }
}
