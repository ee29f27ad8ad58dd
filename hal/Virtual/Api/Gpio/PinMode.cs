// SPDX-License-Identifier: MIT

namespace System.Device.Gpio
{
    /// <summary>Pin modes, with nanoFramework's values.</summary>
    public enum PinMode
    {
        /// <summary>High impedance.</summary>
        Input = 0,

        /// <summary>Input with pull-down.</summary>
        InputPullDown = 1,

        /// <summary>Input with pull-up.</summary>
        InputPullUp = 2,

        /// <summary>Push-pull output.</summary>
        Output = 3,

        /// <summary>Open drain.</summary>
        OutputOpenDrain = 4,

        /// <summary>Open drain with pull-up.</summary>
        OutputOpenDrainPullUp = 5,

        /// <summary>Open source.</summary>
        OutputOpenSource = 6,

        /// <summary>Open source with pull-down.</summary>
        OutputOpenSourcePullDown = 7,
    }
}
