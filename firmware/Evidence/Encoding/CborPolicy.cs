// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>How much of CBOR (RFC 8949) a <see cref="CborCursor"/> takes.</summary>
    /// <remarks>Everything else is refused with its <see cref="CborFault"/>.</remarks>
    public enum CborPolicy
    {
        /// <summary>
        /// Whatever is signed (FORMAT.md 3.4, CUSTODY.md section 2): deterministic encoding (4.2.1). Definite lengths, shortest heads, keys
        /// of maps unsigned and ascending, no tags, no floating point, of simple values false, true and null alone, at most
        /// <see cref="CborCursor.SignedDepth"/> levels inside a value. One content has one spelling, so what is hashed is what is read.
        /// </summary>
        Signed,

        /// <summary>
        /// Requests of SMP clients (PROTOCOL.md). Relaxed from <see cref="Signed"/> in four things, because SMP leaves them to the client:
        /// arrays and maps of indefinite length (Zephyr's own encoder writes them), heads that are not shortest, keys of any type in any
        /// order, and tags, floating point and simple values in what nobody asks for. At most <see cref="CborCursor.RequestDepth"/> levels.
        /// Strings in chunks and numbers over 63 bits stay refused.
        /// </summary>
        Request,
    }
}
