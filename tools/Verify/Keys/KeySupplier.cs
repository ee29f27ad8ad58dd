// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Who supplied the key that a verdict rests on.</summary>
    public enum KeySupplier
    {
        /// <summary>No key could be had.</summary>
        None,

        /// <summary>The person who verifies.</summary>
        Given,

        /// <summary>The card itself, DEVICE.PUB: proves only that the card is consistent with itself.</summary>
        Card,

        /// <summary>The segment itself, its header: proves only that the segment is consistent with itself.</summary>
        Segment,

        /// <summary>The registry of keys that the person who verifies has given.</summary>
        Registry,
    }
}
