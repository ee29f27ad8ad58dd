// SPDX-License-Identifier: MIT

using System;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Lapel.Hal
{
    /// <summary>The runtime's own natives.</summary>
    public sealed class DeviceNatives : INatives
    {
        /// <inheritdoc/>
        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            return HMACSHA256.HashData(key, data);
        }

        /// <inheritdoc/>
        public byte[] HmacSha512(byte[] key, byte[] data)
        {
            return HMACSHA512.HashData(key, data);
        }

        /// <inheritdoc/>
        public ICbcCipher AesCbc(byte[] key)
        {
            return new DeviceCbcCipher(key);
        }

        /// <inheritdoc/>
        public uint Crc32(byte[] buffer, int offset, int count)
        {
            return System.IO.Hashing.Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
        }

        /// <inheritdoc/>
        public long FreeHeap()
        {
            return nanoFramework.Runtime.Native.GC.Run(false);
        }

        /// <inheritdoc/>
        public long CompactHeap()
        {
            return nanoFramework.Runtime.Native.GC.Run(true);
        }
    }
}
