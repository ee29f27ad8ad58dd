// SPDX-License-Identifier: MIT

namespace System.Device.Gpio
{
    /// <summary>One edge. It carries no time: the handler stamps it.</summary>
    public class PinValueChangedEventArgs
    {
        /// <summary>An edge on a pin.</summary>
        public PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber)
        {
            ChangeType = changeType;
            PinNumber = pinNumber;
        }

        /// <summary>Which edge.</summary>
        public PinEventTypes ChangeType { get; }

        /// <summary>GPIO number.</summary>
        public int PinNumber { get; }
    }

    /// <summary>Handles an edge.</summary>
    public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);
}
