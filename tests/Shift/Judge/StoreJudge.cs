// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Verify;

namespace Lapel.Shift.Tests
{
    /// <summary>Nothing in the store is lost, and what the camera released is in it with a receipt of the archive.</summary>
    internal sealed class StoreJudge
    {
        private readonly Evidence _evidence;
        private readonly byte[] _archive;

        public StoreJudge(Truth truth, Evidence evidence, byte[] archiveKey)
        {
            _evidence = evidence;
            _archive = archiveKey;
            foreach (string folder in new[] { "arriving", "refused" })
            {
                string path = Path.Combine(evidence.Store, folder);
                if (Directory.Exists(path) && Directory.GetFiles(path).Length > 0)
                {
                    Wrong.Add($"something is left in {folder} of the store");
                }
            }

            foreach (Kept segment in evidence.Segments.Where(s => s.Path != null))
            {
                Record(segment);
            }

            foreach (string record in Directory.GetFiles(evidence.Store, "*.json", SearchOption.AllDirectories))
            {
                if (!evidence.Segments.Any(s => s.Path == Path.ChangeExtension(record, ".mp4")))
                {
                    Wrong.Add($"store: the segment of {Path.GetFileName(record)} is lost");
                }
            }

            foreach ((long recording, long segment, byte[] digest) in truth.Stored)
            {
                if (
                    !evidence.Segments.Any(s =>
                        s.Path != null
                        && s.Recording == recording
                        && s.Segment == segment
                        && s.Result.CloseDigest.AsSpan().StartsWith(digest)
                    )
                )
                {
                    Wrong.Add($"store: segment {recording}/{segment} was stored and is lost");
                }
            }

            foreach (AuditEntry entry in evidence.AuditLog.Entries.Where(e => e.Kind == AuditKind.Released))
            {
                Released(entry);
            }

            foreach (
                (uint slot, CatalogueRecord record) in evidence.Catalogue.Records.Where(r => r.Value.State == CatalogueRecord.Released)
            )
            {
                if (!evidence.Segments.Any(s => s.Path != null && s.Recording == record.RecordingNumber && s.Segment == record.Segment))
                {
                    Wrong.Add($"slot {slot} is released and its segment {record.RecordingNumber}/{record.Segment} is not in the store");
                }
            }
        }

        public List<string> Wrong { get; } = [];

        /// <summary>Released segments that are in the store with their receipt.</summary>
        public int Receipts { get; private set; }

        private void Record(Kept segment)
        {
            SegmentRecord? record = SegmentRecord.Read(File.ReadAllBytes(DeviceStore.RecordOf(segment.Path!)));
            if (record == null)
            {
                Wrong.Add($"store: {segment.Result.Name} has no record");
            }
            else if (record.Sha256 != Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(segment.Path!))))
            {
                Wrong.Add($"store: {segment.Result.Name} is not what was stored");
            }
            else if (!record.CloseDigest.Equals(Convert.ToHexStringLower(segment.Result.CloseDigest ?? []), StringComparison.Ordinal))
            {
                Wrong.Add($"store: the record of {segment.Result.Name} names another close");
            }
        }

        private void Released(AuditEntry entry)
        {
            Kept? segment = _evidence.Segments.FirstOrDefault(s =>
                s.Path != null && s.Recording == entry.First && s.Segment == entry.Second
            );
            string name = $"segment {entry.First}/{entry.Second}";
            if (segment == null)
            {
                Wrong.Add(name + " was released and is not in the store");
            }
            else if (!segment.Result.CloseDigest.AsSpan().StartsWith(entry.Data.AsSpan(0, Math.Min(32, entry.Data.Length))))
            {
                Wrong.Add(name + " in the store is not the one that was released");
            }
            else if (Receipt(segment) is string why)
            {
                Wrong.Add($"{name}: {why}");
            }
            else
            {
                Receipts++;
            }
        }

        private string? Receipt(Kept segment)
        {
            string path = DeviceStore.ReceiptOf(segment.Path!);
            if (!File.Exists(path))
            {
                return "has no receipt";
            }

            try
            {
                SignedDocument receipt = SignedDocument.Read(File.ReadAllBytes(path));
                if (!receipt.IsSignedBy(_archive))
                {
                    return "its receipt is not the archive's";
                }

                return Names(receipt.Payload, segment) ? null : "its receipt is for something else";
            }
            catch (FormatException error)
            {
                return "its receipt is none: " + error.Message;
            }
        }

        // CUSTODY.md section 5.
        private static bool Names(byte[] payload, Kept segment)
        {
            var reader = new CborReader(payload, CborConformanceMode.Canonical);
            if (reader.ReadStartMap() != 8)
            {
                return false;
            }

            for (int key = 1; key <= 7; key++)
            {
                if (reader.ReadInt32() != key)
                {
                    return false;
                }

                bool same = key switch
                {
                    1 => reader.ReadInt32() == 2,
                    2 => reader.ReadInt32() == 1,
                    3 => reader.ReadByteString().AsSpan().SequenceEqual(segment.Result.DeviceId),
                    4 => reader.ReadByteString().AsSpan().SequenceEqual(segment.Result.RecordingId),
                    5 => reader.ReadUInt32() == segment.Recording,
                    6 => reader.ReadUInt32() == segment.Segment,
                    _ => reader.ReadByteString().AsSpan().SequenceEqual(segment.Result.CloseDigest),
                };
                if (!same)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
