// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>What the catalogue says of one slot (FORMAT.md 2.2). Kept and filled anew by who marks slots often.</summary>
    public sealed class SlotRecord
    {
        /// <summary>The slot's state.</summary>
        public SlotState State;

        /// <summary>The recording's number; 0 when the slot holds none.</summary>
        public int Recording;

        /// <summary>The segment's number.</summary>
        public int Segment;

        /// <summary>Sectors used, the close block included; 0 until the segment is closed.</summary>
        public int UsedSectors;

        /// <summary>UTC of the segment's first frame, seconds since 1970; 0 when the clock was unset.</summary>
        public int UtcSeconds;

        /// <summary>Fragments; 0 until the segment is closed.</summary>
        public int Fragments;

        /// <summary>
        /// Its first <see cref="CatalogueSector.DigestBytes"/> are recorded: of the recording's id while the slot is open, of the close
        /// digest afterwards. Null for none.
        /// </summary>
        public byte[] Digest;

        /// <summary>A slot in this state that holds no recording.</summary>
        public static SlotRecord Without(SlotState state)
        {
            SlotRecord record = new SlotRecord();
            record.State = state;
            return record;
        }

        /// <summary>A slot in which a segment begins.</summary>
        /// <param name="recording">The recording's number.</param>
        /// <param name="segment">The segment's number.</param>
        /// <param name="utcSeconds">UTC of its first frame, seconds since 1970; 0 when the clock is unset.</param>
        /// <param name="recordingId">The recording's id, 16 bytes.</param>
        public static SlotRecord Open(int recording, int segment, int utcSeconds, byte[] recordingId)
        {
            SlotRecord record = new SlotRecord();
            record.State = SlotState.Open;
            record.Recording = recording;
            record.Segment = segment;
            record.UtcSeconds = utcSeconds;
            record.Digest = recordingId;
            return record;
        }

        /// <summary>Makes an open slot's record the closed one's.</summary>
        /// <param name="usedSectors">Sectors used, the close block included.</param>
        /// <param name="fragments">Fragments.</param>
        /// <param name="closeDigest">Close digest, 32 bytes.</param>
        public void Close(int usedSectors, int fragments, byte[] closeDigest)
        {
            State = SlotState.Closed;
            UsedSectors = usedSectors;
            Fragments = fragments;
            Digest = closeDigest;
        }

        /// <summary>Writes the record.</summary>
        /// <param name="bytes">A catalogue sector, or a record alone.</param>
        /// <param name="at">Where the record begins.</param>
        public void Put(byte[] bytes, int at)
        {
            Array.Clear(bytes, at, CatalogueSector.RecordBytes);
            bytes[at] = (byte)State;
            BigEndian.Put32(bytes, at + CatalogueSector.RecordingAt, Recording);
            BigEndian.Put32(bytes, at + CatalogueSector.SegmentAt, Segment);
            BigEndian.Put32(bytes, at + CatalogueSector.SectorsAt, UsedSectors);
            BigEndian.Put32(bytes, at + CatalogueSector.TimeAt, UtcSeconds);
            BigEndian.Put32(bytes, at + CatalogueSector.FragmentsAt, Fragments);
            if (Digest != null)
            {
                Array.Copy(Digest, 0, bytes, at + CatalogueSector.DigestAt, CatalogueSector.DigestBytes);
            }
        }
    }
}
