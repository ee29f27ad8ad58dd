// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// An entry of the internal store as it lies in its file: "LPE1", length (u32, least significant byte first), CRC-32 of the content
    /// (the
    /// same), content. A file cut short anywhere is not complete.
    /// </summary>
    public static class StoreEntry
    {
        /// <summary>Bytes before the content.</summary>
        public const int HeaderBytes = 12;

        /// <summary>Longest content.</summary>
        public const int LongestContent = 4096;

        /// <summary>The file for a content.</summary>
        public static byte[] Pack(byte[] content, INatives natives)
        {
            byte[] file = new byte[HeaderBytes + content.Length];
            file[0] = (byte)'L';
            file[1] = (byte)'P';
            file[2] = (byte)'E';
            file[3] = (byte)'1';
            Put(file, 4, (uint)content.Length);
            Put(file, 8, natives.Crc32(content, 0, content.Length));
            Array.Copy(content, 0, file, HeaderBytes, content.Length);
            return file;
        }

        /// <summary>The content of a file, or null when the file is not a complete entry.</summary>
        public static byte[] Unpack(byte[] file, INatives natives)
        {
            if (file.Length < HeaderBytes || file[0] != 'L' || file[1] != 'P' || file[2] != 'E' || file[3] != '1')
            {
                return null;
            }

            int length = file.Length - HeaderBytes;
            if (Get(file, 4) != (uint)length)
            {
                return null;
            }

            byte[] content = new byte[length];
            Array.Copy(file, HeaderBytes, content, 0, length);
            return natives.Crc32(content, 0, length) == Get(file, 8) ? content : null;
        }

        private static void Put(byte[] file, int at, uint value)
        {
            file[at] = (byte)value;
            file[at + 1] = (byte)(value >> 8);
            file[at + 2] = (byte)(value >> 16);
            file[at + 3] = (byte)(value >> 24);
        }

        private static uint Get(byte[] file, int at)
        {
            return file[at] | ((uint)file[at + 1] << 8) | ((uint)file[at + 2] << 16) | ((uint)file[at + 3] << 24);
        }
    }
}
