// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>The ADC: 12 bits raw, channels 0 to 9 on GPIO 1 to 10.</summary>
    public sealed class VirtualAdc
    {
        /// <summary>Highest raw value.</summary>
        public const int MaxRaw = 4095;

        /// <summary>Channels.</summary>
        public const int Channels = 10;

        private readonly Dictionary<int, Func<int>> _sources = new();

        /// <summary>Attaches what a channel measures, in raw counts; clamped to 0..4095 when read.</summary>
        public void Attach(int channel, Func<int> source)
        {
            Check(channel);
            _sources[channel] = source;
        }

        internal int Read(int channel)
        {
            Check(channel);
            return _sources.TryGetValue(channel, out Func<int>? source) ? Math.Clamp(source(), 0, MaxRaw) : 0;
        }

        internal static void Check(int channel)
        {
            if (channel < 0 || channel >= Channels)
            {
                throw new ArgumentException($"no ADC channel {channel}");
            }
        }
    }
}
