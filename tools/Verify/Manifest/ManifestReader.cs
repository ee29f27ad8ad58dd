// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>
    /// Reads a manifest's CBOR. Anything but the deterministic encoding of exactly the keys of version 1 is refused with
    /// <see cref="ManifestException"/>.
    /// </summary>
    internal static class ManifestReader
    {
        private const int FirstCloseKey = 27;
        private const int LastKey = 30;
        private const int LongestDigest = 64;
        private const int RecoveryKind = 3,
            RecoveryKey = 31,
            CommittedKey = 35,
            RecoveredReason = 5;

        /// <summary>The keys of a close by recovery (FORMAT.md section 7): all of them and no other.</summary>
        private static readonly int[] RecoveryKeys = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 21, 22, 25, 27, 28, 31, 35];

        public static Manifest Read(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                // Of .NET's modes this is the one that demands definite lengths, shortest integers and sorted, unique keys. Its order
                // (shorter keys first) and that of RFC 8949 4.2.1 are the same for the small integers used here.
                var cbor = new CborReader(bytes, CborConformanceMode.Canonical);
                Manifest manifest = Map(cbor);
                if (cbor.BytesRemaining != 0)
                {
                    throw Bad("bytes follow the manifest's map");
                }

                return manifest;
            }
            catch (CborContentException)
            {
                throw Bad("not deterministic CBOR");
            }
            catch (InvalidOperationException)
            {
                throw Bad("a value is of the wrong kind");
            }
            catch (OverflowException)
            {
                throw Bad("a number is out of range");
            }
        }

        private static Manifest Map(CborReader cbor)
        {
            var m = new Manifest();
            if (cbor.ReadStartMap() == null)
            {
                throw Bad("not deterministic CBOR: the map is of indefinite length");
            }

            int before = 0;
            bool stated = false;
            int recovered = 2;
            while (cbor.PeekState() != CborReaderState.EndMap)
            {
                if (cbor.PeekState() is not (CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger))
                {
                    throw new ManifestException(FindingCode.UnknownManifestKey, "it has a key that is not a number, unknown in version 1");
                }

                long key = cbor.ReadInt64();
                if (m.Recovery != null)
                {
                    if (recovered == RecoveryKeys.Length || RecoveryKeys[recovered] != key)
                    {
                        throw new ManifestException(
                            FindingCode.UnknownManifestKey,
                            "a close by recovery has key "
                                + key.ToString(CultureInfo.InvariantCulture)
                                + " where key "
                                + (
                                    recovered == RecoveryKeys.Length
                                        ? "none"
                                        : RecoveryKeys[recovered].ToString(CultureInfo.InvariantCulture)
                                )
                                + " must stand"
                        );
                    }

                    Value(cbor, RecoveryKeys[recovered++], m);
                    continue;
                }
                if (key is < 1 or > LastKey)
                {
                    throw new ManifestException(
                        FindingCode.UnknownManifestKey,
                        "it has key " + key.ToString(CultureInfo.InvariantCulture) + ", unknown in version 1"
                    );
                }

                if (key <= before)
                {
                    throw Bad("not deterministic CBOR: keys are not ascending");
                }

                if (key != before + 1)
                {
                    throw Bad("key " + (before + 1).ToString(CultureInfo.InvariantCulture) + " is missing");
                }

                if (key >= FirstCloseKey && !m.IsClose)
                {
                    throw new ManifestException(
                        FindingCode.UnknownManifestKey,
                        "a checkpoint has key " + key.ToString(CultureInfo.InvariantCulture) + ", which only a close may have"
                    );
                }

                Value(cbor, (int)key, m);
                before = (int)key;
                stated |= key == 1;
            }
            cbor.ReadEndMap();
            if (m.Recovery != null)
            {
                return recovered == RecoveryKeys.Length
                    ? m
                    : throw Bad("key " + RecoveryKeys[recovered].ToString(CultureInfo.InvariantCulture) + " is missing");
            }

            int last =
                !m.IsClose ? FirstCloseKey - 1
                : m.Segments == null ? LastKey - 1
                : LastKey;
            if (!stated || before < last)
            {
                throw Bad("key " + (before + 1).ToString(CultureInfo.InvariantCulture) + " is missing");
            }

            if (before > last)
            {
                throw new ManifestException(
                    FindingCode.UnknownManifestKey,
                    "statistics (key 30) stand in a close that is not the recording's last"
                );
            }

            return m;
        }

        private static void Value(CborReader cbor, int key, Manifest m)
        {
            switch (key)
            {
                case 1:
                    ulong version = cbor.ReadUInt64();
                    if (version != SegmentHeader.KnownVersion)
                    {
                        throw new ManifestException(
                            FindingCode.UnknownVersion,
                            "format version "
                                + version.ToString(CultureInfo.InvariantCulture)
                                + ": this verifier knows version "
                                + SegmentHeader.KnownVersion.ToString(CultureInfo.InvariantCulture)
                                + " only"
                        );
                    }

                    break;
                case 2:
                    uint kind = Choice(cbor, 1, RecoveryKind, "kind");
                    m.IsClose = kind > 1;
                    if (kind == RecoveryKind)
                    {
                        m.Recovery = new RecoveryFacts(0, null, null);
                    }

                    m.HasFacts = kind != RecoveryKind;

                    break;
                case 3:
                    m.DeviceId = Bytes(cbor, 16);
                    break;
                case 4:
                    m.RecordingId = Bytes(cbor, 16);
                    break;
                case 5:
                    m.RecordingNumber = cbor.ReadUInt32();
                    break;
                case 6:
                    m.Segment = cbor.ReadUInt32();
                    break;
                case 7:
                    m.FirstLive = cbor.ReadUInt32();
                    break;
                case 8:
                    m.Fragments = cbor.ReadUInt32();
                    break;
                case 9:
                    m.Chain = Bytes(cbor, EvidenceHash.Size);
                    break;
                case 10:
                    m.Sector = cbor.ReadUInt32();
                    break;
                case 11:
                    m.PreviousClose = BytesOrNull(cbor, EvidenceHash.Size);
                    break;
                case 12:
                    m.PreEventClose = BytesOrNull(cbor, EvidenceHash.Size);
                    break;
                case 13:
                    Start(cbor, 6);
                    m.ZeroMonotonic = cbor.ReadUInt64();
                    m.ZeroUtc = NumberOrNull(cbor);
                    m.Uncertainty = NumberOrNull(cbor);
                    m.Source = (ClockSource)Choice(cbor, 0, 2, "clock source");
                    m.Boot = cbor.ReadUInt32();
                    m.SignedMonotonic = cbor.ReadUInt64();
                    cbor.ReadEndArray();
                    break;
                case 14:
                    Start(cbor, 4);
                    m.FirstFrame = cbor.ReadUInt32();
                    m.Frames = cbor.ReadUInt32();
                    m.StartTime = cbor.ReadUInt64();
                    m.EndTime = cbor.ReadUInt64();
                    cbor.ReadEndArray();
                    break;
                case 15:
                    Start(cbor, 5);
                    m.Capture = new CaptureCount(
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64()
                    );
                    cbor.ReadEndArray();
                    break;
                case 16:
                    Start(cbor, 6);
                    m.PreEvent = new PreEvent(
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        Choice(cbor, 0, PreEvent.LastReason, "reason for the pre-event shortfall"),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64()
                    );
                    cbor.ReadEndArray();
                    break;
                case 17:
                    m.Markers = Markers(cbor);
                    break;
                case 18:
                    m.Presses = Presses(cbor);
                    break;
                case 19:
                    Start(cbor, 2);
                    m.UnlistedMarkers = cbor.ReadUInt64();
                    m.UnlistedPresses = cbor.ReadUInt64();
                    cbor.ReadEndArray();
                    break;
                case 20:
                    Start(cbor, 0);
                    cbor.ReadEndArray();
                    break;
                case 21:
                    m.Sealing = Sealing(cbor);
                    break;
                case 22:
                    m.Firmware = Firmware(cbor);
                    break;
                case 23:
                    m.Configuration = Bytes(cbor, null);
                    break;
                case 24:
                    Start(cbor, 2);
                    m.BatteryMillivolts = cbor.ReadUInt64();
                    m.BatteryPercent = cbor.ReadUInt64();
                    cbor.ReadEndArray();
                    break;
                case 25:
                    m.AuditHead = Head(cbor);
                    break;
                case 26:
                    m.PreviousRecording = BytesOrNull(cbor, EvidenceHash.Size);
                    break;
                case 27:
                    m.CloseReason =
                        m.Recovery != null
                            ? Choice(cbor, RecoveredReason, RecoveredReason, "reason for the close")
                            : Reason(cbor);
                    break;
                case 28:
                    Start(cbor, 3);
                    m.IndexSector = cbor.ReadUInt32();
                    m.IndexSectors = cbor.ReadUInt32();
                    m.IndexDigest = Bytes(cbor, EvidenceHash.Size);
                    cbor.ReadEndArray();
                    break;
                case 29:
                    if (cbor.PeekState() == CborReaderState.Null)
                    {
                        cbor.ReadNull();
                    }
                    else
                    {
                        m.Segments = cbor.ReadUInt32();
                    }

                    break;
                case CommittedKey:
                    m.Recovery!.Committed = Committed(cbor);
                    break;
                case RecoveryKey:
                    m.Recovery = Recovery(cbor);
                    break;
                case 30:
                    Start(cbor, 13);
                    m.Statistics = new Statistics(
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        cbor.ReadUInt64(),
                        Choice(cbor, 0, 2, "lowest quality"),
                        Choice(cbor, 0, 3, "governor reason")
                    );
                    cbor.ReadEndArray();
                    break;
            }
        }

        private static FirmwareStatement Firmware(CborReader cbor)
        {
            const int DigestBytes = 32;
            Start(cbor, 5);
            string version = Text(cbor);
            byte[]? build = BytesOrNull(cbor, DigestBytes);
            string board = Text(cbor);
            string target = Text(cbor);
            string? runtime = null;
            if (cbor.PeekState() == CborReaderState.Null)
            {
                cbor.ReadNull();
            }
            else
            {
                runtime = Text(cbor);
            }

            cbor.ReadEndArray();
            return new FirmwareStatement(version, build == null ? null : Convert.ToHexStringLower(build), board, target, runtime);
        }

        private static Sealing? Sealing(CborReader cbor)
        {
            if (cbor.PeekState() == CborReaderState.UnsignedInteger)
            {
                Choice(cbor, 0, 0, "sealing");
                return null;
            }
            Start(cbor, 3);
            Choice(cbor, 1, 1, "sealing");
            byte[] keyId = Bytes(cbor, 16);
            var recipients = new List<byte[]>();
            Open(cbor);
            while (cbor.PeekState() != CborReaderState.EndArray)
            {
                recipients.Add(Bytes(cbor, EvidenceHash.Size));
            }

            cbor.ReadEndArray();
            cbor.ReadEndArray();
            if (recipients.Count is < 1 or > Seal.MostRecipients)
            {
                throw Bad("the number of recipients is impossible");
            }

            return new Sealing(keyId, recipients);
        }

        private static RecoveryFacts Recovery(CborReader cbor)
        {
            Start(cbor, 3);
            var facts = new RecoveryFacts(cbor.ReadUInt32(), NumberOrNull(cbor), NumberOrNull(cbor));
            cbor.ReadEndArray();
            return facts;
        }

        private static CommittedFacts? Committed(CborReader cbor)
        {
            if (cbor.PeekState() == CborReaderState.Null)
            {
                cbor.ReadNull();
                return null;
            }

            Start(cbor, 5);
            var facts = new CommittedFacts(
                cbor.ReadUInt32(),
                cbor.ReadUInt32(),
                cbor.ReadUInt64(),
                cbor.ReadUInt64(),
                NumberOrNull(cbor)
            );
            cbor.ReadEndArray();
            return facts;
        }

        private static List<Marker> Markers(CborReader cbor)
        {
            var list = new List<Marker>();
            Open(cbor);
            while (cbor.PeekState() != CborReaderState.EndArray)
            {
                Start(cbor, 2);
                list.Add(new Marker(cbor.ReadInt64(), cbor.ReadUInt32()));
                cbor.ReadEndArray();
            }
            cbor.ReadEndArray();
            return list;
        }

        private static List<Press> Presses(CborReader cbor)
        {
            var list = new List<Press>();
            Open(cbor);
            while (cbor.PeekState() != CborReaderState.EndArray)
            {
                Start(cbor, 4);
                list.Add(new Press(cbor.ReadUInt32(), cbor.ReadInt64(), Duration(cbor), Choice(cbor, 0, 3, "meaning of a press")));
                cbor.ReadEndArray();
            }
            cbor.ReadEndArray();
            return list;
        }

        private static long Duration(CborReader cbor)
        {
            long duration = cbor.ReadInt64();
            return duration >= -1 ? duration : throw Bad("a press lasts less than no time");
        }

        private static void Open(CborReader cbor)
        {
            if (cbor.ReadStartArray() == null)
            {
                throw Bad("not deterministic CBOR: an array is of indefinite length");
            }
        }

        private static void Start(CborReader cbor, int count)
        {
            if (cbor.ReadStartArray() != count)
            {
                throw Bad("an array has the wrong number of elements");
            }
        }

        /// <summary>Why a segment was closed by the camera itself: 1 to 4, or 6. 5 is recovery's.</summary>
        private static uint Reason(CborReader cbor)
        {
            uint reason = Choice(cbor, 1, 7, "reason for the close");
            return reason != RecoveredReason
                ? reason
                : throw Bad("reason for the close is 5, and nothing says that it was recovered");
        }

        private static uint Choice(CborReader cbor, uint least, uint most, string what)
        {
            ulong value = cbor.ReadUInt64();
            if (value < least || value > most)
            {
                throw Bad(what + " " + value.ToString(CultureInfo.InvariantCulture) + " is unknown in version 1");
            }

            return (uint)value;
        }

        private static ulong? NumberOrNull(CborReader cbor)
        {
            if (cbor.PeekState() != CborReaderState.Null)
            {
                return cbor.ReadUInt64();
            }

            cbor.ReadNull();
            return null;
        }

        private static AuditHead? Head(CborReader cbor)
        {
            if (cbor.PeekState() == CborReaderState.Null)
            {
                cbor.ReadNull();
                return null;
            }
            Start(cbor, 2);
            ulong sequence = cbor.ReadUInt64();
            if (sequence is 0 or > long.MaxValue)
            {
                throw Bad("the audit log's sequence number is out of range");
            }

            byte[] digest = Bytes(cbor, EvidenceHash.Size);
            cbor.ReadEndArray();
            return new AuditHead(sequence, digest);
        }

        private static byte[] Bytes(CborReader cbor, int? length)
        {
            byte[] bytes = cbor.ReadByteString();
            if (length != null && bytes.Length != length || bytes.Length > LongestDigest)
            {
                throw Bad("a byte string has the wrong length");
            }

            return bytes;
        }

        private static byte[]? BytesOrNull(CborReader cbor, int? length)
        {
            if (cbor.PeekState() != CborReaderState.Null)
            {
                return Bytes(cbor, length);
            }

            cbor.ReadNull();
            return null;
        }

        private static string Text(CborReader cbor)
        {
            string text = cbor.ReadTextString();
            foreach (char c in text)
            {
                if (c is < ' ' or > '~')
                {
                    throw Bad("a text is not printable ASCII");
                }
            }

            return text;
        }

        private static ManifestException Bad(string text) => new(FindingCode.BadManifest, text);
    }
}
