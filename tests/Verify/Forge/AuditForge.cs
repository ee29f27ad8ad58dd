// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Text;

namespace Lapel.Verify.Tests
{
    /// <summary>Writes audit logs by FORMAT.md 9, apart from the firmware: one chain of a device over the cards that it is given.</summary>
    internal sealed class AuditForge
    {
        private readonly ForgeDevice _device;
        private readonly List<(ulong Log, long Place, byte[] Bytes)> _sectors = [];
        private ulong _log;
        private long _place,
            _sequence;
        private ushort _found;
        private byte[] _head = new byte[32];
        private long _monotonic;

        public AuditForge(ForgeDevice device, ulong log)
        {
            (_device, _log) = (device, log);
        }

        /// <summary>Boot number of what comes.</summary>
        public uint Boot { get; private set; } = 7;

        /// <summary>The last sector, as key 25 of a manifest names it.</summary>
        public (long Sequence, byte[] Digest) Head => (_sequence, _head);

        /// <summary>Goes on in another boot, whose time begins anew.</summary>
        public AuditForge NewBoot(uint boot)
        {
            (Boot, _monotonic) = (boot, 0);
            return this;
        }

        /// <summary>A sector with one entry.</summary>
        public AuditForge Entry(
            AuditKind kind,
            long monotonic,
            int code = 0,
            long first = 0,
            long second = 0,
            byte[]? data = null,
            long utc = 0
        )
        {
            data ??= [];
            var entry = new byte[44 + data.Length];
            entry[0] = (byte)kind;
            entry[1] = (byte)data.Length;
            entry[2] = (byte)(utc == 0 ? 0 : 2);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(4), code);
            BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(8), first);
            BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(16), second);
            BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(24), monotonic);
            BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(32), utc);
            BinaryPrimitives.WriteUInt32BigEndian(entry.AsSpan(40), utc == 0 ? uint.MaxValue : 100);
            data.CopyTo(entry, 44);
            _monotonic = monotonic;
            Add(1, 1, entry);
            return this;
        }

        /// <summary>Another card, with so much of this device's log on it.</summary>
        public AuditForge Card(ulong log, long place = 0, ushort found = 1)
        {
            (_log, _place, _found) = (log, place, found);
            return this;
        }

        /// <summary>The next sector names another H of the one before it, and how the log was found.</summary>
        public AuditForge Misname(ushort found)
        {
            (_head, _found) = ([.. _head.Reverse()], found);
            return this;
        }

        /// <summary>Sectors with one sign of life each.</summary>
        public AuditForge Alive(int count)
        {
            for (; count > 0; count--)
            {
                var entry = new byte[44];
                entry[0] = 19;
                _monotonic = Math.Max(_monotonic, (_sequence + 1) * 60_000);
                BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(24), _monotonic);
                BinaryPrimitives.WriteUInt32BigEndian(entry.AsSpan(40), uint.MaxValue);
                Add(1, 1, entry);
            }
            return this;
        }

        /// <summary>A signed checkpoint.</summary>
        public AuditForge Checkpoint()
        {
            var log = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(log, _log);
            var cbor = new CborWriter(CborConformanceMode.Canonical);
            cbor.WriteStartMap(7);
            cbor.WriteInt32(1);
            cbor.WriteInt32(1);
            cbor.WriteInt32(2);
            cbor.WriteInt32(4);
            cbor.WriteInt32(3);
            cbor.WriteByteString(_device.DeviceId);
            cbor.WriteInt32(25);
            SegmentForge.Array(cbor, (ulong)_sequence, _head);
            cbor.WriteInt32(32);
            SegmentForge.Array(cbor, log, (ulong)_place, (ulong)(_sequence + 1));
            cbor.WriteInt32(33);
            SegmentForge.Array(cbor, Boot, (ulong)_monotonic, null, null, 0u);
            cbor.WriteInt32(34);
            cbor.WriteInt32(1);
            cbor.WriteEndMap();
            byte[] manifest = cbor.Encode(),
                envelope = _device.Sign1(ForgeDevice.Mac("LAPEL-MANIFEST-1", manifest));
            var body = new byte[2 + manifest.Length + envelope.Length];
            BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)manifest.Length);
            manifest.CopyTo(body, 2);
            envelope.CopyTo(body, 2 + manifest.Length);
            Add(2, 0, body);
            return this;
        }

        /// <summary>The file of a log with so many sectors: what its ring still holds up to a place.</summary>
        public byte[] File(ulong log, int positions, long upTo = long.MaxValue)
        {
            var file = new byte[positions * 512];
            foreach ((ulong id, long place, byte[] bytes) in _sectors)
            {
                if (id == log && place < upTo)
                {
                    bytes.CopyTo(file, place % positions * 512);
                }
            }

            return file;
        }

        /// <summary>Sectors of a log from one place to another, one after another.</summary>
        public byte[] Run(ulong log, long from, long to)
        {
            var run = new MemoryStream();
            foreach ((ulong id, long place, byte[] bytes) in _sectors)
            {
                if (id == log && place >= from && place < to)
                {
                    run.Write(bytes);
                }
            }

            return run.ToArray();
        }

        private void Add(byte kind, byte entries, byte[] body)
        {
            var s = new byte[512];
            Encoding.ASCII.GetBytes("LPLA").CopyTo(s, 0);
            s[5] = 1;
            s[6] = kind;
            s[7] = entries;
            _device.DeviceId.CopyTo(s, 8);
            BinaryPrimitives.WriteUInt64BigEndian(s.AsSpan(24), _log);
            BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(32), _place);
            BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(40), _sequence + 1);
            BinaryPrimitives.WriteInt64BigEndian(s.AsSpan(48), _sequence);
            if (_sequence > 0)
            {
                _head.CopyTo(s, 56);
            }

            BinaryPrimitives.WriteUInt32BigEndian(s.AsSpan(88), Boot);
            BinaryPrimitives.WriteUInt16BigEndian(s.AsSpan(92), (ushort)body.Length);
            BinaryPrimitives.WriteUInt16BigEndian(s.AsSpan(94), _found);
            body.CopyTo(s, 96);
            BinaryPrimitives.WriteUInt32BigEndian(s.AsSpan(508), AuditTests.Crc(s.AsSpan(0, 508)));
            _sectors.Add((_log, _place++, s));
            _found = 0;
            _sequence++;
            _head = ForgeDevice.Mac("LAPEL-CHAIN-1", s);
        }
    }
}
