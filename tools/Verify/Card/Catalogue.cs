// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>The catalogue, put together from its two copies (FORMAT.md 2.2).</summary>
    public sealed class Catalogue
    {
        /// <summary>Records in a sector.</summary>
        public const int RecordsPerSector = 15;

        /// <summary>Slots that the folders S000 to S999 can hold.</summary>
        public const int MostSlots = 100_000;

        private readonly Dictionary<uint, CatalogueRecord> _records = [];

        /// <summary>Slots on the card by the catalogue, of those that are made; 0 when no sector is valid.</summary>
        public uint Slots { get; private set; }

        /// <summary>Whether the card has all its slots; a new one gets them while the camera works.</summary>
        public bool IsWhole { get; private set; }

        /// <summary>Sectors that are valid in neither copy, of those that were written.</summary>
        public int UnknownSectors { get; private set; }

        /// <summary>Sectors in a slot by the catalogue, 0 when no sector is valid.</summary>
        public uint SlotSectors { get; private set; }

        /// <summary>The record of a slot, null when it is unknown.</summary>
        public CatalogueRecord? this[uint slot] => _records.GetValueOrDefault(slot);

        /// <summary>The slots of which there is a record.</summary>
        public IEnumerable<KeyValuePair<uint, CatalogueRecord>> Records => _records;

        /// <summary>Reads both copies; either may be null when it is not there.</summary>
        public static Catalogue Read(Stream? a, Stream? b)
        {
            var catalogue = new Catalogue();
            var one = new byte[BoxBytes.Sector];
            var two = new byte[BoxBytes.Sector];
            int unwritten = 0;
            for (uint i = 0; i < (MostSlots + RecordsPerSector - 1) / RecordsPerSector; i++)
            {
                if (catalogue.IsWhole && i * RecordsPerSector >= catalogue.Slots)
                {
                    break;
                }

                bool first = Next(a, one),
                    second = Next(b, two);
                if (!first && !second)
                {
                    break;
                }

                bool validOne = first && Valid(one, i),
                    validTwo = second && Valid(two, i);
                if (validOne || validTwo)
                {
                    // Sectors are written in turn: before one that is there every other was.
                    catalogue.UnknownSectors += unwritten;
                    unwritten = 0;
                    catalogue.Take(validOne && (!validTwo || BoxBytes.U32(one, 12) >= BoxBytes.U32(two, 12)) ? one : two, i);
                }
                else if ((first && !one.AsSpan().ContainsAnyExcept((byte)0)) || (second && !two.AsSpan().ContainsAnyExcept((byte)0)))
                {
                    unwritten++;
                }
                else
                {
                    catalogue.UnknownSectors++;
                }
            }

            if (catalogue.IsWhole || catalogue.Slots == 0)
            {
                catalogue.UnknownSectors += unwritten;
            }

            return catalogue;
        }

        private static bool Next(Stream? stream, byte[] sector) =>
            stream != null && stream.ReadAtLeast(sector, sector.Length, throwOnEndOfStream: false) == sector.Length;

        private static bool Valid(byte[] sector, uint number)
        {
            if (
                !sector.AsSpan(0, 4).SequenceEqual("LPLC"u8)
                || BoxBytes.U16(sector, 4) != 1
                || BoxBytes.U16(sector, 6) != RecordsPerSector
                || BoxBytes.U32(sector, 8) != number
            )
            {
                return false;
            }

            uint stated = BoxBytes.U32(sector, 28);
            Span<byte> copy = stackalloc byte[BoxBytes.Sector];
            sector.CopyTo(copy);
            copy.Slice(28, 4).Clear();
            return Crc32.Of(copy) == stated;
        }

        private void Take(byte[] sector, uint number)
        {
            // Each sector vouches for its own slots; one that was written when the card had all of them knows how many.
            uint stated = BoxBytes.U32(sector, 16);
            bool whole = BoxBytes.U32(sector, 24) == 1;
            IsWhole |= whole;
            Slots = Math.Max(Slots, whole ? stated : Math.Min(stated, (number + 1) * RecordsPerSector));
            SlotSectors = BoxBytes.U32(sector, 20);
            for (uint i = 0; i < RecordsPerSector; i++)
            {
                uint slot = number * RecordsPerSector + i;
                if (slot >= stated)
                {
                    break;
                }

                ReadOnlySpan<byte> r = sector.AsSpan(32 + 32 * (int)i, 32);
                _records[slot] = new CatalogueRecord(
                    r[0],
                    BoxBytes.U32(r, 4),
                    BoxBytes.U32(r, 8),
                    BoxBytes.U32(r, 12),
                    BoxBytes.U32(r, 16),
                    BoxBytes.U32(r, 20),
                    BoxBytes.U64(r, 24)
                );
            }
        }
    }
}
