// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Judges the audit logs that lie beside the segments, and what they say of these.</summary>
    internal static class CardAudit
    {
        /// <summary>16 MiB, the longest log.</summary>
        private const int MostSectors = 32768;

        /// <summary>One judgement for each log that can be read.</summary>
        public static IReadOnlyList<AuditResult> Judge(
            CardContents card,
            IReadOnlyDictionary<DeviceFolder, KeyChoice> keys,
            List<SegmentResult> segments,
            List<Finding> findings
        )
        {
            var audits = new List<AuditResult>();
            foreach (AuditLogFiles log in card.AuditLogs)
            {
                try
                {
                    KeyChoice key = keys[log.Home];
                    // A registry that was given and has no key of this camera is not replaced by the key on the card.
                    TrustedKey? judge = key.Supplier == KeySupplier.Registry ? key.Key : key.Key ?? log.Home.Key;
                    audits.Add(AuditVerifier.Verify(log, judge, segments, key.Rotations));
                    if (card.Kind == CardKind.Card && card.Catalogue is { SlotSectors: > 0 })
                    {
                        Shortened(audits[^1], card.Catalogue.SlotSectors);
                    }
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    findings.Add(
                        new Finding(Severity.Missing, FindingCode.Unreadable, "the audit log cannot be read: " + Reason.Of(error))
                        {
                            File = log.Name,
                        }
                    );
                }
            }
            if (card.MustHoldLogs)
            {
                findings.AddRange(Absent(card, audits, segments));
            }

            return audits;
        }

        /// <summary>
        /// The file's length is signed nowhere: a ring that was shortened where its newest places begin looks like a smaller one that went
        /// round.
        /// </summary>
        private static void Shortened(AuditResult log, uint slotSectors)
        {
            long made = Math.Min(2L * slotSectors, MostSectors);
            if (log.Overwritten > 0 && log.Positions < made)
            {
                log.Findings.Add(
                    new Finding(
                        Severity.Missing,
                        FindingCode.Truncated,
                        "it has "
                            + log.Positions.ToString(CultureInfo.InvariantCulture)
                            + " sectors, a card with these slots is made with a log of "
                            + made.ToString(CultureInfo.InvariantCulture)
                            + ": it was shortened, and what counts as overwritten was removed, or the card had no room for more"
                    )
                    {
                        File = log.Name,
                    }
                );
            }
        }

        /// <summary>UTC of a recording's zero when its clock was unset: of the log what is signed binds, whatever else is in it.</summary>
        public static BoundTime? Bind(RecordingResult recording, IReadOnlyList<AuditResult> audits)
        {
            if (recording.FromUtc != null || recording.ZeroMonotonic >= long.MaxValue)
            {
                return null;
            }

            AuditResult? log = audits.FirstOrDefault(a => a.DeviceId.AsSpan().SequenceEqual(recording.DeviceId));
            return log == null ? null : new AuditClock(log.Entries, true).At(recording.Boot, (long)recording.ZeroMonotonic);
        }

        /// <summary>A log that manifests name and that nobody finds was taken away.</summary>
        private static IEnumerable<Finding> Absent(CardContents card, List<AuditResult> audits, List<SegmentResult> segments)
        {
            if (audits.Count < card.AuditLogs.Count)
            {
                return [];
            }

            return segments
                .Where(s => s.AuditHeads.Count > 0 && s.DeviceId != null && !audits.Any(a => a.DeviceId.AsSpan().SequenceEqual(s.DeviceId)))
                .GroupBy(s => Convert.ToHexStringLower(s.DeviceId!))
                .Select(g => new Finding(
                    Severity.Missing,
                    FindingCode.Removed,
                    "the audit log of device "
                        + g.Key
                        + " is not here, though signed manifests name its sector "
                        + g.Max(s => s.AuditHeads.Max(h => h.Sequence)).ToString(CultureInfo.InvariantCulture)
                        + (card.Kind == CardKind.Card ? "" : ": sync again")
                ));
        }
    }
}
