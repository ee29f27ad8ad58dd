// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>One sector of the audit log: header, body, device MAC, CRC (FORMAT.md section 9).</summary>
    public sealed class AuditSector
    {
        /// <summary>Where the body begins.</summary>
        public const int BodyAt = 96;

        /// <summary>Bytes of the body.</summary>
        public const int BodyBytes = MacAt - BodyAt;

        /// <summary>
        /// Places are below this: a sector a second takes longer than anything lasts, so what stands there is a stranger's, and counting on
        /// from it stays below 2^63.
        /// </summary>
        public const long MostPlace = 1L << 52;

        private const int Magic = 0x4C504C41;
        private const int VersionAt = 4;
        private const int KindAt = 6;
        private const int EntriesAt = 7;
        private const int DeviceAt = 8;
        private const int LogAt = 24;
        private const int PlaceAt = 32;
        private const int SequenceAt = 40;
        private const int BeforeAt = 48;
        private const int BeforeDigestAt = 56;
        private const int BootAt = 88;
        private const int UsedAt = 92;
        private const int FoundAt = 94;
        private const int MacAt = 476;
        private const int CrcAt = 508;

        private readonly Digests _digests;
        private readonly INatives _natives;
        private readonly DeviceIdentity _device;

        // Natives take whole arrays: one of each length, taken once.
        private readonly byte[] _macInput = new byte[MacAt];
        private readonly byte[] _whole = new byte[Sector.Size];

        /// <summary>Sectors of this device.</summary>
        public AuditSector(Digests digests, INatives natives, DeviceIdentity device)
        {
            _digests = digests;
            _natives = natives;
            _device = device;
        }

        /// <summary>Writes the header of the sector that follows a head; the body is zero.</summary>
        /// <param name="sector">512 bytes.</param>
        /// <param name="kind">What the body will be.</param>
        /// <param name="before">The sector before, of this device.</param>
        /// <param name="sequence">Its own sequence number.</param>
        /// <param name="log">Id of the log.</param>
        /// <param name="place">Sectors written to the file before it.</param>
        /// <param name="found">How the log was found, in the first sector after that; else as left.</param>
        public void Begin(byte[] sector, AuditSectorKind kind, AuditHead before, long sequence, long log, long place, LogFound found)
        {
            // What is not in use is zero, so that the same entries always make the same sector.
            Array.Clear(sector, 0, Sector.Size);
            BigEndian.Put32(sector, 0, Magic);
            BigEndian.Put16(sector, VersionAt, FormatVersion.Current);
            sector[KindAt] = (byte)kind;
            Array.Copy(_device.Id, 0, sector, DeviceAt, 16);
            BigEndian.Put64(sector, LogAt, log);
            BigEndian.Put64(sector, PlaceAt, place);
            BigEndian.Put64(sector, SequenceAt, sequence);
            BigEndian.Put64(sector, BeforeAt, before.Sequence);

            // The first sector of a device has none before it.
            if (before.Sequence != 0)
            {
                Array.Copy(before.Digest, 0, sector, BeforeDigestAt, Digests.Size);
            }

            BigEndian.Put32(sector, BootAt, _device.BootNumber);
            BigEndian.Put16(sector, FoundAt, (int)found);
        }

        /// <summary>States the body's extent and sets MAC and CRC.</summary>
        /// <param name="sector">The sector.</param>
        /// <param name="entries">Entries in it.</param>
        /// <param name="used">Bytes of the body in use.</param>
        public void Seal(byte[] sector, int entries, int used)
        {
            sector[EntriesAt] = (byte)entries;
            BigEndian.Put16(sector, UsedAt, used);

            // The MAC before the CRC, which covers it: a reader without the secret still tells a torn sector.
            Array.Copy(Mac(sector, 0), 0, sector, MacAt, Digests.Size);
            BigEndian.Put32(sector, CrcAt, (int)_natives.Crc32(sector, 0, CrcAt));
        }

        /// <summary>
        /// Whether a whole sector of any device's log stands here that belongs at this place; one of this device's own has its MAC.
        /// </summary>
        /// <param name="bytes">The array.</param>
        /// <param name="offset">Where the sector begins in it.</param>
        /// <param name="position">Its number in the file.</param>
        /// <param name="positions">Sectors of the file.</param>
        public bool IsWhole(byte[] bytes, int offset, int position, int positions)
        {
            if (BigEndian.Get32(bytes, offset) != Magic || BigEndian.Get16(bytes, offset + VersionAt) != FormatVersion.Current)
            {
                return false;
            }

            // Cheap comparisons first; CRC and MAC are for what could be a sector. Its place must be where it stands, so a copied sector is
            // none.
            long place = PlaceOf(bytes, offset);
            if (place < 0 || place >= MostPlace || place % positions != position || SequenceOf(bytes, offset) <= 0)
            {
                return false;
            }

            if ((int)_natives.Crc32(bytes, offset, CrcAt) != BigEndian.Get32(bytes, offset + CrcAt))
            {
                return false;
            }

            // Another device's sector cannot be judged: it is taken for whole by its CRC, and only ever gone on behind.
            return !IsOwn(bytes, offset) || SegmentHead.Same(bytes, offset + MacAt, Mac(bytes, offset));
        }

        /// <summary>
        /// Whether the sector says that this device wrote it, under the secret that it has now: one from before can be judged by nobody
        /// here.
        /// </summary>
        public bool IsOwn(byte[] bytes, int offset)
        {
            int boot = BigEndian.Get32(bytes, offset + BootAt);

            // A boot number below zero is one past 2^31: it is of no boot before the rotation.
            return SegmentHead.Same(bytes, offset + DeviceAt, _device.Id) && (boot >= _device.RotationBoot || boot < 0);
        }

        /// <summary>Id of the log that the sector is in.</summary>
        public static long LogOf(byte[] bytes, int offset)
        {
            return BigEndian.Get64(bytes, offset + LogAt);
        }

        /// <summary>Sectors written to the file before it.</summary>
        public static long PlaceOf(byte[] bytes, int offset)
        {
            return BigEndian.Get64(bytes, offset + PlaceAt);
        }

        /// <summary>The sector's sequence number.</summary>
        public static long SequenceOf(byte[] bytes, int offset)
        {
            return BigEndian.Get64(bytes, offset + SequenceAt);
        }

        /// <summary>H of the sector.</summary>
        public byte[] Hash(byte[] bytes, int offset)
        {
            Array.Copy(bytes, offset, _whole, 0, Sector.Size);
            return _digests.Hash(_whole);
        }

        /// <summary>A new log's id: no other log of this device has it.</summary>
        public long NewLog(AuditHead head)
        {
            // A MAC of what no other log of this device begins with: its last sequence number and its boot. No entropy is needed, and none
            // can be missing.
            Array.Clear(_macInput, 0, MacAt);
            BigEndian.Put64(_macInput, SequenceAt, head.Sequence);
            BigEndian.Put32(_macInput, BootAt, _device.BootNumber);
            return BigEndian.Get64(_digests.Mac(_device.MacKey, _macInput), 0);
        }

        private byte[] Mac(byte[] bytes, int offset)
        {
            Array.Copy(bytes, offset, _macInput, 0, MacAt);
            return _digests.Mac(_device.MacKey, _macInput);
        }
    }
}
