// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>What the camera can show the officer.</summary>
    public enum Indicator
    {
        /// <summary>The red light.</summary>
        Red = 0,

        /// <summary>The green light.</summary>
        Green = 1,

        /// <summary>The vibration motor.</summary>
        Vibration = 2,

        /// <summary>The sounder.</summary>
        Tone = 3,
    }

    /// <summary>Lights, vibration and tone: on or off; patterns are made above the HAL.</summary>
    public interface IIndicators
    {
        /// <summary>Switches one indicator. Setting what is set already costs nothing.</summary>
        void Set(Indicator indicator, bool on);

        /// <summary>Whether an indicator was switched on; nothing tells whether it shines.</summary>
        bool IsOn(Indicator indicator);
    }
}
