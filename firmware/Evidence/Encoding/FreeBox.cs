// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>`free` boxes: the padding that players skip.</summary>
    public static class FreeBox
    {
        /// <summary>"free" as a big-endian number: how a reader knows the box.</summary>
        public const int Type = 0x66726565;

        /// <summary>Writes a `free` box's header; the body is the caller's. Size 8 or more.</summary>
        public static void PutHeader(byte[] buffer, int offset, int size)
        {
            BigEndian.Put32(buffer, offset, size);
            buffer[offset + 4] = (byte)'f';
            buffer[offset + 5] = (byte)'r';
            buffer[offset + 6] = (byte)'e';
            buffer[offset + 7] = (byte)'e';
        }
    }
}
