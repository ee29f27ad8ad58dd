// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Lapel.Verify
{
    /// <summary>Reads the files of a card, as many at a time as there are processors, each in fixed memory.</summary>
    internal static class SlotReading
    {
        /// <summary>Files judged at a time: each takes about 1 MiB.</summary>
        private const int MostAtATime = 8;

        /// <summary>All of them, in the order of the card's list.</summary>
        public static IReadOnlyList<SlotRead> All(CardContents card, IReadOnlyDictionary<DeviceFolder, KeyChoice> keys)
        {
            var read = new SlotRead[card.Slots.Count];
            Parallel.For(
                0,
                read.Length,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostAtATime, Environment.ProcessorCount) },
                i => read[i] = One(card.Slots[i], keys[card.Slots[i].Home], card.Kind)
            );
            return read;
        }

        private static SlotRead One(SlotFile slot, KeyChoice key, CardKind kind)
        {
            SlotStart start = SlotStart.Read(slot);
            bool whole = start.MayBeSegment || (kind != CardKind.Card && start.Note == null);
            return new SlotRead(slot, start, whole ? SegmentVerifier.Verify(slot.Path, slot.Name, slot.Slot, key) : null);
        }
    }
}
