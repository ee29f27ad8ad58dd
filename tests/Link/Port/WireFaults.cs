// SPDX-License-Identifier: MIT

namespace Lapel.Link.Tests
{
    /// <summary>What is wrong with a wire. Probabilities are for one byte, in either direction.</summary>
    internal sealed class WireFaults
    {
        public double Flip { get; set; }

        public double Drop { get; set; }

        public double Insert { get; set; }

        /// <summary>The cable comes out when so many bytes have passed in both directions.</summary>
        public long UnplugAfter { get; set; } = long.MaxValue;
    }
}
