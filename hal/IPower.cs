// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>Switches the camera off, and tells what switched it on.</summary>
    public interface IPower
    {
        /// <summary>What began this boot.</summary>
        WokenBy Woken { get; }

        /// <summary>
        /// Switches off; does not return. The board is in deep sleep: memory is lost, the real-time clock goes on. A press of the record
        /// button begins the next boot. Whoever calls it has brought everything to an end, and no button is down: one that is held wakes
        /// the board at once.
        /// </summary>
        void SwitchOff();
    }
}
