// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Where things stand in the segment header that each init carries; offsets from the body's start (FORMAT.md 3.1).</summary>
    public static class SegmentHeader
    {
        /// <summary>Where the box begins in the file: behind `ftyp`, always.</summary>
        public const int BoxAt = 32;

        /// <summary>Bytes of the box.</summary>
        public const int BoxBytes = 168;

        /// <summary>Where the body begins in the file.</summary>
        public const int BodyAt = BoxAt + UserType.BoxHeader;

        /// <summary>Where the next box begins in the file.</summary>
        public const int End = BoxAt + BoxBytes;

        /// <summary>Format version, 2 bytes.</summary>
        public const int VersionAt = 0;

        /// <summary>Flags, 2 bytes.</summary>
        public const int FlagsAt = 2;

        /// <summary>The flag that says sealed.</summary>
        public const int SealedFlag = 1;

        /// <summary>Device id, 16 bytes.</summary>
        public const int DeviceAt = 4;

        /// <summary>Recording id, 16 bytes.</summary>
        public const int RecordingAt = 20;

        /// <summary>Recording number, 4 bytes.</summary>
        public const int RecordingNumberAt = 36;

        /// <summary>Segment number, 4 bytes.</summary>
        public const int SegmentAt = 40;

        /// <summary>Number of the first live segment (k), 4 bytes.</summary>
        public const int FirstLiveAt = 44;

        /// <summary>Slot number, 4 bytes: a segment copied to another slot is not believed.</summary>
        public const int SlotAt = 48;

        /// <summary>Sectors in the slot, 4 bytes.</summary>
        public const int SlotSectorsAt = 52;

        /// <summary>Recording zero, monotonic milliseconds since boot, 8 bytes.</summary>
        public const int ZeroMsAt = 56;

        /// <summary>UTC of recording zero, milliseconds since 1970, 8 bytes; 0 when the clock is unset.</summary>
        public const int ZeroUtcMsAt = 64;

        /// <summary>Uncertainty of that, milliseconds, 4 bytes; 0xFFFFFFFF when unknown.</summary>
        public const int UncertaintyMsAt = 72;

        /// <summary>Clock source, 1 byte: <see cref="ClockSource"/>.</summary>
        public const int SourceAt = 76;

        /// <summary>The device's Ed25519 public key in this boot, 32 bytes.</summary>
        public const int PublicKeyAt = 80;

        /// <summary>Unit name, 16 bytes, zero-padded.</summary>
        public const int UnitAt = 112;

        /// <summary>Width of the frames, pixels, 2 bytes.</summary>
        public const int WidthAt = 128;

        /// <summary>Height of the frames, pixels, 2 bytes.</summary>
        public const int HeightAt = 130;

        /// <summary>Boot number of the recording, 4 bytes.</summary>
        public const int BootAt = 132;

        /// <summary>Frame index in the recording of the segment's first frame, 4 bytes.</summary>
        public const int FirstFrameAt = 136;
    }
}
