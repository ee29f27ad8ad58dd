// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>The extended types of our `uuid` boxes (FORMAT.md section 1).</summary>
    public static class UserType
    {
        /// <summary>Segment header, in the init.</summary>
        public const int SegmentHeader = 1;

        /// <summary>Fragment header.</summary>
        public const int FragmentHeader = 2;

        /// <summary>Fragment trailer: chain value and device MAC.</summary>
        public const int FragmentTrailer = 3;

        /// <summary>Signed manifest: checkpoint or close.</summary>
        public const int SignedManifest = 4;

        /// <summary>Envelope: the content key, wrapped for each recipient; in the init of a sealed segment.</summary>
        public const int Envelope = 5;

        /// <summary>Sealed private box: what names people or places; in the init of a sealed segment.</summary>
        public const int SealedPrivate = 6;

        /// <summary>Release note: where the header of a released segment was.</summary>
        public const int ReleaseNote = 7;

        /// <summary>Bytes before a `uuid` box's body: size, type, extended type.</summary>
        public const int BoxHeader = 24;

        private static readonly byte[] Stem =
        {
            0x75,
            0x75,
            0x69,
            0x64,
            0x8F,
            0x3A,
            0x6D,
            0x1E,
            0x5B,
            0x7C,
            0x4E,
            0x21,
            0x9A,
            0x40,
            0x6C,
            0x61,
            0x70,
            0x65,
            0x6C,
        };

        /// <summary>Whether a `uuid` box of ours with this type begins here.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where the box would begin; 24 bytes must be there.</param>
        /// <param name="type">One of the constants above.</param>
        public static bool Is(byte[] buffer, int offset, int type)
        {
            int at = offset + 4;
            for (int i = 0; i < Stem.Length; i++)
            {
                if (buffer[at + i] != Stem[i])
                {
                    return false;
                }
            }

            return buffer[at + Stem.Length] == type;
        }

        /// <summary>Writes a `uuid` box's header.</summary>
        /// <param name="buffer">Destination.</param>
        /// <param name="offset">Where the box begins.</param>
        /// <param name="size">Size of the whole box.</param>
        /// <param name="type">One of the constants above.</param>
        public static void PutHeader(byte[] buffer, int offset, int size, int type)
        {
            BigEndian.Put32(buffer, offset, size);
            Array.Copy(Stem, 0, buffer, offset + 4, Stem.Length);
            buffer[offset + 4 + Stem.Length] = (byte)type;
        }
    }
}
