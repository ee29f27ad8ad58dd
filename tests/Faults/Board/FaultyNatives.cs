// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>Native operations that may throw: each takes memory.</summary>
    internal sealed class FaultyNatives(INatives natives, FaultPlan plan) : INatives
    {
        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            plan.Call("Natives.HmacSha256");
            return natives.HmacSha256(key, data);
        }

        public byte[] HmacSha512(byte[] key, byte[] data)
        {
            plan.Call("Natives.HmacSha512");
            return natives.HmacSha512(key, data);
        }

        public ICbcCipher AesCbc(byte[] key)
        {
            plan.Call("Natives.AesCbc");
            return new FaultyCipher(natives.AesCbc(key), plan);
        }

        public uint Crc32(byte[] buffer, int offset, int count)
        {
            plan.Call("Natives.Crc32");
            return natives.Crc32(buffer, offset, count);
        }

        public long FreeHeap()
        {
            plan.Call("Natives.FreeHeap");
            return natives.FreeHeap();
        }

        public long CompactHeap()
        {
            plan.Call("Natives.CompactHeap");
            return natives.CompactHeap();
        }

        private sealed class FaultyCipher(ICbcCipher cipher, FaultPlan plan) : ICbcCipher
        {
            public byte[] Encrypt(byte[] iv, byte[] data)
            {
                plan.Call("Cipher.Encrypt");
                return cipher.Encrypt(iv, data);
            }
        }
    }
}
