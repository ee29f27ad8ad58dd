// SPDX-License-Identifier: MIT

using System.Security.Cryptography;

namespace Lapel.Hal
{
    /// <summary>The runtime's own AES. It keeps the key array itself, not a copy: who clears the array has wiped the key.</summary>
    public sealed class DeviceCbcCipher : ICbcCipher
    {
        private readonly Aes _aes;

        /// <summary>A cipher under this key, 16 bytes.</summary>
        public DeviceCbcCipher(byte[] key)
        {
            _aes = new Aes(CipherMode.CBC);
            _aes.Key = key;
        }

        /// <inheritdoc/>
        public byte[] Encrypt(byte[] iv, byte[] data)
        {
            _aes.IV = iv;
            return _aes.Encrypt(data);
        }
    }
}
