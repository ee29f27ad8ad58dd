// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;

namespace Lapel.PowerCut
{
    /// <summary>The card as one cut leaves it.</summary>
    internal static class CutCard
    {
        /// <summary>Writes that follow a lost one before the power goes, at most.</summary>
        private const int LostFor = 23;

        /// <summary>The card after the cut at a sector of a write; null when the variant means nothing there.</summary>
        public static (MemoryMedium Card, MemorySnapshot Flash, WriteRecord At)? Make(
            Shift shift,
            WriteRecord write,
            int sector,
            CutVariant variant
        )
        {
            if (variant == CutVariant.LostWrite)
            {
                return Lost(shift, write, sector);
            }

            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(write.Card);
            int count = write.Sectors.Count;
            switch (variant)
            {
                case CutVariant.TornSector:
                    Put(card, write, 0, sector);
                    card.Write(write.Path, (write.Sector + sector) * 512, write.Sectors[sector].AsSpan(0, 256));
                    break;
                case CutVariant.OutOfOrder:
                    if (count == 1)
                    {
                        return null;
                    }

                    Put(card, write, sector + 1, count);
                    break;
                case CutVariant.StaleSector:
                    if (count == 1)
                    {
                        return null;
                    }

                    Put(card, write, 0, sector);
                    Put(card, write, sector + 1, count);
                    break;
                default:
                    Put(card, write, 0, sector);
                    break;
            }

            return (card, write.Flash, write);
        }

        private static void Put(MemoryMedium card, WriteRecord write, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                card.Write(write.Path, (write.Sector + i) * 512, write.Sectors[i]);
            }
        }

        private static (MemoryMedium, MemorySnapshot, WriteRecord)? Lost(Shift shift, WriteRecord write, int sector)
        {
            // A write is lost whole: once for each of them is enough.
            if (sector != 0)
            {
                return null;
            }

            int then = Math.Min(write.Index + 1 + write.Index % LostFor, shift.Writes.Count - 1);
            if (then <= write.Index)
            {
                return null;
            }

            WriteRecord at = shift.Writes[then];
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(at.Card);
            var before = new MemoryMedium { Stale = shift.Stale };
            before.Restore(write.Card);
            var rewritten = new HashSet<long>();
            for (int i = write.Index + 1; i < then; i++)
            {
                WriteRecord other = shift.Writes[i];
                if (other.Path != write.Path)
                {
                    continue;
                }

                for (int n = 0; n < other.Sectors.Count; n++)
                {
                    rewritten.Add(other.Sector + n);
                }
            }

            var old = new byte[512];
            for (int n = 0; n < write.Sectors.Count; n++)
            {
                long place = write.Sector + n;
                if (rewritten.Contains(place))
                {
                    continue;
                }

                before.Read(write.Path, place * 512, old);
                card.Write(write.Path, place * 512, old);
            }

            return (card, at.Flash, at);
        }
    }
}
