// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Text;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// Writes a segment as FORMAT.md says, byte by byte. Properties may be set to wrong values and steps left out: the tests' forger.
    /// </summary>
    internal sealed class SegmentForge
    {
        private readonly MemoryStream _file = new();
        private readonly List<(uint Time, uint Offset)> _index = [];
        private byte[] _chain = [];

        public ForgeDevice Device = new(1);

        /// <summary>Signs in place of <see cref="Device"/> when set.</summary>
        public ForgeDevice? Signer;
        public byte[] RecordingId = [.. Enumerable.Range(0x50, 16).Select(i => (byte)i)];
        public uint RecordingNumber = 7,
            Segment,
            FirstLive,
            Slot,
            SlotSectors = 128,
            Boot = 3,
            Fragments,
            FirstFrame,
            Frames,
            PastFrames;
        public ulong ZeroMonotonic = 61_000,
            ZeroUtc = 1_790_000_000_000,
            Signed = 61_500;
        public uint Uncertainty = 250;
        public byte Source = 2;
        public string Unit = "UNIT-17";
        public ushort Width = 64,
            Height = 48,
            Version = 1,
            Flags;
        public bool SmallMoov;
        public uint Start,
            Time;
        public byte[]? PreviousClose,
            PreEventClose;

        /// <summary>Seals the content: four recipients' worth of envelope when set.</summary>
        public bool Sealed;
        public byte[] CloseDigest = [];

        /// <summary>Changes a manifest's values before it is encoded.</summary>
        public Action<SortedDictionary<int, Action<CborWriter>>>? Tweak;

        /// <summary>Changes a manifest's bytes before they are signed.</summary>
        public Func<byte[], byte[]>? TweakBytes;
        public List<Region> Regions { get; } = [];

        /// <summary>Where each unit begins and ends.</summary>
        public List<(string Kind, int Start, int End)> Units { get; } = [];

        public int Length => (int)_file.Length;

        // ---- parts

        public SegmentForge Init()
        {
            Time = Start;
            var b = new MemoryStream();
            Box(b, "ftyp", "isom"u8.ToArray(), U32(0x200), "isomiso6mp41qt  "u8.ToArray());
            Uuid(
                b,
                1,
                U16(Version),
                U16((ushort)(Flags | (Sealed ? 1 : 0))),
                Device.DeviceId,
                RecordingId,
                U32(RecordingNumber),
                U32(Segment),
                U32(FirstLive),
                U32(Slot),
                U32(SlotSectors),
                U64(ZeroMonotonic),
                U64(ZeroUtc),
                U32(Uncertainty),
                [Source, 0, 0, 0],
                Device.PublicKey,
                Encoding.ASCII.GetBytes(Unit.PadRight(16, '\0')),
                U16(Width),
                U16(Height),
                U32(Boot),
                U32(FirstFrame),
                U32(0)
            );
            if (Sealed)
            {
                b.Write(SealForge.Boxes());
            }

            int moovAt = (int)b.Length;
            b.Write(SmallMoov ? Box("moov", Box("mvhd", new byte[60])) : Moov());
            long rest = (512 - b.Length % 512) % 512;
            if (rest is > 0 and < 8)
            {
                rest += 512;
            }

            Add("ftyp", SegmentPart.Init, 0, 32);
            Add("segment header", SegmentPart.Init, 32, 168);
            Add("moov", SegmentPart.Init, moovAt, (int)b.Length - moovAt);
            Add("init padding", SegmentPart.Init, (int)b.Length, (int)rest);
            if (rest > 0)
            {
                Box(b, "free", new byte[rest - 8]);
            }

            _file.Write(b.ToArray());
            _chain = ForgeDevice.BlockHash(b.ToArray());
            Units.Add(("init", 0, Length));
            return this;
        }

        /// <summary>A fragment of frames of these sizes, 100 ms each.</summary>
        public SegmentForge Fragment(params int[] sizes) =>
            Fragment(sizes.Select((s, i) => Jpeg(s, (int)(Fragments * 31 + i))).ToArray(), 100);

        public SegmentForge Fragment(byte[][] frames, uint duration, string? text = null)
        {
            int n = frames.Length,
                at = Length;
            ulong since = (ZeroMonotonic + Time) / 1000;
            text ??=
                ZeroUtc != 0
                    ? DateTime.UnixEpoch.AddMilliseconds(ZeroUtc + Time).ToString("yyyy-MM-dd HH:mm:ss") + " UTC " + Unit
                    : $"clock unset +{since / 3600:0000}:{since / 60 % 60:00}:{since % 60:00} " + Unit;
            byte[] sample = [.. U16((ushort)text.Length), .. Encoding.ASCII.GetBytes(text)];
            if (Sealed)
            {
                frames = [.. frames.Select(Padded)];
            }

            int samples = Sealed ? 73 + 24 * n : 28 * n;
            int used = 80 + 132 + samples + 8 + sample.Length,
                h = used - sample.Length + 42 <= 512 ? 512 : 1024;
            byte[][] stored = frames.Select(Padded).ToArray();
            int media = stored.Sum(f => f.Length);
            var b = new MemoryStream();
            Uuid(
                b,
                2,
                U32(Fragments),
                U32(Segment),
                Device.DeviceId,
                RecordingId,
                U32((uint)(h + media + 512) / 512),
                U16((ushort)n),
                U16((ushort)h),
                U32(FirstFrame + Frames),
                U32(0)
            );
            byte[] tfdt = Box("tfdt", U32(0), U32(Time));
            var video = new List<byte[]> { Box("tfhd", U32(0x020000), U32(1)), tfdt };
            uint offset = (uint)h - 80;
            if (Sealed)
            {
                video.AddRange(SealForge.Samples(n, offset, duration, frames));
            }

            for (int i = 0; i < n && !Sealed; i++)
            {
                video.Add(Box("trun", U32(0x301), U32(1), U32(offset), U32(duration), U32((uint)frames[i].Length)));
                offset += (uint)stored[i].Length;
            }
            Box(
                b,
                "moof",
                Box("mfhd", U32(0), U32(Fragments + 1)),
                Box("traf", [.. video]),
                Box(
                    "traf",
                    Box("tfhd", U32(0x020000), U32(3)),
                    tfdt,
                    Box("trun", U32(0x301), U32(1), U32((uint)(132 + samples + 8)), U32(duration * (uint)n), U32((uint)sample.Length))
                )
            );
            b.Write([.. U32((uint)(8 + sample.Length + (h - used) + media)), .. "mdat"u8, .. sample]);
            b.Write(new byte[h - used]);
            byte[] header = b.ToArray();
            int f = (int)Fragments;
            Add("fragment header", SegmentPart.FragmentHeader, at, 80, f);
            Add("moof", SegmentPart.Moof, at + 80, 132 + samples, f);
            Add("mdat header", SegmentPart.MediaHeader, at + used - sample.Length - 8, 8, f);
            Add("text", SegmentPart.Text, at + used - sample.Length, sample.Length, f);
            Add("header padding", SegmentPart.HeaderPadding, at + used, h - used, f);
            var blocks = new List<byte[]> { header };
            _file.Write(header);
            for (int i = 0; i < n; i++)
            {
                Add("frame", SegmentPart.Frame, Length, frames[i].Length, f);
                Add("frame padding", SegmentPart.FramePadding, Length + frames[i].Length, stored[i].Length - frames[i].Length, f);
                _file.Write(stored[i]);
                blocks.AddRange(stored[i].Chunk(16384));
            }
            Chain([.. blocks]);
            _index.Add((Time, (uint)at + 80));
            var t = new MemoryStream();
            Uuid(t, 3, U32(Fragments), _chain, Enumerable.Repeat((byte)0xA5, 32).ToArray(), U32(0));
            Box(t, "free", new byte[408]);
            Add("trailer", SegmentPart.Trailer, Length, 512, f);
            _file.Write(t.ToArray());
            Chain(t.ToArray());
            Time += duration * (uint)n;
            Frames += (uint)n;
            Fragments++;
            Signed = Math.Max(Signed, ZeroMonotonic + Time + 40);
            Units.Add(("fragment", at, Length));
            return this;
        }

        public SegmentForge Checkpoint()
        {
            int at = Length;
            byte[] block = Block(1, Manifest(1, 0, 0, null), out _);
            Chain(block);
            _file.Write(block);
            Units.Add(("checkpoint", at, Length));
            return this;
        }

        /// <summary>Closes the segment; <paramref name="segments"/> in the last one of its recording.</summary>
        public SegmentForge Close(uint? segments = null, uint why = 1)
        {
            byte[] index = Index();
            uint first = SlotSectors - (uint)(index.Length / 512);
            int at = Length;
            byte[] block = Block(
                2,
                Manifest(2, first, (uint)(index.Length / 512), segments, why, ForgeDevice.BlockHash(index)),
                out int free,
                first * 512
            );
            _file.Write(block);
            Add("close free", SegmentPart.Free, at + free, block.Length - free);
            Units.Add(("close", at, Length));
            _closing = (index, (int)first * 512);
            Add("index", SegmentPart.Index, (int)first * 512, index.Length);
            return this;
        }

        /// <summary>Closes the segment as recovery does, in another boot.</summary>
        public SegmentForge Recover(uint boot, ulong? bound = 1000)
        {
            byte[] index = Index();
            uint first = SlotSectors - (uint)(index.Length / 512);
            int at = Length;
            byte[] block = Block(
                3,
                RecoveryManifest(boot, bound, first, (uint)(index.Length / 512), ForgeDevice.BlockHash(index)),
                out int free,
                first * 512
            );
            _file.Write(block);
            Add("close free", SegmentPart.Free, at + free, block.Length - free);
            Units.Add(("close", at, Length));
            _closing = (index, (int)first * 512);
            return this;
        }

        private byte[] RecoveryManifest(uint boot, ulong? bound, uint indexSector, uint indexSectors, byte[] indexDigest)
        {
            var tweak = Tweak;
            Tweak = map =>
            {
                tweak?.Invoke(map);
                foreach (int key in (int[])[11, 12, 15, 16, 17, 18, 19, 20, 23, 24, 26, 29, 30])
                {
                    map.Remove(key);
                }

                map[2] = c => c.WriteInt32(3);
                map[31] = c => Array(c, boot, null, bound);
                map[35] = c => c.WriteNull();
            };
            byte[] manifest = Manifest(2, indexSector, indexSectors, null, 5, indexDigest);
            Tweak = tweak;
            return manifest;
        }

        private (byte[] Index, int At)? _closing;

        /// <summary>What was written so far.</summary>
        public byte[] Head() => _file.ToArray();

        /// <summary>The whole slot; unwritten parts hold stale bytes.</summary>
        public byte[] Slot512(int stale = 0x3C)
        {
            var slot = new byte[SlotSectors * 512];
            if (Length > slot.Length)
            {
                throw new InvalidOperationException("the slot is too small for this test");
            }

            System.Array.Fill(slot, (byte)stale);
            _file.ToArray().CopyTo(slot, 0);
            if (_closing is (byte[] index, int at))
            {
                index.CopyTo(slot, at);
            }

            return slot;
        }

        // ---- signed blocks

        public byte[] Manifest(int kind, uint indexSector, uint indexSectors, uint? segments, uint why = 1, byte[]? indexDigest = null)
        {
            var keys = new SortedDictionary<int, Action<CborWriter>>
            {
                [1] = c => c.WriteInt32(1),
                [2] = c => c.WriteInt32(kind),
                [3] = c => c.WriteByteString(Device.DeviceId),
                [4] = c => c.WriteByteString(RecordingId),
                [5] = c => c.WriteUInt32(RecordingNumber),
                [6] = c => c.WriteUInt32(Segment),
                [7] = c => c.WriteUInt32(FirstLive),
                [8] = c => c.WriteUInt32(Fragments),
                [9] = c => c.WriteByteString(_chain),
                [10] = c => c.WriteInt32(Length / 512),
                [11] = c => BytesOrNull(c, PreviousClose),
                [12] = c => BytesOrNull(c, PreEventClose),
                [13] = c =>
                    Array(c, ZeroMonotonic, ZeroUtc == 0 ? null : ZeroUtc, ZeroUtc == 0 ? null : (object)Uncertainty, Source, Boot, Signed),
                [14] = c => Array(c, FirstFrame, Frames, Start, Time),
                [15] = c => Array(c, FirstFrame + Frames, 0, 0, 1, 140),
                [16] = c => Array(c, 30000, 12000, PastFrames, 1, PastFrames > 0 ? 12000 : 0, PastFrames),
                [17] = c => Arrays(c, [-1200L, 1]),
                [18] = c => Arrays(c, [0, -150L, 120, 1], [1, 300L, 80, 3]),
                [19] = c => Array(c, 0, 2),
                [20] = c => Array(c),
                [21] = c =>
                {
                    if (Sealed)
                    {
                        SealForge.Stated(c);
                    }
                    else
                    {
                        c.WriteInt32(0);
                    }
                },
                [22] = c => Array(c, "0.1.0", null, "bench", "virtual", null),
                [23] = c => c.WriteByteString(new byte[32]),
                [24] = c => Array(c, 3812, 77),
                [25] = c => c.WriteNull(),
                [26] = c => c.WriteNull(),
            };
            if (kind == 2)
            {
                keys[27] = c => c.WriteUInt32(why);
                keys[28] = c => Array(c, indexSector, indexSectors, indexDigest);
                keys[29] = c => Value(c, segments);
                if (segments != null)
                {
                    keys[30] = c => Array(c, 800, 18000, 60000, 21000, 900, 52000, 350000, 61, 0, 0, 800, 1, 0);
                }
            }
            Tweak?.Invoke(keys);
            var cbor = new CborWriter(CborConformanceMode.Lax);
            cbor.WriteStartMap(keys.Count);
            foreach ((int key, Action<CborWriter> value) in keys)
            {
                cbor.WriteInt32(key);
                value(cbor);
            }
            cbor.WriteEndMap();
            byte[] bytes = cbor.Encode();
            return TweakBytes?.Invoke(bytes) ?? bytes;
        }

        private byte[] Block(ushort kind, byte[] manifest, out int freeAt, uint freeUntil = 0)
        {
            byte[] payload = ForgeDevice.Mac("LAPEL-MANIFEST-1", manifest);
            if (kind > 1)
            {
                CloseDigest = payload;
            }

            byte[] cose = (Signer ?? Device).Sign1(payload);
            var b = new MemoryStream();
            Uuid(b, 4, U16(kind), U16(0), U32((uint)manifest.Length), U32((uint)cose.Length), manifest, cose);
            int box = (int)b.Length,
                size = (box + 8 + 511) / 512 * 512;
            b.Write(U32(kind > 1 ? freeUntil - (uint)Length - (uint)box : (uint)(size - box)));
            b.Write("free"u8);
            b.Write(new byte[size - box - 8]);
            string name = kind > 1 ? "close" : "checkpoint";
            Add(name + " header", SegmentPart.SignedBlock, Length, 36);
            Add(name + " manifest", SegmentPart.Manifest, Length + 36, manifest.Length);
            Add(name + " signature", SegmentPart.Signature, Length + 36 + manifest.Length, cose.Length);
            if (kind == 1)
            {
                Add(name + " free", SegmentPart.Free, Length + box, size - box);
            }

            freeAt = box;
            return b.ToArray();
        }

        private byte[] Index()
        {
            var entries = new MemoryStream();
            foreach ((uint time, uint offset) in _index)
            {
                entries.Write([.. U32(time), .. U32(offset), 1, 1, 1]);
            }

            byte[] tfra = Box("tfra", U32(0), U32(1), U32(0), U32((uint)_index.Count), entries.ToArray());
            byte[] mfra = Box("mfra", tfra, Box("mfro", U32(0), U32((uint)tfra.Length + 24)));
            int rest = (512 - mfra.Length % 512) % 512;
            if (rest is > 0 and < 8)
            {
                rest += 512;
            }

            return rest == 0 ? mfra : [.. Box("free", new byte[rest - 8]), .. mfra];
        }

        // ---- chain and bytes

        private void Chain(params byte[][] blocks)
        {
            var list = new byte[2048];
            _chain.CopyTo(list, 0);
            for (int i = 0; i < blocks.Length; i++)
            {
                ForgeDevice.BlockHash(blocks[i]).CopyTo(list, 32 + 32 * i);
            }

            _chain = ForgeDevice.Mac("LAPEL-CHAIN-1", list);
        }

        public static byte[] Jpeg(int size, int seed)
        {
            var jpeg = new byte[size];
            new Random(seed).NextBytes(jpeg);
            jpeg[0] = 0xff;
            jpeg[1] = 0xd8;
            jpeg[^2] = 0xff;
            jpeg[^1] = 0xd9;
            return jpeg;
        }

        private static byte[] Padded(byte[] frame)
        {
            var stored = new byte[(frame.Length + 511) / 512 * 512];
            frame.CopyTo(stored, 0);
            return stored;
        }

        private void Add(string name, SegmentPart part, int start, int length, int fragment = -1)
        {
            if (length > 0)
            {
                Regions.Add(new Region(name, part, start, length, fragment));
            }
        }

        private byte[] Moov()
        {
            uint date = ZeroUtc == 0 ? 0 : (uint)(ZeroUtc / 1000 + 2082844800);
            byte[] matrix = [.. U32(0x10000), .. new byte[12], .. U32(0x10000), .. new byte[12], .. U32(0x40000000)];
            byte[] Track(uint id, byte[] handler, byte[] media, byte[] entry) =>
                Box(
                    "trak",
                    Box(
                        "tkhd",
                        U32(7),
                        U32(date),
                        U32(date),
                        U32(id),
                        new byte[24],
                        matrix,
                        U32((uint)Width << 16),
                        U32((uint)Height << 16)
                    ),
                    Box(
                        "mdia",
                        Box("mdhd", U32(0), U32(date), U32(date), U32(1000), U32(0), U16(0x55c4), U16(0)),
                        Box("hdlr", [.. new byte[8], .. handler]),
                        Box(
                            "minf",
                            media,
                            Box("dinf", Box("dref", U32(0), U32(1), Box("url ", U32(1)))),
                            Box(
                                "stbl",
                                Box("stsd", U32(0), U32(1), entry),
                                Box("stts", new byte[8]),
                                Box("stsc", new byte[8]),
                                Box("stsz", new byte[12]),
                                Box("stco", new byte[8])
                            )
                        )
                    )
                );
            byte[] video = Track(
                1,
                [.. "vide"u8, .. new byte[12], .. "Video\0"u8],
                Box("vmhd", U32(1), new byte[8]),
                Box(
                    "jpeg",
                    new byte[6],
                    U16(1),
                    new byte[16],
                    U16(Width),
                    U16(Height),
                    U32(0x480000),
                    U32(0x480000),
                    U32(0),
                    U16(1),
                    [12, .. "Photo - JPEG"u8, .. new byte[19]],
                    U16(24),
                    U16(0xffff)
                )
            );
            byte[] text = Track(
                3,
                [.. "sbtl"u8, .. new byte[12], .. "Text\0"u8],
                Box("nmhd", U32(0)),
                Box("tx3g", new byte[6], U16(1), new byte[48])
            );
            byte[] Defaults(uint track) => Box("trex", U32(0), U32(track), U32(1), new byte[12]);
            return Box(
                "moov",
                Box(
                    "mvhd",
                    U32(0),
                    U32(date),
                    U32(date),
                    U32(1000),
                    U32(0),
                    U32(0x10000),
                    U16(0x100),
                    new byte[10],
                    matrix,
                    new byte[24],
                    U32(4)
                ),
                video,
                text,
                Box("mvex", Defaults(1), Defaults(3))
            );
        }

        public static byte[] Box(string type, params byte[][] parts)
        {
            var b = new MemoryStream();
            Box(b, type, parts);
            return b.ToArray();
        }

        private static void Box(MemoryStream to, string type, params byte[][] parts)
        {
            to.Write(U32((uint)(8 + parts.Sum(p => p.Length))));
            to.Write(Encoding.ASCII.GetBytes(type));
            foreach (byte[] part in parts)
            {
                to.Write(part);
            }
        }

        private static void Uuid(MemoryStream to, byte kind, params byte[][] parts) =>
            Box(
                to,
                "uuid",
                [
                    [.. Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c"), kind],
                    .. parts,
                ]
            );

        private static byte[] U16(ushort v) => [(byte)(v >> 8), (byte)v];

        public static byte[] U32(uint v) => [(byte)(v >> 24), (byte)(v >> 16), (byte)(v >> 8), (byte)v];

        private static byte[] U64(ulong v) => [.. U32((uint)(v >> 32)), .. U32((uint)v)];

        // ---- CBOR

        public static void BytesOrNull(CborWriter c, byte[]? bytes)
        {
            if (bytes == null)
            {
                c.WriteNull();
            }
            else
            {
                c.WriteByteString(bytes);
            }
        }

        public static void Array(CborWriter c, params object?[] values)
        {
            c.WriteStartArray(values.Length);
            foreach (object? value in values)
            {
                Value(c, value);
            }

            c.WriteEndArray();
        }

        private static void Arrays(CborWriter c, params object[][] rows)
        {
            c.WriteStartArray(rows.Length);
            foreach (object[] row in rows)
            {
                Array(c, row);
            }

            c.WriteEndArray();
        }

        private static void Value(CborWriter c, object? value)
        {
            switch (value)
            {
                case null:
                    c.WriteNull();
                    break;
                case byte[] bytes:
                    c.WriteByteString(bytes);
                    break;
                case string text:
                    c.WriteTextString(text);
                    break;
                case ulong big:
                    c.WriteUInt64(big);
                    break;
                default:
                    c.WriteInt64(Convert.ToInt64(value));
                    break;
            }
        }
    }
}
