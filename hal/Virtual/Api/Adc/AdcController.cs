// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace System.Device.Adc
{
    /// <summary>The ADC of the current machine.</summary>
    public class AdcController
    {
        /// <summary>Channels.</summary>
        public int ChannelCount => VirtualAdc.Channels;

        /// <summary>Highest raw value.</summary>
        public int MaxValue => VirtualAdc.MaxRaw;

        /// <summary>Opens a channel.</summary>
        public AdcChannel OpenChannel(int channelNumber)
        {
            VirtualAdc.Check(channelNumber);
            return new AdcChannel(VirtualMachine.Current.Adc, channelNumber);
        }
    }
}
