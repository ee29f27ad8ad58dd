// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>What the first sector of a slot's file is: all that is read of a slot that holds no segment.</summary>
    internal sealed class SlotStart
    {
        private const int NoteAt = 32,
            NoteBytes = 96;

        /// <summary>usertype(07).</summary>
        private static ReadOnlySpan<byte> NoteType =>
            [0x75, 0x75, 0x69, 0x64, 0x8f, 0x3a, 0x6d, 0x1e, 0x5b, 0x7c, 0x4e, 0x21, 0x9a, 0x40, 0x6c, 0x61, 0x70, 0x65, 0x6c, 0x07];

        private SlotStart() { }

        /// <summary>Whether a segment may begin here; then the whole is to be judged.</summary>
        public bool MayBeSegment { get; private init; }

        /// <summary>Whether it begins as some other movie does: a player shows it, and no camera of ours made it as a segment.</summary>
        public bool IsOtherMovie { get; private init; }

        /// <summary>The release note that stands here (FORMAT.md 10.2); null when there is none.</summary>
        public SlotNote? Note { get; private init; }

        /// <summary>Reads the first sector; what cannot be read, or is no regular file, may be a segment: the judge says why.</summary>
        public static SlotStart Read(SlotFile slot)
        {
            Span<byte> first = stackalloc byte[BoxBytes.Sector];
            try
            {
                if (new FileInfo(slot.Path).Length < BoxBytes.Sector)
                {
                    return new SlotStart { MayBeSegment = true };
                }

                using var file = new FileSource(slot.Path, whole: false);
                if (file.Read(0, first) < first.Length)
                {
                    return new SlotStart { MayBeSegment = true };
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new SlotStart { MayBeSegment = true };
            }
            SlotNote? note = slot.Slot is uint number ? NoteIn(first, number) : null;
            bool segment = note == null && SegmentWalk.LooksLikeInit(first);
            return new SlotStart
            {
                Note = note,
                MayBeSegment = segment,
                IsOtherMovie = note == null && !segment && BoxBytes.IsType(first, 0, "ftyp") && BoxBytes.U32(first, 0) is >= 16 and <= 256,
            };
        }

        private static SlotNote? NoteIn(ReadOnlySpan<byte> first, uint slot)
        {
            ReadOnlySpan<byte> body = first[(NoteAt + BoxBytes.UuidHeader)..];
            return
                BoxBytes.U32(first, NoteAt) == NoteBytes
                && first.Slice(NoteAt + 4, NoteType.Length).SequenceEqual(NoteType)
                && BoxBytes.U16(body, 0) == 1
                && BoxBytes.U32(body, 20) == slot
                ? new SlotNote(
                    body.Slice(4, 16).ToArray(),
                    slot,
                    BoxBytes.U32(body, 24),
                    BoxBytes.U32(body, 28),
                    BoxBytes.U64(body, 32),
                    body.Slice(40, 32).ToArray()
                )
                : null;
        }
    }
}
