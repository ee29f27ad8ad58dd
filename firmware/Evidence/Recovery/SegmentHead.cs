// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>What the init of a segment says of it (FORMAT.md 3.1), read back from the card.</summary>
    public sealed class SegmentHead
    {
        /// <summary>Longest init of format version 1.</summary>
        public const int MaxInit = 16384;

        private const int BodyAt = SegmentHeader.BodyAt;

        // Types of boxes as integers: "ftyp", "moov", "free", "uuid".
        private const int FileType = 0x66747970;
        private const int Movie = 0x6D6F6F76;
        private const int Extended = 0x75756964;

        /// <summary>What is known of the recording: id, number, first live segment, times.</summary>
        public readonly RecordingFacts Recording = new RecordingFacts();

        /// <summary>Segment number.</summary>
        public int Segment;

        /// <summary>Frame index of its first frame.</summary>
        public int FirstFrame;

        /// <summary>Boot number of the recording.</summary>
        public int BootNumber;

        /// <summary>Bytes of the init, a multiple of 512.</summary>
        public int Length;

        /// <summary>
        /// Reads the first sector. False when it is not the beginning of a segment of this device, of this version, in this slot.
        /// </summary>
        /// <param name="bytes">At least 512 bytes from the slot's start.</param>
        /// <param name="device">The device.</param>
        /// <param name="slot">Slot number.</param>
        /// <param name="slotSectors">Sectors in a slot.</param>
        public bool Parse(byte[] bytes, DeviceIdentity device, int slot, int slotSectors)
        {
            if (BigEndian.Get32(bytes, 0) != SegmentHeader.BoxAt || BigEndian.Get32(bytes, 4) != FileType)
            {
                return false;
            }

            if (
                BigEndian.Get32(bytes, SegmentHeader.BoxAt) != SegmentHeader.BoxBytes
                || !UserType.Is(bytes, SegmentHeader.BoxAt, UserType.SegmentHeader)
            )
            {
                return false;
            }

            if (
                BigEndian.Get16(bytes, BodyAt + SegmentHeader.VersionAt) != FormatVersion.Current
                || !Same(bytes, BodyAt + SegmentHeader.DeviceAt, device.Id)
            )
            {
                return false;
            }

            if (
                BigEndian.Get32(bytes, BodyAt + SegmentHeader.SlotAt) != slot
                || BigEndian.Get32(bytes, BodyAt + SegmentHeader.SlotSectorsAt) != slotSectors
            )
            {
                return false;
            }

            Recording.Id = new byte[16];
            Array.Copy(bytes, BodyAt + SegmentHeader.RecordingAt, Recording.Id, 0, 16);
            Recording.Number = BigEndian.Get32(bytes, BodyAt + SegmentHeader.RecordingNumberAt);
            Segment = BigEndian.Get32(bytes, BodyAt + SegmentHeader.SegmentAt);
            Recording.FirstLive = BigEndian.Get32(bytes, BodyAt + SegmentHeader.FirstLiveAt);
            Recording.ZeroMs = BigEndian.Get64(bytes, BodyAt + SegmentHeader.ZeroMsAt);
            Recording.ZeroUtcMs = BigEndian.Get64(bytes, BodyAt + SegmentHeader.ZeroUtcMsAt);
            Recording.UncertaintyMs = BigEndian.Get32(bytes, BodyAt + SegmentHeader.UncertaintyMsAt);
            Recording.Source = (ClockSource)bytes[BodyAt + SegmentHeader.SourceAt];
            BootNumber = BigEndian.Get32(bytes, BodyAt + SegmentHeader.BootAt);
            FirstFrame = BigEndian.Get32(bytes, BodyAt + SegmentHeader.FirstFrameAt);
            return Recording.Number > 0 && Segment >= 0 && Recording.FirstLive >= 0 && FirstFrame >= 0;
        }

        /// <summary>
        /// Finds where the init ends: the first sector boundary at which a box ends once `moov` is over. False when its boxes do not lead
        /// there.
        /// </summary>
        /// <param name="bytes">The slot's beginning.</param>
        /// <param name="count">How much of it is there.</param>
        public bool FindEnd(byte[] bytes, int count)
        {
            int at = SegmentHeader.End;
            bool movie = false;
            while (at + 8 <= count)
            {
                int size = BigEndian.Get32(bytes, at);
                int type = BigEndian.Get32(bytes, at + 4);
                if (size < 8 || size > count - at || (type != Movie && type != FreeBox.Type && type != Extended))
                {
                    return false;
                }

                if (type == Movie)
                {
                    movie = true;
                }

                at += size;
                if (movie && (at & (Sector.Size - 1)) == 0)
                {
                    Length = at;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether bytes in an array are those of another, whole one. The caller sees to it that they are there.</summary>
        /// <param name="bytes">The array.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="expected">All of these bytes must stand there; also a part of an id, for its beginning.</param>
        public static bool Same(byte[] bytes, int offset, byte[] expected)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                if (bytes[offset + i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
