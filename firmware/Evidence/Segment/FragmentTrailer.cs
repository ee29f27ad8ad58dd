// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Where things stand in a fragment's trailer block and in what its device MAC covers (FORMAT.md 3.2 and 3.3). The writer and recovery
    /// share it: what they disagreed on would not authenticate after a cut.
    /// </summary>
    public static class FragmentTrailer
    {
        /// <summary>Bytes of the trailer's box; a `free` box fills the rest of the sector.</summary>
        public const int BoxBytes = 96;

        /// <summary>Offset of the fragment number from the box's start, 4 bytes.</summary>
        public const int NumberAt = UserType.BoxHeader;

        /// <summary>Offset of the chain value after the fragment's header block and frames, 32 bytes.</summary>
        public const int ChainAt = UserType.BoxHeader + 4;

        /// <summary>Offset of the device MAC, 32 bytes.</summary>
        public const int MacAt = UserType.BoxHeader + 36;

        /// <summary>Offset of four zero bytes.</summary>
        public const int ReservedAt = UserType.BoxHeader + 68;

        /// <summary>Bytes that the device MAC covers: chain value, device id, recording id, segment and fragment number.</summary>
        public const int MacInputBytes = 72;

        /// <summary>Offset of the device id in the MAC's input, 16 bytes; the chain value stands before it.</summary>
        public const int MacDeviceAt = 32;

        /// <summary>Offset of the recording id in the MAC's input, 16 bytes.</summary>
        public const int MacRecordingAt = 48;

        /// <summary>Offset of the segment number in the MAC's input, 4 bytes.</summary>
        public const int MacSegmentAt = 64;

        /// <summary>Offset of the fragment number in the MAC's input, 4 bytes.</summary>
        public const int MacNumberAt = 68;
    }
}
