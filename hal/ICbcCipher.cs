// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>AES-128 in CBC mode (FIPS 197, SP 800-38A) under one key, native, over whole arrays.</summary>
    public interface ICbcCipher
    {
        /// <summary>Encrypts the whole array without any padding. The result is a new array; nothing else is allocated.</summary>
        /// <param name="iv">Initialisation vector, 16 bytes; read only during the call.</param>
        /// <param name="data">Plain text, a multiple of 16 bytes.</param>
        byte[] Encrypt(byte[] iv, byte[] data);
    }
}
