// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Verifies everything at a path.</summary>
    public static class CardVerifier
    {
        /// <summary>
        /// Reads every slot and judges every recording. Throws <see cref="CardException"/> when there is nothing to verify.
        /// </summary>
        /// <param name="path">A card folder, a store, a folder of segment files, or one segment file.</param>
        /// <param name="given">The device's public key, when the caller has it from elsewhere.</param>
        /// <param name="registry">The keys of several devices, when the caller has them from elsewhere.</param>
        /// <param name="receipts">An archive's receipts for what was released from a card; null when the caller has none.</param>
        public static CardResult Verify(string path, TrustedKey? given, KeyRegistry? registry = null, ReceiptBook? receipts = null)
        {
            CardContents card = CardReader.Open(path);
            Dictionary<DeviceFolder, KeyChoice> keys = card.Devices.ToDictionary(d => d, d => d.Choose(given, registry));
            var findings = new List<Finding>(card.Findings);
            foreach (DeviceFolder device in card.Devices)
            {
                findings.AddRange(DeviceKeys.Findings(device, keys[device], given, card.Kind == CardKind.Card));
            }

            SlotResults slots = SlotResults.Read(card, keys, findings);
            List<SegmentResult> segments = Copies.SetAside(slots.Segments, findings);
            IReadOnlyList<AuditResult> audits = CardAudit.Judge(card, keys, segments, findings);
            List<LogFacts> logs = [.. audits.Where(a => a.DeviceId != null).Select(a => new LogFacts(a))];
            findings.AddRange(receipts?.Findings ?? []);
            byte[]? stated = segments.Find(s => s.DeviceId != null)?.DeviceId ?? card.Devices[0].KeyId,
                camera = logs.FirstOrDefault()?.Log.DeviceId ?? stated;
            Release[] releases = [.. slots.Claims.Select(c => ReleaseJudge.Judge(c, logs.FirstOrDefault(), camera, receipts, findings))];
            IReadOnlyList<RecordingResult> recordings =
            [
                .. RecordingVerifier.Judge(segments, audits).Select(r => r with { Bound = CardAudit.Bind(r, audits) }),
            ];
            recordings = CardContradictions.Apply(recordings, logs, findings);
            return new CardResult
            {
                Audits = audits,
                Path = path,
                Kind = card.Kind,
                Key = keys.Count == 1 ? keys.Values.Single().Key : given,
                Rotations = Followed(keys.Values, segments),
                KeySupplier = Supplier(keys.Values),
                Recordings = recordings,
                WithoutSegment = slots.WithoutSegment,
                Releases = releases,
                Accounts = card.IsWhole ? Accounts(card, recordings, logs, keys, receipts, findings) : [],
                Findings = findings,
            };
        }

        // One supplier for all, or the weakest where cameras of a store differ.
        private static KeySupplier Supplier(IEnumerable<KeyChoice> keys) =>
            keys.Any(k => k.Supplier == KeySupplier.Segment) ? KeySupplier.Segment : keys.First().Supplier;

        private static IReadOnlyList<RotationStatement> Followed(IEnumerable<KeyChoice> keys, List<SegmentResult> segments) =>
            [
                .. keys.SelectMany(key =>
                    {
                        IEnumerable<TrustedKey> judged =
                            key.Key != null ? [key.Key] : segments.Where(s => s.Key != null).Select(s => s.Key!);
                        return judged.SelectMany(k => KeyChain.Of(k, key.Rotations).Statements);
                    })
                    .Distinct(),
            ];

        private static List<Account> Accounts(
            CardContents card,
            IReadOnlyList<RecordingResult> recordings,
            List<LogFacts> logs,
            Dictionary<DeviceFolder, KeyChoice> keys,
            ReceiptBook? receipts,
            List<Finding> findings
        )
        {
            var accounts = new List<Account>();
            IEnumerable<string> devices = recordings
                .Where(r => r.Segments.Any(s => s.State != SegmentState.Refused))
                .Select(r => Convert.ToHexStringLower(r.DeviceId))
                .Concat(logs.Where(l => l.Log.Sectors.Count > 0).Select(l => Convert.ToHexStringLower(l.Log.DeviceId!)))
                .Distinct();
            foreach (string hex in devices)
            {
                byte[] device = Convert.FromHexString(hex);
                uint newest = keys
                    .Values.SelectMany(k => k.Rotations)
                    .Where(s => s.DeviceId.AsSpan().SequenceEqual(device))
                    .Select(s => s.Recordings)
                    .DefaultIfEmpty(0u)
                    .Max();
                accounts.AddRange(
                    AccountBook.Of(
                        device,
                        recordings.Where(r => r.DeviceId.AsSpan().SequenceEqual(device)).Select(r => r.RecordingNumber),
                        logs.Find(l => l.Log.Sectors.Count > 0 && l.Log.DeviceId.AsSpan().SequenceEqual(device)),
                        newest,
                        receipts,
                        card.Kind != CardKind.Card,
                        findings
                    )
                );
            }

            return accounts;
        }
    }
}
