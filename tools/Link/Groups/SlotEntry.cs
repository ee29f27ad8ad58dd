// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Link
{
    /// <summary>A slot that holds a segment, as the camera's catalogue has it.</summary>
    /// <param name="Slot">Its number, which is the item's id.</param>
    /// <param name="State">1 open, 2 closed (FORMAT.md 2.2).</param>
    /// <param name="Recording">Recording number.</param>
    /// <param name="Segment">Segment number.</param>
    /// <param name="Sectors">Sectors used, the close block included; 0 while open.</param>
    /// <param name="UtcSeconds">Seconds since 1970 of its first frame; 0 when the clock was unset.</param>
    /// <param name="Fragments">Fragments; 0 while open.</param>
    /// <param name="Digest">First 8 bytes of the close digest when closed, of the recording id when open.</param>
    public sealed record SlotEntry(
        int Slot,
        int State,
        long Recording,
        long Segment,
        long Sectors,
        long UtcSeconds,
        long Fragments,
        byte[] Digest
    )
    {
        /// <summary>Whether the segment is closed.</summary>
        public bool IsClosed => State == 2;

        internal static SlotEntry Read(object? item)
        {
            if (
                item is not IReadOnlyList<object?> { Count: >= 8 } f
                || f[0] is not (long slot and >= 0 and < 100_000)
                || f[1] is not long state
                || f[2] is not (long recording and >= 0)
                || f[3] is not (long segment and >= 0)
                || f[4] is not (long sectors and >= 0)
                || f[5] is not (long utc and >= 0)
                || f[6] is not (long fragments and >= 0)
                || f[7] is not byte[] { Length: 8 } digest
            )
            {
                throw CborMap.Bad("an entry of the list is not as it must be");
            }

            return new SlotEntry((int)slot, (int)state, recording, segment, sectors, utc, fragments, digest);
        }
    }
}
