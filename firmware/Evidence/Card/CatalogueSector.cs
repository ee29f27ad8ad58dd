// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>One sector of the catalogue: header and 15 records (FORMAT.md 2.2).</summary>
    public static class CatalogueSector
    {
        /// <summary>Records in a sector.</summary>
        public const int Records = 15;

        /// <summary>Bytes of a record.</summary>
        public const int RecordBytes = 32;

        /// <summary>Where the recording's number is in a record; segment, sectors, time and fragments follow, 4 bytes each.</summary>
        public const int RecordingAt = 4;

        /// <summary>Where the segment's number is in a record.</summary>
        public const int SegmentAt = 8;

        /// <summary>Where the sectors used are in a record, the close block included.</summary>
        public const int SectorsAt = 12;

        /// <summary>Where the UTC of the segment's first frame is in a record, seconds since 1970; 0 when the clock was unset.</summary>
        public const int TimeAt = 16;

        /// <summary>Where the number of fragments is in a record.</summary>
        public const int FragmentsAt = 20;

        /// <summary>Where the beginning of the close digest is in a record.</summary>
        public const int DigestAt = 24;

        /// <summary>Bytes of the close digest in a record.</summary>
        public const int DigestBytes = 8;

        private const int SlotsAt = 16;
        private const int WholeAt = 24;
        private const int HeaderBytes = 32;
        private const int CrcAt = 28;
        private const int Magic = 0x4C504C43;

        /// <summary>Writes an empty sector.</summary>
        /// <param name="sector">The array that holds it.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="number">The sector's number.</param>
        /// <param name="slots">Slots that the card has so far.</param>
        /// <param name="slotSectors">Sectors in a slot.</param>
        public static void Clear(byte[] sector, int offset, int number, int slots, int slotSectors)
        {
            Array.Clear(sector, offset, Sector.Size);
            BigEndian.Put32(sector, offset, Magic);
            BigEndian.Put16(sector, offset + 4, FormatVersion.Current);
            BigEndian.Put16(sector, offset + 6, Records);
            BigEndian.Put32(sector, offset + 8, number);
            BigEndian.Put32(sector, offset + SlotsAt, slots);
            BigEndian.Put32(sector, offset + 20, slotSectors);
        }

        /// <summary>States how many slots the card has; fewer than the sector states already change nothing.</summary>
        public static void PutSlots(byte[] sector, int offset, int slots)
        {
            if (BigEndian.Get32(sector, offset + SlotsAt) < slots)
            {
                BigEndian.Put32(sector, offset + SlotsAt, slots);
            }
        }

        /// <summary>States that the card has all its slots: it is full, no more are made.</summary>
        public static void PutWhole(byte[] sector, int offset)
        {
            BigEndian.Put32(sector, offset + WholeAt, 1);
        }

        /// <summary>Whether the card had all its slots when the sector was written.</summary>
        public static bool IsWhole(byte[] sector, int offset)
        {
            return BigEndian.Get32(sector, offset + WholeAt) == 1;
        }

        /// <summary>Whether every byte is zero: a sector that was never written.</summary>
        public static bool IsZero(byte[] sector, int offset)
        {
            for (int at = offset; at < offset + Sector.Size; at += 8)
            {
                if (BigEndian.Get64(sector, at) != 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Raises the generation and sets the CRC.</summary>
        public static void Seal(INatives natives, byte[] sector, int offset)
        {
            // Wraps after 2^32 writes of one sector, which no card lives to see; copies are compared by difference all the same.
            BigEndian.Put32(sector, offset + 12, Generation(sector, offset) + 1);

            // Over the whole sector with its own field zero: one native call, no bytes moved.
            BigEndian.Put32(sector, offset + CrcAt, 0);
            BigEndian.Put32(sector, offset + CrcAt, (int)natives.Crc32(sector, offset, Sector.Size));
        }

        /// <summary>Whether the sector is whole, of this version, and the one with this number. Leaves it unchanged.</summary>
        public static bool IsValid(INatives natives, byte[] sector, int offset, int number)
        {
            if (BigEndian.Get32(sector, offset) != Magic || BigEndian.Get16(sector, offset + 4) != FormatVersion.Current)
            {
                return false;
            }

            if (BigEndian.Get16(sector, offset + 6) != Records || BigEndian.Get32(sector, offset + 8) != number)
            {
                return false;
            }

            int crc = BigEndian.Get32(sector, offset + CrcAt);
            BigEndian.Put32(sector, offset + CrcAt, 0);
            bool same = (int)natives.Crc32(sector, offset, Sector.Size) == crc;

            // Put back: the caller's buffer is the sector, and it may be written as it is.
            BigEndian.Put32(sector, offset + CrcAt, crc);
            return same;
        }

        /// <summary>The sector's generation.</summary>
        public static int Generation(byte[] sector, int offset)
        {
            return BigEndian.Get32(sector, offset + 12);
        }

        /// <summary>Slots that the card had when the sector was written.</summary>
        public static int Slots(byte[] sector, int offset)
        {
            return BigEndian.Get32(sector, offset + SlotsAt);
        }

        /// <summary>Sectors in a slot.</summary>
        public static int SlotSectors(byte[] sector, int offset)
        {
            return BigEndian.Get32(sector, offset + 20);
        }

        /// <summary>Offset of a record in the array that holds the sector.</summary>
        public static int Record(int offset, int record)
        {
            return offset + HeaderBytes + record * RecordBytes;
        }
    }
}
