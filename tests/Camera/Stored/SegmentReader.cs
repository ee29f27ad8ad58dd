// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// Walks a slot by FORMAT.md 3 alone, apart from the verifier and from the firmware: finds the samples through the boxes as a player
    /// does, and is strict about where they lie.
    /// </summary>
    internal sealed class SegmentReader
    {
        private const int Sector = 512;
        private const int UuidHeader = 24;
        private static readonly byte[] OurType = Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c");

        private readonly byte[] _bytes;
        private readonly StoredSegment _segment;

        private SegmentReader(byte[] bytes, StoredSegment segment)
        {
            _bytes = bytes;
            _segment = segment;
        }

        /// <summary>Whether a slot's first sector begins a segment.</summary>
        public static bool IsSegment(ReadOnlySpan<byte> firstSector) =>
            firstSector.Slice(4, 4).SequenceEqual("ftyp"u8)
            && firstSector.Slice(36, 4).SequenceEqual("uuid"u8)
            && firstSector.Slice(40, 15).SequenceEqual(OurType);

        /// <summary>Reads the segment in a slot up to its close or to the last whole unit.</summary>
        /// <exception cref="InvalidDataException">A whole unit contradicts the format.</exception>
        public static StoredSegment Read(byte[] bytes, int slot)
        {
            ReadOnlySpan<byte> h = bytes.AsSpan(56, 144);
            Require(h[0] == 0 && h[1] == 1, "format version");
            var segment = new StoredSegment
            {
                Slot = slot,
                RecordingId = Convert.ToHexString(h.Slice(20, 16)),
                Recording = I32(h, 36),
                Segment = I32(h, 40),
                FirstLive = I32(h, 44),
                ZeroMs = BinaryPrimitives.ReadInt64BigEndian(h[56..]),
                ZeroUtcMs = BinaryPrimitives.ReadInt64BigEndian(h[64..]),
                UncertaintyMs = BinaryPrimitives.ReadUInt32BigEndian(h[72..]),
                ClockSource = h[76],
                Unit = Encoding.ASCII.GetString(h.Slice(112, 16)).TrimEnd('\0'),
                Boot = I32(h, 132),
                FirstFrame = I32(h, 136),
            };
            Require(I32(h, 48) == slot, "the header names another slot");
            Require(I32(h, 52) == bytes.Length / Sector, "the header gives another length");
            new SegmentReader(bytes, segment).Walk();
            return segment;
        }

        private void Walk()
        {
            int at = InitLength();
            if (at == 0)
            {
                return;
            }

            while (!_segment.IsClosed && at + Sector <= _bytes.Length)
            {
                int length = OurKind(at) switch
                {
                    2 => Fragment(at),
                    4 => Signed(at),
                    _ => 0,
                };
                if (length == 0)
                {
                    break;
                }

                at += length;
            }

            _segment.Claimed = at;
        }

        // 0 when a power cut left it half written: what follows its first sectors is stale.
        private int InitLength()
        {
            const int moov = 200;
            Require(Type(moov) == "moov", "no moov after the segment header");
            int at = moov + Size(moov);
            if (at % Sector != 0)
            {
                if (Type(at) != "free")
                {
                    return 0;
                }

                at += Size(at);
            }

            Require(at % Sector == 0, "the init ends inside a sector");
            return at;
        }

        // 0 when the fragment is not whole, or not this segment's.
        private int Fragment(int at)
        {
            int number = I32(_bytes, at + 24);
            int length = I32(_bytes, at + 64) * Sector;
            int count = U16(at + 68);
            if (
                number != _segment.Fragments.Count
                || I32(_bytes, at + 28) != _segment.Segment
                || Convert.ToHexString(_bytes, at + 48, 16) != _segment.RecordingId
                || length > _bytes.Length - at
            )
            {
                return 0;
            }

            int trailer = at + length - Sector;
            if (OurKind(trailer) != 3 || I32(_bytes, trailer + 24) != number)
            {
                return 0;
            }

            int moof = at + Size(at);
            Require(Type(moof) == "moof", "no moof after the fragment header");
            var samples = new List<(int Track, long Time, int Offset, long Duration, int Size)>();
            Moof(moof, number + 1, samples);
            int mdat = moof + Size(moof);
            Require(Type(mdat) == "mdat" && mdat + Size(mdat) == trailer, "mdat does not end at the trailer");

            int index = I32(_bytes, at + 72);
            var frames = new List<StoredFrame>();
            string text = "";
            long textTime = 0,
                textDuration = 0;
            int next = at + U16(at + 70);
            foreach ((int track, long time, int offset, long duration, int size) in samples)
            {
                Require(offset > mdat && offset + size <= trailer, "a sample lies outside mdat");
                if (track == 1)
                {
                    Require(offset == next, "a frame does not lie where the one before it ends");
                    next = offset + (size + Sector - 1) / Sector * Sector;
                    Require(
                        _bytes.AsSpan(offset + size, next - offset - size).IndexOfAnyExcept((byte)0) < 0,
                        "a frame's padding is not zero"
                    );
                    frames.Add(new StoredFrame(index + frames.Count, time, duration, _bytes[offset..(offset + size)]));
                }
                else
                {
                    Require(track == 3 && text.Length == 0 && size == 2 + U16(offset), "text sample");
                    text = Encoding.ASCII.GetString(_bytes, offset + 2, size - 2);
                    textTime = time;
                    textDuration = duration;
                }
            }

            Require(frames.Count == count, "the moof has another number of frames than the fragment header");
            Require(next == trailer, "something lies between the last frame and the trailer");
            _segment.Fragments.Add(new StoredFragment(number, text, textTime, textDuration, frames));
            return length;
        }

        private void Moof(int moof, int sequence, List<(int Track, long Time, int Offset, long Duration, int Size)> samples)
        {
            foreach (int box in Children(moof))
            {
                if (Type(box) == "mfhd")
                {
                    Require(I32(_bytes, box + 12) == sequence, "mfhd sequence");
                }

                if (Type(box) != "traf")
                {
                    continue;
                }

                int track = 0;
                long time = 0;
                foreach (int inner in Children(box))
                {
                    switch (Type(inner))
                    {
                        case "tfhd":
                            Require(I32(_bytes, inner + 8) == 0x020000, "tfhd flags");
                            track = I32(_bytes, inner + 12);
                            break;
                        case "tfdt":
                            time = (uint)I32(_bytes, inner + 12);
                            break;
                        case "trun":
                            Require(I32(_bytes, inner + 8) == 0x000301 && I32(_bytes, inner + 12) == 1, "trun flags and count");
                            long duration = (uint)I32(_bytes, inner + 20);
                            samples.Add((track, time, moof + I32(_bytes, inner + 16), duration, I32(_bytes, inner + 24)));
                            time += duration;
                            break;
                    }
                }
            }
        }

        private int Signed(int at)
        {
            int length = (Size(at) + Sector - 1) / Sector * Sector;
            if (U16(at + UuidHeader) == 2)
            {
                // Behind a whole close lies the free box that reaches to the index (FORMAT.md 3.4). Where a cut tore it there is stale
                // data: it is no close, and recovery writes its own.
                int behind = at + Size(at);
                _segment.IsClosed = behind + 8 <= _bytes.Length && Type(behind) == "free";
                return _segment.IsClosed ? length : 0;
            }

            if (length - Size(at) < 8)
            {
                length += Sector;
            }

            _segment.Checkpoints++;
            return length;
        }

        private IEnumerable<int> Children(int box)
        {
            int end = box + Size(box);
            for (int at = box + 8; at < end; at += Size(at))
            {
                yield return at;
            }
        }

        private int OurKind(int at) => Type(at) == "uuid" && _bytes.AsSpan(at + 8, 15).SequenceEqual(OurType) ? _bytes[at + 23] : -1;

        private string Type(int at) => Encoding.Latin1.GetString(_bytes, at + 4, 4);

        private int Size(int at)
        {
            int size = I32(_bytes, at);
            Require(size >= 8 && size <= _bytes.Length - at, "box length");
            return size;
        }

        private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));

        private static int I32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);

        private static void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidDataException(what);
            }
        }
    }
}
