// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>
    /// A fragment's header block (FORMAT.md 3.2). The free fields are read, the block that they require is laid out anew, and every byte
    /// is compared with it: whatever differs is a problem, named by its region.
    /// </summary>
    internal sealed class FragmentBlock
    {
        public const int MostFrames = 24;
        public const int LargestHeader = 1024;

        private const int HeaderBox = 80;
        private const int MoofBase = 132;
        private const int MoofPerFrame = 28,
            RunHead = 20,
            RunEntry = 8;

        /// <summary>Room that h always has for the text sample.</summary>
        private const int TextRoom = 42;

        /// <summary>`saiz`, `saio` and `senc` without vectors, and a vector, in a sealed segment's `moof` (8.1).</summary>
        private const int SealBase = 53,
            VectorSize = 16;

        /// <summary>2-byte length, 24 characters of clock or less, 16 of unit.</summary>
        private const int LongestText = 40;

        /// <summary>The frames' initialisation vectors; empty in a clear segment.</summary>
        public required byte[] Vectors { get; init; }
        public required bool IsSealed { get; init; }
        public required uint Number { get; init; }
        public required uint Segment { get; init; }
        public required byte[] DeviceId { get; init; }
        public required byte[] RecordingId { get; init; }

        /// <summary>Sectors of the whole fragment, as its header states.</summary>
        public required uint Sectors { get; init; }
        public required uint FirstFrame { get; init; }

        /// <summary>Milliseconds since recording zero of the first frame.</summary>
        public required uint Time { get; init; }
        public required uint[] Durations { get; init; }
        public required uint[] Sizes { get; init; }
        public required string Text { get; init; }

        /// <summary>h, bytes of the header block.</summary>
        public required int HeaderBytes { get; init; }

        /// <summary>Bytes of all stored frames, padding included.</summary>
        public required long FrameBytes { get; init; }

        /// <summary>Sum of the durations.</summary>
        public required long Duration { get; init; }
        public required List<(SegmentPart Part, string Text)> Problems { get; init; }

        public int Frames => Sizes.Length;

        public long Length => HeaderBytes + FrameBytes + BoxBytes.Sector;

        /// <summary>Bytes from the fragment's start to its `moof`.</summary>
        public const int MoofOffset = HeaderBox;

        /// <summary>
        /// Reads the block at the start of <paramref name="bytes"/> (512 or 1,024 bytes); null when not even the number of frames is there.
        /// </summary>
        public static FragmentBlock? Read(ReadOnlySpan<byte> bytes, bool isSealed)
        {
            int stated = BoxBytes.U16(bytes, 68);
            long moof = (long)BoxBytes.U32(bytes, HeaderBox) - MoofBase - (isSealed ? RunHead + SealBase : 0);
            int perFrame = isSealed ? RunEntry + VectorSize : MoofPerFrame;
            int implied = moof > 0 && moof % perFrame == 0 && moof / perFrame <= MostFrames ? (int)(moof / perFrame) : 0;
            FragmentBlock? first = stated is >= 1 and <= MostFrames ? Read(bytes, stated, isSealed) : null;
            if (implied == 0 || implied == stated || first?.Problems.Count == 0)
            {
                return first;
            }

            FragmentBlock? second = Read(bytes, implied, isSealed);
            if (second == null)
            {
                return first;
            }

            second.Problems.Insert(
                0,
                (SegmentPart.FragmentHeader | SegmentPart.Moof, "the number of frames in the header box and in moof differ")
            );
            return second;
        }

        private static FragmentBlock? Read(ReadOnlySpan<byte> bytes, int n, bool isSealed)
        {
            int samples = Samples(n, isSealed);
            int text = HeaderBox + MoofBase + samples + 8;
            if (text + 2 > bytes.Length)
            {
                return null;
            }

            var problems = new List<(SegmentPart, string)>();
            int textLength = BoxBytes.U16(bytes, text);
            if (textLength > LongestText || text + 2 + textLength > bytes.Length)
            {
                problems.Add((SegmentPart.Text, "the text sample states an impossible length of " + Number10(textLength)));
                textLength = 0;
            }
            int h = (int)BoxBytes.RoundUp(text + TextRoom);
            var sizes = new uint[n];
            var durations = new uint[n];
            long frames = 0,
                duration = 0;
            int blocks = 1;
            for (int i = 0; i < n; i++)
            {
                int entry = HeaderBox + 64 + RunHead + (isSealed ? RunEntry : MoofPerFrame) * i;
                durations[i] = BoxBytes.U32(bytes, entry);
                sizes[i] = BoxBytes.U32(bytes, entry + 4);
                duration += durations[i];
                long stored = BoxBytes.RoundUp(sizes[i]);
                frames += stored;
                blocks += (int)((stored + EvidenceHash.LargestBlock - 1) / EvidenceHash.LargestBlock);
                if (sizes[i] < 4)
                {
                    problems.Add((SegmentPart.Moof, "frame " + Number10(i) + " of it is shorter than a JPEG can be"));
                }

                if (isSealed && sizes[i] % BoxBytes.Sector != 0)
                {
                    problems.Add((SegmentPart.Moof, "frame " + Number10(i) + " of it is sealed, but no multiple of 512 bytes"));
                }
            }
            if (blocks > ChainStep.MostBlocks)
            {
                problems.Add(
                    (SegmentPart.Moof, "its frames make " + Number10(blocks) + " hash blocks, more than " + Number10(ChainStep.MostBlocks))
                );
            }

            int vectors = HeaderBox + 64 + samples - VectorSize * n;
            var block = new FragmentBlock
            {
                IsSealed = isSealed,
                Vectors = isSealed ? bytes.Slice(vectors, VectorSize * n).ToArray() : [],
                Number = BoxBytes.U32(bytes, 24),
                Segment = BoxBytes.U32(bytes, 28),
                DeviceId = bytes.Slice(32, 16).ToArray(),
                RecordingId = bytes.Slice(48, 16).ToArray(),
                Sectors = BoxBytes.U32(bytes, 64),
                FirstFrame = BoxBytes.U32(bytes, 72),
                Time = BoxBytes.U32(bytes, HeaderBox + 60),
                Durations = durations,
                Sizes = sizes,
                Text = Encoding.Latin1.GetString(bytes.Slice(text + 2, textLength)),
                HeaderBytes = h,
                FrameBytes = frames,
                Duration = duration,
                Problems = problems,
            };
            if (problems.Count == 0)
            {
                block.Compare(bytes, text);
            }

            return block;
        }

        private void Compare(ReadOnlySpan<byte> bytes, int text)
        {
            if (bytes.Length < HeaderBytes)
            {
                Problems.Add((SegmentPart.FragmentHeader, "the file ends inside its header block"));
                return;
            }
            Span<byte> expected = stackalloc byte[LargestHeader];
            LayOut(expected, text);
            SegmentPart seen = SegmentPart.None;
            int at = 0;
            while (true)
            {
                int same = bytes[at..HeaderBytes].CommonPrefixLength(expected[at..HeaderBytes]);
                at += same;
                if (at >= HeaderBytes)
                {
                    return;
                }

                (SegmentPart part, string what) = Region(at, text);
                if ((seen & part) == 0)
                {
                    Problems.Add((part, what));
                }

                seen |= part;
                at++;
            }
        }

        private (SegmentPart Part, string Text) Region(int at, int text)
        {
            if (at < HeaderBox)
            {
                return (
                    SegmentPart.FragmentHeader,
                    at switch
                    {
                        < 24 => "its header box is damaged",
                        >= 64 and < 68 => "its header states another number of sectors than its frames take",
                        >= 68 and < 72 => "its header states another number of frames or header size than its moof",
                        _ => "bytes of its header that must be zero are not",
                    }
                );
            }

            if (at < text - 8)
            {
                return at >= text - 12
                    ? (SegmentPart.Moof | SegmentPart.Text, "the text sample's length differs from the one in moof")
                    : (SegmentPart.Moof, "its moof is not what its frames require (byte " + Number10(at - HeaderBox) + " of it)");
            }

            if (at < text)
            {
                return (SegmentPart.MediaHeader, "its mdat header is wrong");
            }

            return (SegmentPart.HeaderPadding, "the padding of its header block is not zero");
        }

        private void LayOut(Span<byte> block, int text)
        {
            int n = Frames,
                moof = HeaderBox;
            block.Clear();
            BoxBytes.Uuid(block, 0, HeaderBox, 2);
            BoxBytes.Put32(block, 24, Number);
            BoxBytes.Put32(block, 28, Segment);
            DeviceId.CopyTo(block[32..]);
            RecordingId.CopyTo(block[48..]);
            BoxBytes.Put32(block, 64, Length / BoxBytes.Sector);
            BoxBytes.Put16(block, 68, n);
            BoxBytes.Put16(block, 70, HeaderBytes);
            BoxBytes.Put32(block, 72, FirstFrame);

            int samples = Samples(n, IsSealed);
            BoxBytes.Header(block, moof, MoofBase + samples, "moof");
            BoxBytes.Header(block, moof + 8, 16, "mfhd");
            BoxBytes.Put32(block, moof + 20, (long)Number + 1);
            int traf = moof + 24;
            BoxBytes.Header(block, traf, 40 + samples, "traf");
            TrackHeader(block, traf + 8, 1);
            long data = HeaderBytes - moof;
            if (IsSealed)
            {
                SealedRun(block, traf + 40, data);
                Auxiliary(block, traf + 40 + RunHead + RunEntry * n, moof);
            }
            else
            {
                for (int i = 0; i < n; i++)
                {
                    Run(block, traf + 40 + MoofPerFrame * i, data, Durations[i], Sizes[i]);
                    data += BoxBytes.RoundUp(Sizes[i]);
                }
            }
            traf += 40 + samples;
            BoxBytes.Header(block, traf, 68, "traf");
            TrackHeader(block, traf + 8, 3);
            Run(block, traf + 40, text - moof, Duration, Text.Length + 2);

            BoxBytes.Header(block, text - 8, HeaderBytes - (text - 8) + FrameBytes, "mdat");
            BoxBytes.Put16(block, text, Text.Length);
            Encoding.Latin1.GetBytes(Text, block[(text + 2)..]);
        }

        /// <summary>
        /// Bytes of `traf` after its `tfdt`: a run for each clear frame, or one for all sealed ones and what decrypts them.
        /// </summary>
        private static int Samples(int n, bool isSealed) =>
            isSealed ? RunHead + RunEntry * n + SealBase + VectorSize * n : MoofPerFrame * n;

        private void SealedRun(Span<byte> block, int at, long offset)
        {
            BoxBytes.Header(block, at, RunHead + RunEntry * Frames, "trun");
            BoxBytes.Put32(block, at + 8, 0x000301);
            BoxBytes.Put32(block, at + 12, Frames);
            BoxBytes.Put32(block, at + 16, offset);
            for (int i = 0; i < Frames; i++)
            {
                BoxBytes.Put32(block, at + RunHead + RunEntry * i, Durations[i]);
                BoxBytes.Put32(block, at + RunHead + RunEntry * i + 4, Sizes[i]);
            }
        }

        private void Auxiliary(Span<byte> block, int at, int moof)
        {
            BoxBytes.Header(block, at, 17, "saiz");
            block[at + 12] = VectorSize;
            BoxBytes.Put32(block, at + 13, Frames);
            BoxBytes.Header(block, at + 17, 20, "saio");
            BoxBytes.Put32(block, at + 29, 1);
            BoxBytes.Put32(block, at + 33, at + SealBase - moof);
            BoxBytes.Header(block, at + 37, 16 + VectorSize * Frames, "senc");
            BoxBytes.Put32(block, at + 49, Frames);
            Vectors.CopyTo(block[(at + SealBase)..]);
        }

        private void TrackHeader(Span<byte> block, int at, int track)
        {
            BoxBytes.Header(block, at, 16, "tfhd");
            BoxBytes.Put32(block, at + 8, 0x020000);
            BoxBytes.Put32(block, at + 12, track);
            BoxBytes.Header(block, at + 16, 16, "tfdt");
            BoxBytes.Put32(block, at + 28, Time);
        }

        private static void Run(Span<byte> block, int at, long offset, long duration, long size)
        {
            BoxBytes.Header(block, at, 28, "trun");
            BoxBytes.Put32(block, at + 8, 0x000301);
            BoxBytes.Put32(block, at + 12, 1);
            BoxBytes.Put32(block, at + 16, offset);
            BoxBytes.Put32(block, at + 20, duration);
            BoxBytes.Put32(block, at + 24, size);
        }

        private static string Number10(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
