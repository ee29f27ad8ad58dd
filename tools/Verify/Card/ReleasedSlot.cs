// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>
    /// A slot whose segment was released (FORMAT.md section 10). The catalogue decides, since anybody could write a note: where it says
    /// closed, a note is an alteration. Where it is damaged,
    /// the note stands for it.
    /// </summary>
    internal static class ReleasedSlot
    {
        private const int NoteAt = 32,
            NoteBytes = 96;

        /// <summary>usertype(07).</summary>
        private static ReadOnlySpan<byte> Type =>
            [0x75, 0x75, 0x69, 0x64, 0x8f, 0x3a, 0x6d, 0x1e, 0x5b, 0x7c, 0x4e, 0x21, 0x9a, 0x40, 0x6c, 0x61, 0x70, 0x65, 0x6c, 0x07];

        /// <summary>Whether the slot is to be passed over.</summary>
        public static bool Is(Catalogue? catalogue, SlotFile slot)
        {
            if (slot.Slot == null)
            {
                return false;
            }

            CatalogueRecord? record = catalogue?[slot.Slot.Value];
            // In between header and envelope may be half there.
            if (record is { State: CatalogueRecord.Releasing })
            {
                return true;
            }

            return record is null or { State: CatalogueRecord.Released } && HasNote(slot.Path, slot.Slot.Value);
        }

        private static bool HasNote(string path, uint slot)
        {
            var start = new byte[128];
            try
            {
                using FileStream file = File.OpenRead(path);
                if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
                {
                    return false;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
            return BoxBytes.U32(start, NoteAt) == NoteBytes
                && start.AsSpan(NoteAt + 4, Type.Length).SequenceEqual(Type)
                && BoxBytes.U16(start, NoteAt + 24) == 1
                && BoxBytes.U32(start, NoteAt + 24 + 20) == slot;
        }
    }
}
