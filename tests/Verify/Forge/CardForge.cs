// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify.Tests
{
    /// <summary>A card in a temporary folder.</summary>
    internal sealed class CardForge : IDisposable
    {
        private const int RecordsPerSector = 15;

        public string Path { get; } = Directory.CreateTempSubdirectory("lapel-verify-").FullName;
        public string Root => System.IO.Path.Combine(Path, "LAPEL");

        /// <summary>State, recording number, segment, fragments and close digest of each slot.</summary>
        public Dictionary<int, (byte State, uint Number, uint Segment, uint Fragments, byte[] Digest)> Records { get; } = [];

        public CardForge(int slots, byte[]? keyFile)
        {
            Directory.CreateDirectory(Root);
            if (keyFile != null)
            {
                File.WriteAllBytes(System.IO.Path.Combine(Root, "DEVICE.PUB"), keyFile);
            }

            for (int slot = 0; slot < slots; slot++)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File_(slot))!);
                File.WriteAllBytes(File_(slot), new byte[32 * 512]);
            }
            Slots = slots;
        }

        public int Slots { get; }

        public string File_(int slot) => System.IO.Path.Combine(Root, $"S{slot / 100:000}", $"{slot:00000000}.MP4");

        public CardForge Put(IEnumerable<SegmentForge> segments)
        {
            foreach (SegmentForge s in segments)
            {
                File.WriteAllBytes(File_((int)s.Slot), s.Slot512());
                Records[(int)s.Slot] = (2, s.RecordingNumber, s.Segment, s.Fragments, s.CloseDigest);
            }
            return this;
        }

        public CardForge WriteCatalogue(bool damagedA = false, bool damagedB = false)
        {
            var bytes = new byte[(Slots + RecordsPerSector - 1) / RecordsPerSector * 512];
            for (int i = 0; i * 512 < bytes.Length; i++)
            {
                Span<byte> sector = bytes.AsSpan(i * 512, 512);
                "LPLC"u8.CopyTo(sector);
                BinaryPrimitives.WriteUInt16BigEndian(sector[4..], 1);
                BinaryPrimitives.WriteUInt16BigEndian(sector[6..], RecordsPerSector);
                BinaryPrimitives.WriteInt32BigEndian(sector[8..], i);
                BinaryPrimitives.WriteInt32BigEndian(sector[12..], 9);
                BinaryPrimitives.WriteInt32BigEndian(sector[16..], Slots);
                BinaryPrimitives.WriteInt32BigEndian(sector[20..], 32);
                for (int r = 0; r < RecordsPerSector; r++)
                {
                    if (
                        Records.TryGetValue(
                            i * RecordsPerSector + r,
                            out (byte State, uint Number, uint Segment, uint Fragments, byte[] Digest) record
                        )
                    )
                    {
                        Span<byte> to = sector[(32 + 32 * r)..];
                        to[0] = record.State;
                        BinaryPrimitives.WriteUInt32BigEndian(to[4..], record.Number);
                        BinaryPrimitives.WriteUInt32BigEndian(to[8..], record.Segment);
                        BinaryPrimitives.WriteUInt32BigEndian(to[20..], record.Fragments);
                        record.Digest.AsSpan(0, 8).CopyTo(to[24..]);
                    }
                }

                BinaryPrimitives.WriteUInt32BigEndian(sector[28..], Crc(sector));
            }
            Write("CATALOG.A", bytes, damagedA);
            Write("CATALOG.B", bytes, damagedB);
            return this;
        }

        public (int Code, string Out, string Error) Verify(string? key = null, bool json = false, string? path = null)
        {
            var output = new StringWriter();
            var error = new StringWriter();
            int code = VerifyCommand.Run(path ?? Path, key, json, output, error);
            return (code, output.ToString(), error.ToString());
        }

        public string Key(string name, byte[] content)
        {
            string file = System.IO.Path.Combine(Root, "..", "..", System.IO.Path.GetFileName(Path) + "." + name);
            File.WriteAllBytes(file, content);
            _beside.Add(file);
            return file;
        }

        private readonly List<string> _beside = [];

        public void Dispose()
        {
            foreach (string file in _beside)
            {
                File.Delete(file);
            }

            Directory.Delete(Path, recursive: true);
        }

        private void Write(string name, byte[] bytes, bool damaged)
        {
            byte[] copy = (byte[])bytes.Clone();
            if (damaged)
            {
                copy[40] ^= 1;
            }

            File.WriteAllBytes(System.IO.Path.Combine(Root, name), copy);
        }

        private static uint Crc(ReadOnlySpan<byte> bytes)
        {
            uint crc = uint.MaxValue;
            foreach (byte b in bytes)
            {
                crc ^= b;
                for (int i = 0; i < 8; i++)
                {
                    crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
                }
            }
            return ~crc;
        }
    }
}
