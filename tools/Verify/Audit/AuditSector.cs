// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>One whole sector of an audit log (FORMAT.md section 9).</summary>
    public sealed class AuditSector
    {
        public const int Size = 512;

        internal const int BodyAt = 96,
            BodySize = 380;
        private const int CrcAt = 508,
            EntrySize = 44,
            MostData = 64,
            KnownVersion = 1,
            Entry = 1,
            Signed = 2;

        private const string ImpossiblePlace = "its place or sequence number is impossible";
        private const long MostPlace = 1L << 52;

        // Times beyond these are no times: 300 years after boot, and the year 9999.
        private const long LastMonotonic = 10_000_000_000_000,
            LastUtc = 253_402_300_799_999;

        private readonly byte[] _bytes;

        private AuditSector(byte[] bytes, string name, long position)
        {
            _bytes = bytes;
            Name = name;
            Position = position;
        }

        /// <summary>Name of its file.</summary>
        public string Name { get; }

        /// <summary>Sector of the file in which it stands.</summary>
        public long Position { get; }
        public bool IsCheckpoint => _bytes[6] == Signed;
        public ReadOnlySpan<byte> DeviceId => _bytes.AsSpan(8, 16);
        public long Log => (long)BoxBytes.U64(_bytes, 24);
        public long Place => (long)BoxBytes.U64(_bytes, 32);
        public long Sequence => (long)BoxBytes.U64(_bytes, 40);

        /// <summary>Sequence number of the sector before in the device's chain; 0 in the first.</summary>
        public long Before => (long)BoxBytes.U64(_bytes, 48);

        /// <summary>H of that sector.</summary>
        public ReadOnlySpan<byte> BeforeDigest => _bytes.AsSpan(56, 32);
        public uint Boot => BoxBytes.U32(_bytes, 88);

        /// <summary>0 when it simply follows; else how the log was found (9.2).</summary>
        public int Found => BoxBytes.U16(_bytes, 94);

        /// <summary>H of the sector.</summary>
        public byte[] Digest { get; } = new byte[EvidenceHash.Size];

        /// <summary>The entries; empty in a checkpoint.</summary>
        public List<AuditEntry> Entries { get; } = [];

        /// <summary>What in it has not the layout that the format fixes.</summary>
        public List<string> Problems { get; } = [];

        /// <summary>Whether a signature covers it.</summary>
        public bool IsSigned { get; internal set; }

        /// <summary>Whether those before it in its file were overwritten.</summary>
        internal bool FollowsOverwritten { get; set; }

        /// <summary>The sector before in the device's chain, when it is there.</summary>
        internal AuditSector? Parent { get; set; }

        internal ReadOnlySpan<byte> Body => _bytes.AsSpan(BodyAt, BodySize);

        internal int Used => BoxBytes.U16(_bytes, 92);

        /// <summary>Whether header, body and MAC say the same but for the place.</summary>
        internal bool SaysTheSameAs(AuditSector other) =>
            Before == other.Before
            && Sequence == other.Sequence
            && BeforeDigest.SequenceEqual(other.BeforeDigest)
            && Body.SequenceEqual(other.Body);

        /// <summary>Whether both are the same, byte for byte.</summary>
        internal bool IsSameAs(AuditSector other) => _bytes.AsSpan().SequenceEqual(other._bytes);

        /// <summary>
        /// Reads the sector at a position of a log with so many; null when no whole one stands there, and why when something like one does.
        /// </summary>
        internal static AuditSector? Read(ReadOnlySpan<byte> bytes, string name, int position, int positions, out string? damage)
        {
            AuditSector? sector = ReadAlone(bytes, name, position, out damage);
            if (sector == null || sector.Place % positions == position)
            {
                return sector;
            }

            damage = ImpossiblePlace;
            return null;
        }

        /// <summary>Reads a sector wherever it stands; null when it is no whole one, and why when it is something like one.</summary>
        internal static AuditSector? ReadAlone(ReadOnlySpan<byte> bytes, string name, long position, out string? damage)
        {
            damage = null;
            bool ours = bytes[..4].SequenceEqual("LPLA"u8);
            if (!ours)
            {
                return null;
            }

            if (BoxBytes.U16(bytes, 4) != KnownVersion)
            {
                damage = "format version " + N(BoxBytes.U16(bytes, 4)) + ", unknown to this verifier";
            }
            else if (BoxBytes.U32(bytes, CrcAt) != Crc32.Of(bytes[..CrcAt]))
            {
                damage = "its checksum does not hold";
            }

            if (damage != null)
            {
                return null;
            }

            var sector = new AuditSector(bytes.ToArray(), name, position);
            if (sector.Place is < 0 or >= MostPlace || sector.Sequence <= 0 || sector.Before < 0 || sector.Before >= sector.Sequence)
            {
                damage = ImpossiblePlace;
                return null;
            }
            EvidenceHash.H(bytes, sector.Digest);
            sector.Take();
            return sector;
        }

        private void Take()
        {
            if (_bytes[6] is not (Entry or Signed))
            {
                Problems.Add("its kind is " + N(_bytes[6]));
            }

            if (Found > 3)
            {
                Problems.Add("it was found in an unknown way, " + N(Found));
            }

            if (Found != 0 && IsCheckpoint)
            {
                Problems.Add("a checkpoint that says how the log was found");
            }

            if (Before == 0 && !BoxBytes.AllZero(BeforeDigest))
            {
                Problems.Add("it is the first and names a sector before");
            }

            if (Used > BodySize)
            {
                Problems.Add("its body is longer than a body can be");
                return;
            }
            if (!BoxBytes.AllZero(Body[Used..]))
            {
                Problems.Add("what is not in use is not zero");
            }

            if (IsCheckpoint)
            {
                if (_bytes[7] != 0)
                {
                    Problems.Add("a checkpoint that counts entries");
                }

                return;
            }
            int at = 0;
            while (at < Used && Problems.Count == 0)
            {
                at = TakeEntry(at);
            }

            if (Problems.Count == 0 && (Entries.Count != _bytes[7] || Entries.Count == 0))
            {
                Problems.Add("it counts " + N(_bytes[7]) + " entries and has " + N(Entries.Count));
            }
        }

        private int TakeEntry(int at)
        {
            ReadOnlySpan<byte> e = Body[at..Used];
            int data = e.Length < EntrySize ? 0 : e[1];
            if (e.Length < EntrySize || data > MostData || e.Length < EntrySize + data)
            {
                Problems.Add("an entry is cut off");
                return at;
            }
            ulong monotonic = BoxBytes.U64(e, 24),
                utc = BoxBytes.U64(e, 32);
            uint uncertainty = BoxBytes.U32(e, 40);
            if (e[0] == 0 || e[2] > 2 || e[3] != 0 || monotonic > LastMonotonic || utc > LastUtc || (utc == 0) != (e[2] == 0))
            {
                Problems.Add("an entry has a kind, clock source or time that none can have");
                return at;
            }
            Entries.Add(
                new AuditEntry
                {
                    Sequence = Sequence,
                    Boot = Boot,
                    Kind = (AuditKind)e[0],
                    Code = (int)BoxBytes.U32(e, 4),
                    First = (long)BoxBytes.U64(e, 8),
                    Second = (long)BoxBytes.U64(e, 16),
                    Monotonic = (long)monotonic,
                    Utc = utc == 0 ? null : DateTime.UnixEpoch.AddMilliseconds(utc),
                    Uncertainty = uncertainty == uint.MaxValue ? null : uncertainty,
                    Source = (ClockSource)e[2],
                    Data = e.Slice(EntrySize, data).ToArray(),
                }
            );
            return at + EntrySize + data;
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
