// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>The segment header, body of usertype(01) (FORMAT.md 3.1).</summary>
    public sealed class SegmentHeader
    {
        /// <summary>Bytes of the body.</summary>
        public const int Size = 144;

        /// <summary>The one format version that this verifier knows.</summary>
        public const int KnownVersion = 1;

        private const ushort SealedFlag = 1;
        private const uint UnknownUncertainty = 0xFFFFFFFF;

        /// <summary>Whether the content is sealed (FORMAT.md section 8).</summary>
        public required bool IsSealed { get; init; }
        public required byte[] DeviceId { get; init; }
        public required byte[] RecordingId { get; init; }
        public required uint RecordingNumber { get; init; }
        public required uint Segment { get; init; }

        /// <summary>k, the number of the first live segment.</summary>
        public required uint FirstLive { get; init; }
        public required uint Slot { get; init; }
        public required uint SlotSectors { get; init; }

        /// <summary>Recording zero, milliseconds since boot.</summary>
        public required ulong ZeroMonotonic { get; init; }

        /// <summary>Recording zero, milliseconds since 1970; null when the clock was unset.</summary>
        public required ulong? ZeroUtc { get; init; }

        /// <summary>Uncertainty of that, milliseconds; null when unknown.</summary>
        public required uint? Uncertainty { get; init; }
        public required ClockSource Source { get; init; }
        public required byte[] PublicKey { get; init; }
        public required string Unit { get; init; }
        public required int Width { get; init; }
        public required int Height { get; init; }
        public required uint Boot { get; init; }

        /// <summary>Frame index in the recording of the segment's first frame.</summary>
        public required uint FirstFrame { get; init; }

        /// <summary>
        /// Reads a body of 144 bytes whose version is known; what disagrees with the format is added to <paramref name="problems"/>.
        /// </summary>
        internal static SegmentHeader Parse(ReadOnlySpan<byte> body, List<string> problems)
        {
            ushort flags = BoxBytes.U16(body, 2);
            if ((flags & ~SealedFlag) != 0)
            {
                problems.Add("unknown flags in the segment header");
            }

            if (!BoxBytes.AllZero(body[77..80]) || !BoxBytes.AllZero(body[140..144]))
            {
                problems.Add("bytes of the segment header that must be zero are not");
            }

            byte source = body[76];
            ulong utc = BoxBytes.U64(body, 64);
            uint uncertainty = BoxBytes.U32(body, 72);
            if (source > 2)
            {
                problems.Add("unknown clock source " + source + " in the segment header");
            }
            else if ((source == 0) != (utc == 0))
            {
                problems.Add("clock source and UTC time of the segment header contradict each other");
            }

            ReadOnlySpan<byte> name = body.Slice(112, 16);
            int length = name.IndexOf((byte)0);
            if (length < 0)
            {
                length = name.Length;
            }

            if (!BoxBytes.AllZero(name[length..]) || name[..length].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) >= 0)
            {
                problems.Add("the unit name in the segment header is not zero-padded ASCII");
            }

            return new SegmentHeader
            {
                IsSealed = (flags & SealedFlag) != 0,
                DeviceId = body.Slice(4, 16).ToArray(),
                RecordingId = body.Slice(20, 16).ToArray(),
                RecordingNumber = BoxBytes.U32(body, 36),
                Segment = BoxBytes.U32(body, 40),
                FirstLive = BoxBytes.U32(body, 44),
                Slot = BoxBytes.U32(body, 48),
                SlotSectors = BoxBytes.U32(body, 52),
                ZeroMonotonic = BoxBytes.U64(body, 56),
                ZeroUtc = utc == 0 ? null : utc,
                Uncertainty = uncertainty == UnknownUncertainty ? null : uncertainty,
                Source = (ClockSource)source,
                PublicKey = body.Slice(80, 32).ToArray(),
                Unit = Encoding.Latin1.GetString(name[..length]),
                Width = BoxBytes.U16(body, 128),
                Height = BoxBytes.U16(body, 130),
                Boot = BoxBytes.U32(body, 132),
                FirstFrame = BoxBytes.U32(body, 136),
            };
        }
    }
}
