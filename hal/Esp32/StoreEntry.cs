// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// One copy of an entry of the internal store as it lies in its file: "LPE2", CRC-32 of all that follows, generation, length of the
    /// content (u16), number of copies that are to be the same (u16: 2, or 1 when copies are saved in turn), content. Integers have their
    /// least significant byte first. A file cut short anywhere is not complete.
    /// </summary>
    public sealed class StoreEntry
    {
        /// <summary>Bytes before the content.</summary>
        public const int HeaderBytes = 16;

        /// <summary>Longest content, bytes (IInternalStore).</summary>
        public const int LongestContent = 4096;

        private const int CrcAt = 4;
        private const int GenerationAt = 8;
        private const int LengthAt = 12;
        private const int CopiesAt = 14;

        private StoreEntry(StoreStatus status)
        {
            Status = status;
        }

        /// <summary>There is no file.</summary>
        public static StoreEntry Absent()
        {
            return new StoreEntry(StoreStatus.Absent);
        }

        /// <summary>There is a file, or there may be, that is no complete entry.</summary>
        public static StoreEntry Unreadable()
        {
            return new StoreEntry(StoreStatus.Unreadable);
        }

        /// <summary>Whether there is a copy.</summary>
        public StoreStatus Status { get; private set; }

        /// <summary>One higher at each save of the entry, from 1.</summary>
        public uint Generation { get; private set; }

        /// <summary>How many copies are to have this content: 2, or 1 when they are saved in turn.</summary>
        public int Copies { get; private set; }

        /// <summary>The content when there is one, else null.</summary>
        public byte[] Content { get; private set; }

        /// <summary>The file for a content.</summary>
        public static byte[] Pack(byte[] content, uint generation, int copies, INatives natives)
        {
            byte[] file = new byte[HeaderBytes + content.Length];
            file[0] = (byte)'L';
            file[1] = (byte)'P';
            file[2] = (byte)'E';
            file[3] = (byte)'2';
            Put(file, GenerationAt, generation);
            Put(file, LengthAt, (uint)content.Length | ((uint)copies << 16));
            Array.Copy(content, 0, file, HeaderBytes, content.Length);
            Put(file, CrcAt, natives.Crc32(file, GenerationAt, file.Length - GenerationAt));
            return file;
        }

        /// <summary>The copy in a file; unreadable when the file is not complete.</summary>
        public static StoreEntry Unpack(byte[] file, INatives natives)
        {
            if (file.Length < HeaderBytes || file[0] != 'L' || file[1] != 'P' || file[2] != 'E' || file[3] != '2')
            {
                return Unreadable();
            }

            uint sizes = Get(file, LengthAt);
            int length = file.Length - HeaderBytes;
            if ((sizes & 0xFFFF) != (uint)length || natives.Crc32(file, GenerationAt, file.Length - GenerationAt) != Get(file, CrcAt))
            {
                return Unreadable();
            }

            StoreEntry entry = new StoreEntry(StoreStatus.Ok);
            entry.Generation = Get(file, GenerationAt);
            entry.Copies = file[CopiesAt];
            entry.Content = new byte[length];
            Array.Copy(file, HeaderBytes, entry.Content, 0, length);
            return entry;
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
