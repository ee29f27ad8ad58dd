// SPDX-License-Identifier: MIT

using System.Security.Cryptography;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>
    /// nanoFramework's native AES-128: key and vector are kept by reference, whole arrays go in, new arrays come out, nothing is padded.
    /// </summary>
    public class Aes
    {
        private const int BlockBytes = 16;

        /// <summary>A cipher; only CBC and ECB exist.</summary>
        public Aes(CipherMode mode) => Mode = mode;

        /// <summary>Mode of operation.</summary>
        public CipherMode Mode { get; set; }

        /// <summary>Key, 16 bytes.</summary>
        public byte[]? Key { get; set; }

        /// <summary>Initialisation vector, 16 bytes.</summary>
        public byte[]? IV { get; set; }

        /// <summary>Encrypts a whole array.</summary>
        public byte[] Encrypt(byte[] data)
        {
            using var aes = Open(data);
            return Mode == CipherMode.CBC ? aes.EncryptCbc(data, IV!, PaddingMode.None) : aes.EncryptEcb(data, PaddingMode.None);
        }

        /// <summary>Decrypts a whole array.</summary>
        public byte[] Decrypt(byte[] data)
        {
            using var aes = Open(data);
            return Mode == CipherMode.CBC ? aes.DecryptCbc(data, IV!, PaddingMode.None) : aes.DecryptEcb(data, PaddingMode.None);
        }

        private System.Security.Cryptography.Aes Open(byte[] data)
        {
            if (Key is not { Length: BlockBytes })
            {
                throw new System.ArgumentException("the native AES takes a key of 16 bytes");
            }

            if (data.Length % BlockBytes != 0)
            {
                throw new System.ArgumentException("the native AES takes whole blocks of 16 bytes");
            }

            var aes = System.Security.Cryptography.Aes.Create();
            aes.Key = Key;
            return aes;
        }
    }
}
