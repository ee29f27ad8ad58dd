// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.PowerCut
{
    /// <summary>What the clean run had written of a slot before a write, read off the writes themselves.</summary>
    internal sealed class Truth
    {
        private Truth() { }

        /// <summary>Fragments whose trailer was written.</summary>
        public int Fragments { get; private set; }

        /// <summary>Whether the close block was written.</summary>
        public bool Closed { get; private set; }

        /// <summary>Slots of which anything was written before a write, by path.</summary>
        public static Dictionary<string, Truth> Before(Shift shift, int index)
        {
            var truth = new Dictionary<string, Truth>();
            for (int i = 0; i < index; i++)
            {
                WriteRecord write = shift.Writes[i];
                if (!write.IsSlot)
                {
                    continue;
                }

                byte[] data = write.Sectors[0];
                if (data[4] == (byte)'f' && data[5] == (byte)'t' && data[6] == (byte)'y')
                {
                    truth[write.Path] = new Truth();
                }

                if (!truth.TryGetValue(write.Path, out Truth? slot) || !data.AsSpan(4, 4).SequenceEqual("uuid"u8))
                {
                    continue;
                }

                if (data[23] == 3)
                {
                    slot.Fragments++;
                }

                if (data[23] == 4 && data[25] == 2)
                {
                    slot.Closed = true;
                }
            }

            return truth;
        }
    }
}
