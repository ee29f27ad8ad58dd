// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// What stands at the start of a slot whose segment was released (FORMAT.md 10.2): two sectors over the segment's header and envelope.
    /// Nothing under them opens again.
    /// </summary>
    public static class ReleaseNote
    {
        /// <summary>
        /// Bytes that it covers: the init's header and its envelope box, which ends by byte 32 + 168 + 24 + 52 + 4 x 80 = 596.
        /// </summary>
        public const int Bytes = 2 * Sector.Size;

        /// <summary>Bytes of the box.</summary>
        public const int BoxBytes = UserType.BoxHeader + 72;

        // After `ftyp`, where the header of a segment stood: it is overwritten, so that no reader takes the slot for a segment.
        private const int BoxAt = SegmentHeader.BoxAt;
        private const int BodyAt = BoxAt + UserType.BoxHeader;
        private const int RecordAt = BodyAt + 24;
        private const int ArchiveAt = BodyAt + 40;
        private const int DigestBytes = CatalogueSector.DigestBytes;

        // "ftyp", 32 bytes, as SegmentInit writes it.
        private static readonly byte[] FileType =
        {
            0x00,
            0x00,
            0x00,
            0x20,
            0x66,
            0x74,
            0x79,
            0x70,
            0x69,
            0x73,
            0x6F,
            0x6D,
            0x00,
            0x00,
            0x02,
            0x00,
            0x69,
            0x73,
            0x6F,
            0x6D,
            0x69,
            0x73,
            0x6F,
            0x36,
            0x6D,
            0x70,
            0x34,
            0x31,
            0x71,
            0x74,
            0x20,
            0x20,
        };

        /// <summary>Builds the sectors.</summary>
        /// <param name="device">The device.</param>
        /// <param name="slot">Slot number.</param>
        /// <param name="slotBytes">Bytes of the slot.</param>
        /// <param name="record">The slot's record in the catalogue.</param>
        /// <param name="archive">Fingerprint of the archive; null when it is not known any more.</param>
        public static byte[] Build(DeviceIdentity device, int slot, int slotBytes, byte[] record, byte[] archive)
        {
            byte[] sectors = new byte[Bytes];

            // Still well-formed boxes, without a movie among them: a released slot must not look like a defect of the card.
            Array.Copy(FileType, 0, sectors, 0, BoxAt);
            UserType.PutHeader(sectors, BoxAt, BoxBytes, UserType.ReleaseNote);
            BigEndian.Put16(sectors, BodyAt, FormatVersion.Current);
            Array.Copy(device.Id, 0, sectors, BodyAt + 4, device.Id.Length);
            BigEndian.Put32(sectors, BodyAt + 20, slot);
            Array.Copy(record, CatalogueSector.RecordingAt, sectors, RecordAt, 8);
            Array.Copy(record, CatalogueSector.DigestAt, sectors, RecordAt + 8, DigestBytes);

            // Recovery does not know the archive any more, and says so with zeros rather than guess from the log.
            if (archive != null)
            {
                Array.Copy(archive, 0, sectors, ArchiveAt, archive.Length);
            }

            // One box over all the rest: nothing of the released segment is reached by a player, and nothing of it had to be written over.
            FreeBox.PutHeader(sectors, BoxAt + BoxBytes, slotBytes - BoxAt - BoxBytes);
            return sectors;
        }

        /// <summary>Whether a slot's first sector is such a note of this device for this slot.</summary>
        public static bool Is(byte[] sector, DeviceIdentity device, int slot)
        {
            return SegmentHead.Same(sector, 0, FileType)
                && BigEndian.Get32(sector, BoxAt) == BoxBytes
                && UserType.Is(sector, BoxAt, UserType.ReleaseNote)
                && BigEndian.Get16(sector, BodyAt) == FormatVersion.Current
                && SegmentHead.Same(sector, BodyAt + 4, device.Id)
                && BigEndian.Get32(sector, BodyAt + 20) == slot;
        }

        /// <summary>Recording number of a note.</summary>
        public static int Recording(byte[] sector)
        {
            return BigEndian.Get32(sector, RecordAt);
        }

        /// <summary>Segment number of a note.</summary>
        public static int Segment(byte[] sector)
        {
            return BigEndian.Get32(sector, RecordAt + 4);
        }

        /// <summary>First 8 bytes of the close digest of a note.</summary>
        public static byte[] Digest(byte[] sector)
        {
            byte[] digest = new byte[DigestBytes];
            Array.Copy(sector, RecordAt + 8, digest, 0, DigestBytes);
            return digest;
        }
    }
}
