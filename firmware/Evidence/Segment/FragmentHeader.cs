// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Builds a fragment's header block: fragment header, `moof`, `mdat` header, text sample (FORMAT.md 3.2). Constant bytes are copied
    /// from templates, the rest patched in place; nothing is allocated. In a sealed segment the frames' initialisation vectors stand in it
    /// (8.1).
    /// </summary>
    public sealed class FragmentHeader
    {
        /// <summary>Bytes of the fragment header's box: 24 of box header, 56 of body.</summary>
        public const int BoxBytes = 80;

        // Offsets from the box's start (FORMAT.md 3.2 counts from the body's, 24 bytes later). Recovery reads what is written here.

        /// <summary>Offset of the fragment number in the segment, 4 bytes.</summary>
        public const int NumberAt = UserType.BoxHeader;

        /// <summary>Offset of the segment number, 4 bytes.</summary>
        public const int SegmentAt = UserType.BoxHeader + 4;

        /// <summary>Offset of the device id, 16 bytes.</summary>
        public const int DeviceAt = UserType.BoxHeader + 8;

        /// <summary>Offset of the recording id, 16 bytes.</summary>
        public const int RecordingAt = UserType.BoxHeader + 24;

        /// <summary>Offset of the sectors of the whole fragment, header and trailer block included, 4 bytes.</summary>
        public const int SectorsAt = UserType.BoxHeader + 40;

        /// <summary>Offset of the number of frames, 1 to 24, 2 bytes.</summary>
        public const int FramesAt = UserType.BoxHeader + 44;

        /// <summary>Offset of the bytes of the header block, 512 or 1,024, 2 bytes.</summary>
        public const int BlockBytesAt = UserType.BoxHeader + 46;

        /// <summary>Offset of the frame index in the recording of the first frame, 4 bytes.</summary>
        public const int FirstFrameAt = UserType.BoxHeader + 48;

        private const int ReservedAt = UserType.BoxHeader + 52;
        private const int MoofStart = BoxBytes;
        private const int MfhdEnd = 24;
        private const int TrafHead = 40;
        private const int TrunBox = 28;
        private const int RunHead = 20;
        private const int RunEntry = 8;
        private const int MdatHeader = 8;
        private const int MaxTextSample = 2 + ClockText.MaxBytes;

        // mfhd, then the video traf up to its first trun: sizes, sequence and time are patched.
        private static readonly byte[] MoofTemplate =
        {
            0,
            0,
            0,
            0,
            0x6D,
            0x6F,
            0x6F,
            0x66,
            0,
            0,
            0,
            16,
            0x6D,
            0x66,
            0x68,
            0x64,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        };

        // traf: size, type; tfhd (flags 020000, track); tfdt v0.
        private static readonly byte[] TrafTemplate =
        {
            0,
            0,
            0,
            0,
            0x74,
            0x72,
            0x61,
            0x66,
            0,
            0,
            0,
            16,
            0x74,
            0x66,
            0x68,
            0x64,
            0,
            2,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            16,
            0x74,
            0x66,
            0x64,
            0x74,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        };

        // trun: version 0, flags 000301 (data offset, duration, size), one sample.
        private static readonly byte[] TrunTemplate =
        {
            0,
            0,
            0,
            28,
            0x74,
            0x72,
            0x75,
            0x6E,
            0,
            0,
            3,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        };

        // saiz (16 bytes of auxiliary information a sample), saio, senc: counts, offset and size are patched (ISO/IEC 23001-7, 7.1 and
        // 7.2).
        private static readonly byte[] AuxiliaryTemplate =
        {
            0,
            0,
            0,
            17,
            0x73,
            0x61,
            0x69,
            0x7A,
            0,
            0,
            0,
            0,
            16,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            20,
            0x73,
            0x61,
            0x69,
            0x6F,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0x73,
            0x65,
            0x6E,
            0x63,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        };

        private const int AuxiliaryBytes = 53;
        private const int SaioOffsetAt = 33;
        private const int SencAt = 37;

        private readonly byte[] _block = new byte[2 * Sector.Size];
        private readonly ClockLine _clockLine = new ClockLine();
        private DeviceIdentity _device;
        private RecordingFacts _recording;
        private int _length;
        private int _ivAt;
        private RecordingSeal _seal;

        /// <summary>The block; <see cref="Length"/> bytes of it count.</summary>
        public byte[] Block
        {
            get { return _block; }
        }

        /// <summary>Where the initialisation vectors of a sealed fragment begin in the block.</summary>
        public int IvAt
        {
            get { return _ivAt; }
        }

        /// <summary>512 or 1,024.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Bytes of the header block (h of FORMAT.md 3.2).</summary>
        /// <param name="frames">Frames in the fragment, 1 to 24.</param>
        /// <param name="isSealed">Whether the segment is sealed.</param>
        /// <returns>512 or 1,024.</returns>
        public static int BlockSize(int frames, bool isSealed)
        {
            return Sector.RoundUp(BoxBytes + 132 + SampleBytes(frames, isSealed) + MdatHeader + MaxTextSample);
        }

        // A clear frame is a run of its own, since frames begin on sector boundaries; sealed ones fill their sectors and make one run.
        private static int SampleBytes(int frames, bool isSealed)
        {
            return isSealed ? RunHead + RunEntry * frames + AuxiliaryBytes + RecordingSeal.KeyBytes * frames : TrunBox * frames;
        }

        /// <summary>Where `moof` begins in the block.</summary>
        public static int MoofOffset
        {
            get { return MoofStart; }
        }

        /// <summary>Prepares what stays the same in a segment.</summary>
        /// <param name="device">The device.</param>
        /// <param name="recording">The recording: its id and its seal.</param>
        /// <param name="segment">Segment number.</param>
        public void Prepare(DeviceIdentity device, RecordingFacts recording, int segment)
        {
            _device = device;
            _recording = recording;
            UserType.PutHeader(_block, 0, BoxBytes, UserType.FragmentHeader);
            BigEndian.Put32(_block, SegmentAt, segment);
            Array.Copy(device.Id, 0, _block, DeviceAt, 16);
            Array.Copy(recording.Id, 0, _block, RecordingAt, 16);
            BigEndian.Put32(_block, ReservedAt, 0);
            _seal = recording.Seal;
        }

        /// <summary>Builds the block of one fragment.</summary>
        /// <param name="frames">The frames.</param>
        /// <param name="first">Serial of the first.</param>
        /// <param name="count">How many, 1 to 24.</param>
        /// <param name="frameBytes">Their bytes, padding included.</param>
        /// <param name="endMs">Monotonic time at which the last of them ends.</param>
        /// <param name="number">Fragment number in the segment.</param>
        public void Build(IFrames frames, int first, int count, int frameBytes, long endMs, int number)
        {
            RecordingFacts recording = _recording;
            byte[] b = _block;
            bool isSealed = _seal != null;
            int sampleBytes = SampleBytes(count, isSealed);
            _length = BlockSize(count, isSealed);
            BigEndian.Put32(b, NumberAt, number);
            BigEndian.Put32(b, SectorsAt, (_length + frameBytes + Sector.Size) / Sector.Size);
            BigEndian.Put16(b, FramesAt, count);
            BigEndian.Put16(b, BlockBytesAt, _length);
            BigEndian.Put32(b, FirstFrameAt, first - recording.FirstSerial);

            long firstMs = frames.TimeMs(first);
            int baseTime = (int)(firstMs - recording.ZeroMs);
            int moofSize = 132 + sampleBytes;
            Array.Copy(MoofTemplate, 0, b, MoofStart, MfhdEnd);
            BigEndian.Put32(b, MoofStart, moofSize);
            BigEndian.Put32(b, MoofStart + 20, number + 1);

            int at = MoofStart + MfhdEnd;
            PutTraf(at, TrafHead + sampleBytes, 1, baseTime);
            at += TrafHead;
            if (isSealed)
            {
                PutSealedRun(at, frames, first, count, endMs);
            }
            else
            {
                PutClearRuns(at, frames, first, count, endMs);
            }

            if (isSealed)
            {
                PutAuxiliary(at + RunHead + RunEntry * count, first - recording.FirstSerial, count);
            }

            at += sampleBytes;

            PutTraf(at, TrafHead + TrunBox, 3, baseTime);
            at += TrafHead;
            int textAt = at + TrunBox + MdatHeader;
            long utc = recording.ZeroUtcMs == 0 ? 0 : recording.ZeroUtcMs + baseTime;
            int textSize = _clockLine.Put(b, textAt, utc, firstMs, _device.Unit);
            PutTrun(at, textAt - MoofStart, (int)(endMs - firstMs), textSize);
            at += TrunBox;

            BigEndian.Put32(b, at, _length - at + frameBytes);
            b[at + 4] = 0x6D;
            b[at + 5] = 0x64;
            b[at + 6] = 0x61;
            b[at + 7] = 0x74;
            Array.Clear(b, textAt + textSize, _length - textAt - textSize);
        }

        private void PutClearRuns(int at, IFrames frames, int first, int count, long endMs)
        {
            int data = _length - MoofStart;
            long ms = frames.TimeMs(first);
            int end = first + count;
            for (int serial = first; serial < end; serial++)
            {
                long next = serial + 1 < end ? frames.TimeMs(serial + 1) : endMs;
                int size = frames.Length(serial);
                PutTrun(at, data, (int)(next - ms), size);
                at += TrunBox;
                data += Sector.RoundUp(size);
                ms = next;
            }
        }

        private void PutSealedRun(int at, IFrames frames, int first, int count, long endMs)
        {
            Array.Copy(TrunTemplate, 0, _block, at, RunHead);
            BigEndian.Put32(_block, at, RunHead + RunEntry * count);
            BigEndian.Put32(_block, at + 12, count);
            BigEndian.Put32(_block, at + 16, _length - MoofStart);
            at += RunHead;
            long ms = frames.TimeMs(first);
            int end = first + count;
            for (int serial = first; serial < end; serial++)
            {
                long next = serial + 1 < end ? frames.TimeMs(serial + 1) : endMs;
                BigEndian.Put32(_block, at, (int)(next - ms));
                BigEndian.Put32(_block, at + 4, Sector.RoundUp(frames.Length(serial)));
                at += RunEntry;
                ms = next;
            }
        }

        private void PutTraf(int at, int size, int track, int time)
        {
            Array.Copy(TrafTemplate, 0, _block, at, TrafHead);
            BigEndian.Put32(_block, at, size);
            _block[at + 23] = (byte)track;
            BigEndian.Put32(_block, at + 36, time);
        }

        private void PutAuxiliary(int at, int frameIndex, int count)
        {
            Array.Copy(AuxiliaryTemplate, 0, _block, at, AuxiliaryBytes);
            _ivAt = at + AuxiliaryBytes;
            BigEndian.Put32(_block, at + 13, count);
            BigEndian.Put32(_block, at + SaioOffsetAt, _ivAt - MoofStart);
            BigEndian.Put32(_block, at + SencAt, 16 + RecordingSeal.KeyBytes * count);
            BigEndian.Put32(_block, at + SencAt + 12, count);
            _seal.PutIvs(_block, _ivAt, frameIndex, count);
        }

        // Once a frame, so without calls; a fragment, and with it offset, duration and size, stays below 16 MB.
        private void PutTrun(int at, int dataOffset, int duration, int size)
        {
            byte[] b = _block;
            Array.Copy(TrunTemplate, 0, b, at, TrunBox);
            b[at + 17] = (byte)(dataOffset >> 16);
            b[at + 18] = (byte)(dataOffset >> 8);
            b[at + 19] = (byte)dataOffset;
            b[at + 21] = (byte)(duration >> 16);
            b[at + 22] = (byte)(duration >> 8);
            b[at + 23] = (byte)duration;
            b[at + 25] = (byte)(size >> 16);
            b[at + 26] = (byte)(size >> 8);
            b[at + 27] = (byte)size;
        }
    }
}
