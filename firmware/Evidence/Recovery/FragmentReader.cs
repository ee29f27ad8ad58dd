// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// A fragment's header block, read back from the card (FORMAT.md 3.2). What it says is worth nothing until the chain and the MAC agree.
    /// </summary>
    public sealed class FragmentReader
    {
        /// <summary>Bytes to read for a header block: more than version 1 ever needs.</summary>
        public const int Room = 4096;

        private const int MoofAt = FragmentHeader.BoxBytes;
        private const int Moof = 0x6D6F6F66;
        private const int Traf = 0x74726166;
        private const int TrackHeader = 0x74666864;
        private const int DecodeTime = 0x74666474;
        private const int TrackRun = 0x7472756E;

        // A run of one sample in a clear fragment, of all its samples in a sealed one (FORMAT.md 3.2 and 8).
        private const int TrunHead = 20;
        private const int TrunSample = 8;
        private const int VideoTrack = 1;

        private readonly int[] _stored = new int[FragmentGatherer.MaxFrames];
        private int _runs;
        private int _frameBytes;
        private int _blocks;

        /// <summary>Fragment number.</summary>
        public int Number { get; private set; }

        /// <summary>Bytes of the whole fragment.</summary>
        public int Bytes { get; private set; }

        /// <summary>Frames.</summary>
        public int Frames { get; private set; }

        /// <summary>Bytes of the header block.</summary>
        public int HeaderBytes { get; private set; }

        /// <summary>Frame index of the first frame.</summary>
        public int FirstFrame { get; private set; }

        /// <summary>Time of the first frame since recording zero, milliseconds.</summary>
        public int TimeMs { get; private set; }

        /// <summary>Time since recording zero at which the last frame ends, milliseconds.</summary>
        public int EndMs { get; private set; }

        /// <summary>Bytes that a frame takes on the card, padding included.</summary>
        /// <param name="frame">0 to <see cref="Frames"/> - 1.</param>
        /// <returns>A multiple of 512.</returns>
        public int Stored(int frame)
        {
            return _stored[frame];
        }

        /// <summary>Whether a fragment of this device and of a recording whose id begins so stands here; reads its numbers.</summary>
        /// <param name="bytes">At least 80 bytes.</param>
        /// <param name="offset">Where.</param>
        /// <param name="device">The device.</param>
        /// <param name="recordingId">The recording id or its beginning.</param>
        /// <param name="segment">Segment number.</param>
        public bool ParseHead(byte[] bytes, int offset, DeviceIdentity device, byte[] recordingId, int segment)
        {
            if (BigEndian.Get32(bytes, offset) != FragmentHeader.BoxBytes || !UserType.Is(bytes, offset, UserType.FragmentHeader))
            {
                return false;
            }

            if (
                BigEndian.Get32(bytes, offset + FragmentHeader.SegmentAt) != segment
                || !SegmentHead.Same(bytes, offset + FragmentHeader.DeviceAt, device.Id)
            )
            {
                return false;
            }

            if (!SegmentHead.Same(bytes, offset + FragmentHeader.RecordingAt, recordingId))
            {
                return false;
            }

            Number = BigEndian.Get32(bytes, offset + FragmentHeader.NumberAt);
            int sectors = BigEndian.Get32(bytes, offset + FragmentHeader.SectorsAt);
            if (Number < 0 || sectors < 3 || sectors > int.MaxValue / Sector.Size)
            {
                return false;
            }

            Bytes = sectors * Sector.Size;
            Frames = BigEndian.Get16(bytes, offset + FragmentHeader.FramesAt);
            HeaderBytes = BigEndian.Get16(bytes, offset + FragmentHeader.BlockBytesAt);
            FirstFrame = BigEndian.Get32(bytes, offset + FragmentHeader.FirstFrameAt);
            return true;
        }

        /// <summary>
        /// Reads a header block at an array's start. False when anything in it contradicts itself or does not belong here.
        /// </summary>
        /// <param name="bytes">The bytes.</param>
        /// <param name="count">How many.</param>
        /// <param name="device">The device.</param>
        /// <param name="head">The segment.</param>
        /// <param name="number">Fragment number that must stand here.</param>
        public bool Parse(byte[] bytes, int count, DeviceIdentity device, SegmentHead head, int number)
        {
            if (!ParseHead(bytes, 0, device, head.Recording.Id, head.Segment) || Number != number)
            {
                return false;
            }

            if (Frames < 1 || Frames > FragmentGatherer.MaxFrames || (HeaderBytes & (Sector.Size - 1)) != 0)
            {
                return false;
            }

            if (HeaderBytes < Sector.Size || HeaderBytes > count)
            {
                return false;
            }

            int size = BigEndian.Get32(bytes, MoofAt);
            if (BigEndian.Get32(bytes, MoofAt + 4) != Moof || size < 8 || size > HeaderBytes - MoofAt)
            {
                return false;
            }

            _runs = 0;
            _frameBytes = 0;
            _blocks = 1;
            int end = MoofAt + size;
            for (int at = MoofAt + 8; at < end; at += size)
            {
                size = BoxSize(bytes, at, end);
                if (size == 0)
                {
                    return false;
                }

                if (_runs == 0 && BigEndian.Get32(bytes, at + 4) == Traf && !Track(bytes, at, at + size))
                {
                    return false;
                }
            }

            return _runs == Frames && _blocks <= Chain.MaxBlocks && HeaderBytes + _frameBytes + Sector.Size == Bytes;
        }

        private static int BoxSize(byte[] bytes, int at, int end)
        {
            if (end - at < 8)
            {
                return 0;
            }

            int size = BigEndian.Get32(bytes, at);
            return size < 8 || size > end - at ? 0 : size;
        }

        private bool Track(byte[] bytes, int from, int end)
        {
            bool video = false;
            int size;
            for (int at = from + 8; at < end; at += size)
            {
                size = BoxSize(bytes, at, end);
                if (size == 0)
                {
                    return false;
                }

                int type = BigEndian.Get32(bytes, at + 4);
                if (type == TrackHeader && size >= 16)
                {
                    video = BigEndian.Get32(bytes, at + 12) == VideoTrack;
                }

                if (!video)
                {
                    continue;
                }

                if (type == DecodeTime && size >= 16)
                {
                    EndMs = TimeMs = BigEndian.Get32(bytes, at + 12);
                }

                if (type == TrackRun && !Run(bytes, at, size))
                {
                    return false;
                }
            }

            return true;
        }

        private bool Run(byte[] bytes, int at, int size)
        {
            int samples = size < TrunHead + TrunSample ? 0 : BigEndian.Get32(bytes, at + 12);
            if (samples < 1 || samples > Frames - _runs || size != TrunHead + TrunSample * samples)
            {
                return false;
            }

            for (int sample = at + TrunHead; sample < at + size; sample += TrunSample)
            {
                int length = BigEndian.Get32(bytes, sample + 4);
                if (length < 1 || length > Bytes)
                {
                    return false;
                }

                int stored = Sector.RoundUp(length);
                EndMs += BigEndian.Get32(bytes, sample);
                _stored[_runs++] = stored;
                _frameBytes += stored;
                _blocks += (stored + Digests.MaxBlock - 1) / Digests.MaxBlock;
                if (_frameBytes > Bytes)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
