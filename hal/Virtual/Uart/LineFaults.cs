// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>How a line damages what passes.</summary>
    public sealed record LineFaults
    {
        /// <summary>Bytes that the rates below refer to.</summary>
        public const int Per = 20_000;

        /// <summary>Bytes with one flipped bit, on average per 20,000.</summary>
        public double Flip { get; init; }

        /// <summary>Bytes lost, on average per 20,000.</summary>
        public double Drop { get; init; }

        /// <summary>Bytes that nobody sent, on average per 20,000.</summary>
        public double Insert { get; init; }

        /// <summary>Times that nothing passes for 0.3 s, on average per 20,000 bytes both ways.</summary>
        public double Stall { get; init; }

        /// <summary>Times that the cable is out of the port for a second, on average per 20,000 bytes both ways.</summary>
        public double Unplug { get; init; }

        /// <summary>Seed of where they fall.</summary>
        public int Seed { get; init; } = 1;
    }
}
