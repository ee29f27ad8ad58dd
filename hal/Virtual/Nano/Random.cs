// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's Random: the chip's generator, here the machine's seeded one.</summary>
    public class Random
    {
        /// <summary>Fills a buffer.</summary>
        public void NextBytes(byte[] buffer) => VirtualMachine.Current.Entropy.NextBytes(buffer);
    }
}
