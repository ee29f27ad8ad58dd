// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Major types of CBOR: the top three bits of an item's first byte (RFC 8949 section 3.1).</summary>
    public enum CborMajor
    {
        /// <summary>Unsigned integer.</summary>
        Unsigned = 0,

        /// <summary>Negative integer: -1 minus the number in the head.</summary>
        Negative = 1,

        /// <summary>Byte string; the head says how many bytes follow.</summary>
        Bytes = 2,

        /// <summary>Text string, UTF-8; the head says how many bytes follow.</summary>
        Text = 3,

        /// <summary>Array; the head says how many items follow.</summary>
        Array = 4,

        /// <summary>Map; the head says how many pairs follow.</summary>
        Map = 5,

        /// <summary>Tag before one item.</summary>
        Tag = 6,

        /// <summary>False, true, null, other simple values, floating point, and the break that ends an indefinite length.</summary>
        Simple = 7,
    }
}
