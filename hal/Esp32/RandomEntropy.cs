// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Esp32
{
    /// <summary>The chip's random number generator: the runtime's Random is esp_random(), whatever its seed.</summary>
    public sealed class RandomEntropy : IEntropy
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public void Fill(byte[] buffer)
        {
            _random.NextBytes(buffer);
        }
    }
}
