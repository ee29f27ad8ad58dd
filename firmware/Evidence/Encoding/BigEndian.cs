// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Big-endian integers in byte arrays, as ISO/IEC 14496-12 and FORMAT.md lay them out.</summary>
    public static class BigEndian
    {
        /// <summary>Writes the low 16 bits of a value.</summary>
        public static void Put16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
        }

        /// <summary>Writes 32 bits.</summary>
        public static void Put32(byte[] buffer, int offset, int value)
        {
            // Shifted unsigned: v1 keeps the type of an unsigned value through the cast that brought it here.
            buffer[offset] = (byte)((uint)value >> 24);
            buffer[offset + 1] = (byte)((uint)value >> 16);
            buffer[offset + 2] = (byte)((uint)value >> 8);
            buffer[offset + 3] = (byte)value;
        }

        /// <summary>Writes 64 bits.</summary>
        public static void Put64(byte[] buffer, int offset, long value)
        {
            Put32(buffer, offset, (int)(value >> 32));
            Put32(buffer, offset + 4, (int)value);
        }

        /// <summary>Reads 16 bits, unsigned.</summary>
        public static int Get16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads 32 bits as they are; the caller decides on the sign.</summary>
        public static int Get32(byte[] buffer, int offset)
        {
            return (buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];
        }

        /// <summary>Reads 64 bits.</summary>
        public static long Get64(byte[] buffer, int offset)
        {
            return ((long)Get32(buffer, offset) << 32) | (uint)Get32(buffer, offset + 4);
        }
    }
}
