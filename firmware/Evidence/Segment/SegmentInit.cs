// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Builds a segment's init: `ftyp`, segment header, `moov`, padding (FORMAT.md 3.1). Once a segment, ahead of its first write.
    /// </summary>
    public sealed class SegmentInit
    {
        /// <summary>
        /// Room for an init: 32 + 168 + 1,005 bytes; sealed for four recipients 396 + 296 + 80 more; rounded up. Segments are planned with
        /// it, sealed or not.
        /// </summary>
        public const int MaxBytes = 2048;

        private const int VideoTrack = 1;
        private const int TextTrack = 3;
        private const int TextHeight = 48;

        // Seconds from 1904-01-01 (ISO/IEC 14496-12, 8.2.2) to 1970-01-01.
        private const long From1904To1970 = 2082844800L;

        private readonly byte[] _bytes = new byte[MaxBytes + Sector.Size];
        private int _length;

        /// <summary>The init's bytes; <see cref="Length"/> of them count, and a sector of room for the terminator follows.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Bytes of the init, a multiple of 512.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Builds the init of a segment; <see cref="Length"/> says how long it is.</summary>
        /// <param name="device">The device.</param>
        /// <param name="recording">The recording: id, times, picture size, seal.</param>
        /// <param name="segment">Segment number.</param>
        /// <param name="slot">Slot number.</param>
        /// <param name="slotSectors">Sectors in the slot.</param>
        /// <param name="firstFrameIndex">Frame index in the recording of the segment's first frame.</param>
        public void Build(DeviceIdentity device, RecordingFacts recording, int segment, int slot, int slotSectors, int firstFrameIndex)
        {
            Array.Clear(_bytes, 0, _bytes.Length);
            var box = new BoxWriter(_bytes);
            FileType(box);
            Header(box, device, recording, segment, slot, slotSectors, firstFrameIndex);
            Seal(box, recording.Seal);
            Movie(box, recording);
            int used = box.Position;
            _length = Sector.RoundUpForFreeBox(used);
            if (_length > used)
            {
                FreeBox.PutHeader(_bytes, used, _length - used);
            }
        }

        private static void FileType(BoxWriter box)
        {
            int start = box.Begin("ftyp");
            box.Text("isom");
            box.U32(0x200);
            box.Text("isomiso6mp41qt  ");
            box.End(start);
        }

        private void Header(
            BoxWriter box,
            DeviceIdentity device,
            RecordingFacts recording,
            int segment,
            int slot,
            int slotSectors,
            int firstFrameIndex
        )
        {
            const int body = SegmentHeader.BodyAt;
            UserType.PutHeader(_bytes, SegmentHeader.BoxAt, SegmentHeader.BoxBytes, UserType.SegmentHeader);
            BigEndian.Put16(_bytes, body + SegmentHeader.VersionAt, FormatVersion.Current);
            BigEndian.Put16(_bytes, body + SegmentHeader.FlagsAt, recording.Seal == null ? 0 : SegmentHeader.SealedFlag);
            Array.Copy(device.Id, 0, _bytes, body + SegmentHeader.DeviceAt, 16);
            Array.Copy(recording.Id, 0, _bytes, body + SegmentHeader.RecordingAt, 16);
            BigEndian.Put32(_bytes, body + SegmentHeader.RecordingNumberAt, recording.Number);
            BigEndian.Put32(_bytes, body + SegmentHeader.SegmentAt, segment);
            BigEndian.Put32(_bytes, body + SegmentHeader.FirstLiveAt, recording.FirstLive);
            BigEndian.Put32(_bytes, body + SegmentHeader.SlotAt, slot);
            BigEndian.Put32(_bytes, body + SegmentHeader.SlotSectorsAt, slotSectors);
            BigEndian.Put64(_bytes, body + SegmentHeader.ZeroMsAt, recording.ZeroMs);
            BigEndian.Put64(_bytes, body + SegmentHeader.ZeroUtcMsAt, recording.ZeroUtcMs);
            BigEndian.Put32(_bytes, body + SegmentHeader.UncertaintyMsAt, recording.UncertaintyMs < 0 ? -1 : recording.UncertaintyMs);
            _bytes[body + SegmentHeader.SourceAt] = (byte)recording.Source;
            Array.Copy(device.PublicKey, 0, _bytes, body + SegmentHeader.PublicKeyAt, 32);
            for (int i = 0; i < device.Unit.Length; i++)
            {
                _bytes[body + SegmentHeader.UnitAt + i] = (byte)device.Unit[i];
            }

            BigEndian.Put16(_bytes, body + SegmentHeader.WidthAt, recording.Width);
            BigEndian.Put16(_bytes, body + SegmentHeader.HeightAt, recording.Height);
            BigEndian.Put32(_bytes, body + SegmentHeader.BootAt, device.BootNumber);
            BigEndian.Put32(_bytes, body + SegmentHeader.FirstFrameAt, firstFrameIndex);
            box.Skip(SegmentHeader.BoxBytes);
        }

        private void Seal(BoxWriter box, RecordingSeal seal)
        {
            if (seal == null)
            {
                return;
            }

            Array.Copy(seal.Envelope, 0, _bytes, box.Position, seal.Envelope.Length);
            box.Skip(seal.Envelope.Length);
            Array.Copy(seal.PrivateBox, 0, _bytes, box.Position, seal.PrivateBox.Length);
            box.Skip(seal.PrivateBox.Length);
        }

        // Common Encryption, scheme cbc1: full samples, 16-byte vectors (ISO/IEC 23001-7, 4.2, 8.1, 8.2 and 10.2).
        private static void ProtectionScheme(BoxWriter box, byte[] keyId)
        {
            int sinf = box.Begin("sinf");
            int frma = box.Begin("frma");
            box.Text("jpeg");
            box.End(frma);
            int schm = box.BeginFull("schm", 0);
            box.Text("cbc1");
            box.U32(0x00010000);
            box.End(schm);
            int schi = box.Begin("schi");
            int tenc = box.BeginFull("tenc", 0);
            box.U16(0);
            box.U8(1);
            box.U8(RecordingSeal.KeyBytes);
            for (int i = 0; i < keyId.Length; i++)
            {
                box.U8(keyId[i]);
            }

            box.End(tenc);
            box.End(schi);
            box.End(sinf);
        }

        private static void Movie(BoxWriter box, RecordingFacts recording)
        {
            // 32 bits of seconds since 1904 end in 2040: what they cannot say is left unsaid.
            long since1904 = recording.ZeroUtcMs / 1000 + From1904To1970;
            int created = recording.ZeroUtcMs == 0 || since1904 > 0xFFFFFFFFL ? 0 : (int)since1904;
            int moov = box.Begin("moov");
            int mvhd = box.BeginFull("mvhd", 0);
            box.U32(created);
            box.U32(created);
            box.U32(1000);
            box.U32(0);
            box.U32(0x00010000);
            box.U16(0x0100);
            box.Skip(10);
            box.Matrix(0);
            box.Skip(24);
            box.U32(TextTrack + 1);
            box.End(mvhd);
            VideoTrackBox(box, recording, created);
            TextTrackBox(box, recording, created);
            int mvex = box.Begin("mvex");
            TrackExtends(box, VideoTrack);
            TrackExtends(box, TextTrack);
            box.End(mvex);
            box.End(moov);
        }

        private static void TrackHeader(BoxWriter box, int track, int created, int ty, int width, int height)
        {
            int tkhd = box.BeginFull("tkhd", 7);
            box.U32(created);
            box.U32(created);
            box.U32(track);
            box.U32(0);
            box.U32(0);
            box.Skip(8);
            box.Skip(8);
            box.Matrix(ty);
            box.U32(width << 16);
            box.U32(height << 16);
            box.End(tkhd);
        }

        private static void MediaHeader(BoxWriter box, int created, string handler, string name)
        {
            int mdhd = box.BeginFull("mdhd", 0);
            box.U32(created);
            box.U32(created);
            box.U32(1000);
            box.U32(0);
            box.U16(0x55C4);
            box.U16(0);
            box.End(mdhd);
            int hdlr = box.BeginFull("hdlr", 0);
            box.U32(0);
            box.Text(handler);
            box.Skip(12);
            box.Text(name);
            box.U8(0);
            box.End(hdlr);
        }

        private static void DataInformation(BoxWriter box)
        {
            int dinf = box.Begin("dinf");
            int dref = box.BeginFull("dref", 0);
            box.U32(1);
            int url = box.BeginFull("url ", 1);
            box.End(url);
            box.End(dref);
            box.End(dinf);
        }

        private static void EmptyTables(BoxWriter box)
        {
            int stts = box.BeginFull("stts", 0);
            box.U32(0);
            box.End(stts);
            int stsc = box.BeginFull("stsc", 0);
            box.U32(0);
            box.End(stsc);
            int stsz = box.BeginFull("stsz", 0);
            box.U32(0);
            box.U32(0);
            box.End(stsz);
            int stco = box.BeginFull("stco", 0);
            box.U32(0);
            box.End(stco);
        }

        private static void VideoTrackBox(BoxWriter box, RecordingFacts recording, int created)
        {
            int trak = box.Begin("trak");
            TrackHeader(box, VideoTrack, created, 0, recording.Width, recording.Height);
            int mdia = box.Begin("mdia");
            MediaHeader(box, created, "vide", "Video");
            int minf = box.Begin("minf");
            int vmhd = box.BeginFull("vmhd", 1);
            box.Skip(8);
            box.End(vmhd);
            DataInformation(box);
            int stbl = box.Begin("stbl");
            int stsd = box.BeginFull("stsd", 0);
            box.U32(1);
            int jpeg = box.Begin(recording.Seal == null ? "jpeg" : "encv");
            box.Skip(6);
            box.U16(1);
            box.Skip(16);
            box.U16(recording.Width);
            box.U16(recording.Height);
            box.U32(0x00480000);
            box.U32(0x00480000);
            box.U32(0);
            box.U16(1);
            box.U8(12);
            box.Text("Photo - JPEG");
            box.Skip(19);
            box.U16(24);
            box.U16(0xFFFF);
            if (recording.Seal != null)
            {
                ProtectionScheme(box, recording.Seal.KeyId);
            }

            box.End(jpeg);
            box.End(stsd);
            EmptyTables(box);
            box.End(stbl);
            box.End(minf);
            box.End(mdia);
            box.End(trak);
        }

        private static void TextTrackBox(BoxWriter box, RecordingFacts recording, int created)
        {
            int trak = box.Begin("trak");
            TrackHeader(box, TextTrack, created, recording.Height - TextHeight, recording.Width, TextHeight);
            int mdia = box.Begin("mdia");
            MediaHeader(box, created, "sbtl", "Text");
            int minf = box.Begin("minf");
            int nmhd = box.BeginFull("nmhd", 0);
            box.End(nmhd);
            DataInformation(box);
            int stbl = box.Begin("stbl");
            int stsd = box.BeginFull("stsd", 0);
            box.U32(1);
            int tx3g = box.Begin("tx3g");
            box.Skip(6);
            box.U16(1);
            box.U32(0);
            box.U8(1);
            box.U8(0xFF);
            box.U32(0);
            box.U16(0);
            box.U16(0);
            box.U16(TextHeight);
            box.U16(recording.Width);
            box.U16(0);
            box.U16(0);
            box.U16(1);
            box.U8(0);
            box.U8(16);
            box.U32(-1);
            int ftab = box.Begin("ftab");
            box.U16(1);
            box.U16(1);
            box.U8(5);
            box.Text("Serif");
            box.End(ftab);
            box.End(tx3g);
            box.End(stsd);
            EmptyTables(box);
            box.End(stbl);
            box.End(minf);
            box.End(mdia);
            box.End(trak);
        }

        private static void TrackExtends(BoxWriter box, int track)
        {
            int trex = box.BeginFull("trex", 0);
            box.U32(track);
            box.U32(1);
            box.U32(0);
            box.U32(0);
            box.U32(0);
            box.End(trex);
        }
    }
}
