// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace System.Device.Adc
{
    /// <summary>One ADC channel.</summary>
    public class AdcChannel : IDisposable
    {
        private readonly VirtualAdc _adc;
        private readonly int _channel;

        internal AdcChannel(VirtualAdc adc, int channel)
        {
            _adc = adc;
            _channel = channel;
        }

        /// <summary>One raw sample.</summary>
        public int ReadValue() => _adc.Read(_channel);

        /// <inheritdoc/>
        public void Dispose() { }
    }
}
