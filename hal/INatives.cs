// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// The bulk operations that the runtime does in native code. Each takes whole arrays: the interpreter must never loop over
    /// payload bytes. Each result is a new array; nothing else is allocated.
    /// </summary>
    public interface INatives
    {
        /// <summary>HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the whole array; 32 bytes.</summary>
        /// <param name="key">The whole array is the key; neither kept nor changed.</param>
        /// <param name="data">The whole array is the message.</param>
        byte[] HmacSha256(byte[] key, byte[] data);

        /// <summary>HMAC-SHA-512 (RFC 2104, FIPS 180-4) of the whole array; 64 bytes.</summary>
        /// <param name="key">The whole array is the key; neither kept nor changed.</param>
        /// <param name="data">The whole array is the message.</param>
        byte[] HmacSha512(byte[] key, byte[] data);

        /// <summary>
        /// AES-128-CBC under a key of 16 bytes, which is kept by reference: clearing the array wipes the key. Allocates; once a recording.
        /// </summary>
        ICbcCipher AesCbc(byte[] key);

        /// <summary>CRC-32 (IEEE 802.3, reflected, as in zlib) of part of an array. Count at most 32,767 (int16 in native code).</summary>
        uint Crc32(byte[] buffer, int offset, int count);

        /// <summary>Collects garbage and returns the bytes then free. About 10 ms with a thousand live objects.</summary>
        long FreeHeap();

        /// <summary>Collects garbage, compacts the heap and returns the bytes then free. 44 to 138 ms: at boot only.</summary>
        long CompactHeap();
    }
}
