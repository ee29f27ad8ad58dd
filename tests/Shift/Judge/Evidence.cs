// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.WholeCamera.Tests;

namespace Lapel.Shift.Tests
{
    /// <summary>All that is left of a shift: the store, the card, the audit log; each looked at with the device's key.</summary>
    internal sealed class Evidence
    {
        public const string Log = "LAPEL/AUDIT.LOG";

        private readonly KeyChoice _key;

        /// <param name="store">The device's folder in the store.</param>
        /// <param name="card">The card.</param>
        /// <param name="key">The device's key, as it was noted when the camera was issued.</param>
        public Evidence(string store, MemoryMedium card, byte[] key)
        {
            Store = store;
            Key = TrustedKey.FromBytes(key);
            _key = KeyChoice.Given(Key);
            Catalogue = Catalogue.Read(
                new MemoryStream(card.ReadAll("LAPEL/CATALOG.A")),
                new MemoryStream(card.ReadAll("LAPEL/CATALOG.B"))
            );
            if (Catalogue.UnknownSectors > 0)
            {
                Wrong.Add("catalogue sectors are lost");
            }

            foreach (string path in Directory.GetFiles(store, "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                FromStore(path);
            }

            foreach ((uint slot, CatalogueRecord record) in Catalogue.Records)
            {
                FromCard(card, slot, record);
            }

            Recordings = RecordingVerifier.Judge(Segments.Select(s => s.Result));
            AuditLog = AuditVerifier.Verify(new MemorySource(card.ReadAll(Log)), Log, Key, Segments.Select(s => s.Result));
        }

        public string Store { get; }

        public TrustedKey Key { get; }

        public Catalogue Catalogue { get; }

        /// <summary>Each segment once, though it may be both in the store and on the card.</summary>
        public List<Kept> Segments { get; } = [];

        public IReadOnlyList<RecordingResult> Recordings { get; }

        public AuditResult AuditLog { get; }

        public List<string> Wrong { get; } = [];

        public IEnumerable<Kept> Of(RecordingResult recording) => Segments.Where(s => recording.Segments.Contains(s.Result));

        private void FromStore(string path)
        {
            string name = Path.GetRelativePath(Store, path);
            byte[] bytes = File.ReadAllBytes(path);
            SegmentResult result = SegmentVerifier.Verify(new MemorySource(bytes), name, null, _key);
            if (Bad(result) is string why)
            {
                Wrong.Add($"store, {name}: {why}");
            }

            if (result.Header is SegmentHeader header)
            {
                Segments.Add(new Kept(result, path, null, Frames(bytes, (int)header.Slot, result)));
            }
        }

        private void FromCard(MemoryMedium card, uint slot, CatalogueRecord record)
        {
            string path = $"LAPEL/S{slot / 100:000}/{slot:00000000}.MP4";
            if (record.State is not (CatalogueRecord.Open or CatalogueRecord.Closed))
            {
                if (record.State is not (CatalogueRecord.Free or CatalogueRecord.Released))
                {
                    Wrong.Add($"slot {slot} is left in state {record.State}");
                }

                return;
            }

            byte[] bytes = card.ReadAll(path);
            SegmentResult result = SegmentVerifier.Verify(new MemorySource(bytes), path, slot, _key);
            if (record.State == CatalogueRecord.Open)
            {
                Wrong.Add($"{path} is still open");
            }
            else if (Bad(result) is string why)
            {
                Wrong.Add($"{path}: {why}");
            }

            if (result.Header is not SegmentHeader header)
            {
                return;
            }

            int stored = Segments.FindIndex(s => s.Recording == header.RecordingNumber && s.Segment == header.Segment);
            if (stored < 0)
            {
                Segments.Add(new Kept(result, null, slot, Frames(bytes, (int)slot, result)));
            }
            else if (!Segments[stored].Result.CloseDigest.AsSpan().SequenceEqual(result.CloseDigest))
            {
                Wrong.Add($"{path} is another one than {Segments[stored].Result.Name}");
            }
            else
            {
                Segments[stored] = Segments[stored] with { Slot = slot };
            }
        }

        private static string? Bad(SegmentResult result)
        {
            if (result.Findings.FirstOrDefault(f => f.Severity >= Severity.Missing) is Finding finding)
            {
                return finding.ToString();
            }

            return result.State == SegmentState.Closed && result.CloseDigest != null ? null : "is not closed";
        }

        private static List<(StoredFrame, (int, int)?)> Frames(byte[] bytes, int slot, SegmentResult result) =>
            result.HasErrors
                ? []
                :
                [
                    .. SegmentReader
                        .Read(bytes, slot)
                        .Fragments.Take((int)result.SignedFragments)
                        .SelectMany(f => f.Frames)
                        .Select(f => (f with { Jpeg = [] }, NumberedScene.Read(f.Jpeg))),
                ];
    }
}
