// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Judges an audit log: layout, chain, signatures, and the heads that the segments beside it state (FORMAT.md 9.4).</summary>
    public static class AuditVerifier
    {
        /// <summary>Findings of one kind before no more are made.</summary>
        private const int MostFindings = 200;

        // How a log was found, as the field at 94 of a sector says it (FORMAT.md 9.2).
        private const int BegunAnew = 1,
            GoneOn = 2,
            Holes = 3;

        /// <summary>Judges a log.</summary>
        /// <param name="source">Its file.</param>
        /// <param name="name">Its name.</param>
        /// <param name="key">The device's key; null: nothing is known to be signed.</param>
        /// <param name="segments">The segments beside it.</param>
        /// <param name="rotations">The rotation statements beside it, of whatever devices.</param>
        public static AuditResult Verify(
            IByteSource source,
            string name,
            TrustedKey? key,
            IEnumerable<SegmentResult> segments,
            IEnumerable<RotationStatement>? rotations = null
        )
        {
            KeyChain? chain = key == null ? null : KeyChain.Of(key, rotations ?? []);
            var result = new AuditResult { Name = name };
            return Judge(AuditLogReader.Read(source, name, result), result, chain, segments, false);
        }

        /// <summary>
        /// Judges a log of any number of files. Throws <see cref="System.IO.IOException"/> or <see cref="UnauthorizedAccessException"/>
        /// when one cannot be read.
        /// </summary>
        /// <param name="log">Its files.</param>
        /// <param name="key">The device's key; null: nothing is known to be signed.</param>
        /// <param name="segments">The segments beside it.</param>
        /// <param name="rotations">The rotation statements beside it, of whatever devices.</param>
        public static AuditResult Verify(
            AuditLogFiles log,
            TrustedKey? key,
            IEnumerable<SegmentResult> segments,
            IEnumerable<RotationStatement> rotations
        )
        {
            var result = new AuditResult { Name = log.Name };
            KeyChain? chain = key == null ? null : KeyChain.Of(key, rotations);
            return Judge(AuditMerge.Of([.. log.Files.Select(f => f.Read(result))]), result, chain, segments, log.IsCopy);
        }

        private static AuditResult Judge(
            List<AuditSector> all,
            AuditResult result,
            KeyChain? chain,
            IEnumerable<SegmentResult> segments,
            bool isCopy
        )
        {
            result.DeviceId = chain?.DeviceId ?? (all.Count > 0 ? all[^1].DeviceId.ToArray() : null);
            foreach (AuditSector sector in all)
            {
                if (sector.DeviceId.SequenceEqual(result.DeviceId))
                {
                    result.Sectors.Add(sector);
                }
                else
                {
                    result.Foreign++;
                }
            }
            if (result.Foreign > 0)
            {
                Say(
                    result,
                    null,
                    Severity.Note,
                    FindingCode.Foreign,
                    N(result.Foreign) + " sectors are another device's and are not judged"
                );
            }

            var bySequence = new Dictionary<long, AuditSector>();
            Chain(result, bySequence);
            Signatures(result, chain);
            Heads(result, bySequence, segments, isCopy);
            foreach (RotationStatement statement in chain?.Statements ?? [])
            {
                Say(result, null, Severity.Note, FindingCode.Statement, Wording.Rotation(statement));
                Head(result, bySequence, statement);
            }
            CutBack(result, bySequence);
            Finish(result, chain != null);
            return result;
        }

        private static void Chain(AuditResult result, Dictionary<long, AuditSector> bySequence)
        {
            AuditSector? last = null;
            foreach (AuditSector sector in result.Sectors.ToList())
            {
                foreach (string problem in sector.Problems)
                {
                    Say(result, sector, Severity.Error, FindingCode.Malformed, problem);
                }

                bool again = last != null && sector.Sequence == last.Sequence && sector.SaysTheSameAs(last);
                if (again)
                {
                    sector.Parent = last!.Parent;
                    Say(
                        result,
                        sector,
                        Severity.Note,
                        FindingCode.Repeated,
                        "the sector before it over again: the card had refused that one and kept it all the same"
                    );
                    result.Sectors.Remove(last);
                }
                else
                {
                    Follow(sector, last, bySequence, result);
                }

                bySequence[sector.Sequence] = sector;
                last = sector;
            }
        }

        private static void Follow(AuditSector sector, AuditSector? last, Dictionary<long, AuditSector> bySequence, AuditResult result)
        {
            if (bySequence.TryGetValue(sector.Before, out AuditSector? before) && before.Digest.AsSpan().SequenceEqual(sector.BeforeDigest))
            {
                sector.Parent = before;
            }

            Order(sector, last, result);
            if (last != null && sector.Sequence <= last.Sequence)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.OutOfOrder,
                    "sequence number " + N(sector.Sequence) + " after " + N(last.Sequence)
                );
            }
            else if (sector.Parent != null && sector.Parent == last && (sector.Sequence == last!.Sequence + 1 || sector.Found != 0))
            {
                return;
            }
            else if (sector.Found != 0)
            {
                Stated(sector, last, before, result);
            }
            else if (last == null && (sector.Before == 0 || sector.FollowsOverwritten))
            {
                return;
            }
            else if (last == null)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.Removed,
                    "the log begins here, and sector " + N(sector.Before) + " before it is gone"
                );
            }
            else if (before != null)
            {
                Say(
                    result,
                    before,
                    Severity.Error,
                    FindingCode.Altered,
                    "the sector is not the one that sector " + N(sector.Sequence) + " names as the one before it"
                );
            }
            else if (sector.Before > last.Sequence && sector.FollowsOverwritten)
            {
                Say(
                    result,
                    sector,
                    Severity.Note,
                    FindingCode.Statement,
                    "the camera had overwritten sectors between " + N(last.Sequence) + " and this one before they were brought"
                );
            }
            else if (sector.Before > last.Sequence)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.Removed,
                    "between " + N(last.Sequence) + " and " + N(sector.Sequence) + " sectors are gone"
                );
            }
            else
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.Altered,
                    "the sector does not follow " + N(last.Sequence) + ", which stands before it"
                );
            }
        }

        // Boots and the time within one only go forward.
        private static void Order(AuditSector sector, AuditSector? last, AuditResult result)
        {
            if (last == null || sector.Boot > last.Boot)
            {
                return;
            }

            if (sector.Boot < last.Boot)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.OutOfOrder,
                    "boot " + N(sector.Boot) + " after boot " + N(last.Boot) + ": it was altered or put here"
                );
            }
            else if (sector.Entries.Count > 0 && last.Entries.Count > 0 && sector.Entries[0].Monotonic < last.Entries[^1].Monotonic)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.OutOfOrder,
                    "its first entry is earlier than the last one of the sector before it: it was altered or put here"
                );
            }
        }

        // A gap that the device states is none: but what it had found before the gap must still be there.
        private static void Stated(AuditSector sector, AuditSector? last, AuditSector? before, AuditResult result)
        {
            if (before != null && sector.Parent == null)
            {
                // It excuses sectors that are gone, and not one that is there and is another.
                Say(
                    result,
                    before,
                    Severity.Error,
                    FindingCode.Altered,
                    "the sector is not the one that sector " + N(sector.Sequence) + " names as the last one known"
                );
                return;
            }

            long there =
                sector.Found == Holes ? sector.Before
                : sector.Found == GoneOn ? FoundLast(sector, result)
                : 0;
            if (there > (last?.Sequence ?? 0) && !sector.FollowsOverwritten)
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.Removed,
                    "sector " + N(there) + " was there when it was written, and is gone"
                );
            }
            else if (sector.Found == BegunAnew && last?.Log == sector.Log)
            {
                Say(result, sector, Severity.Error, FindingCode.Altered, "it begins a log, and stands behind " + N(last.Sequence));
            }
            else
            {
                Say(
                    result,
                    sector,
                    Severity.Note,
                    FindingCode.Statement,
                    Wording.LogFound(sector.Found) + "; the last sector known was " + N(sector.Before)
                );
            }
        }

        // The entry that goes with the field stands in this sector or, when many were waiting, in one behind it; more than one when cards
        // were changed before it was written.
        private static long FoundLast(AuditSector sector, AuditResult result) =>
            result
                .Sectors.Where(s => s.Boot == sector.Boot && s.Log == sector.Log && s.Place >= sector.Place)
                .SelectMany(s => s.Entries)
                .Where(e => e.Kind == AuditKind.LogFound && e.Code == GoneOn && e.First == sector.Before)
                .Select(e => e.Second)
                .DefaultIfEmpty(0)
                .Min();

        private static void Signatures(AuditResult result, KeyChain? chain)
        {
            foreach (AuditSector sector in result.Sectors.Where(s => s.IsCheckpoint && s.Problems.Count == 0))
            {
                if (chain == null)
                {
                    continue;
                }

                string? wrong = AuditCheckpoint.Check(sector, chain.KeyIn(sector.Boot));
                if (wrong != null)
                {
                    Say(result, sector, Severity.Error, FindingCode.BadSignature, wrong);
                    continue;
                }
                result.Checkpoints++;
                MarkSigned(sector);
            }
        }

        /// <summary>A signature over a sector covers all that it leads back to.</summary>
        private static void MarkSigned(AuditSector? sector)
        {
            for (; sector is { IsSigned: false }; sector = sector.Parent)
            {
                sector.IsSigned = true;
                foreach (AuditEntry entry in sector.Entries)
                {
                    entry.Signed = true;
                }
            }
        }

        private static void Heads(
            AuditResult result,
            Dictionary<long, AuditSector> bySequence,
            IEnumerable<SegmentResult> segments,
            bool isCopy
        )
        {
            foreach (SegmentResult segment in segments.Where(s => s.DeviceId.AsSpan().SequenceEqual(result.DeviceId)))
            {
                foreach (AuditHead head in segment.AuditHeads)
                {
                    Head(result, bySequence, segment, head, isCopy);
                }
            }
        }

        private static void Head(
            AuditResult result,
            Dictionary<long, AuditSector> bySequence,
            SegmentResult segment,
            AuditHead head,
            bool isCopy
        )
        {
            long number = (long)head.Sequence;
            if (bySequence.TryGetValue(number, out AuditSector? sector))
            {
                if (sector.Digest.AsSpan().SequenceEqual(head.Digest))
                {
                    result.Heads++;
                    MarkSigned(sector);
                }
                else
                {
                    Say(
                        result,
                        sector,
                        Severity.Error,
                        FindingCode.ManifestMismatch,
                        "segment "
                            + N(segment.Segment!.Value)
                            + " in "
                            + segment.Name
                            + " names another sector "
                            + N(number)
                            + ": this one was altered or replaced"
                    );
                }
            }
            else if (result.Sectors.Count == 0 || number > result.Sectors[^1].Sequence)
            {
                Say(
                    result,
                    null,
                    isCopy ? Severity.Missing : Severity.Error,
                    FindingCode.Truncated,
                    "segment "
                        + N(segment.Segment!.Value)
                        + " in "
                        + segment.Name
                        + " names sector "
                        + N(number)
                        + (result.Sectors.Count == 0 ? ", and there is none" : ", and the last one is " + N(result.Sectors[^1].Sequence))
                        + (isCopy ? ": the log was not brought since, or was cut back" : ": the log was cut back")
                );
            }
        }

        // The log on another card may be older than the rotation, so a head that is not there says nothing.
        private static void Head(AuditResult result, Dictionary<long, AuditSector> bySequence, RotationStatement statement)
        {
            if (!bySequence.TryGetValue((long)statement.HeadSequence, out AuditSector? sector))
            {
                return;
            }

            if (sector.Digest.AsSpan().SequenceEqual(statement.HeadDigest))
            {
                MarkSigned(sector);
            }
            else
            {
                Say(
                    result,
                    sector,
                    Severity.Error,
                    FindingCode.ManifestMismatch,
                    "rotation statement "
                        + N(statement.Number)
                        + " names another sector "
                        + N(sector.Sequence)
                        + ": this one was altered or replaced"
                );
            }
        }

        // An id is that of one file, ever: a device that misses there what it had written to it has no other card, but a log cut back.
        private static void CutBack(AuditResult result, Dictionary<long, AuditSector> bySequence)
        {
            foreach (AuditSector sector in result.Sectors)
            {
                foreach (AuditEntry entry in sector.Entries.Where(e => e.Kind == AuditKind.LogFound && e.Code == GoneOn))
                {
                    if (entry.Data.Length != 8 || (long)BoxBytes.U64(entry.Data, 0) != sector.Log)
                    {
                        continue;
                    }

                    bool brought = bySequence.ContainsKey(entry.First);
                    Say(
                        result,
                        sector,
                        sector.IsSigned && !brought ? Severity.Missing : Severity.Note,
                        FindingCode.Removed,
                        (sector.IsSigned ? "" : "nothing signs it, and it claims that ")
                            + "the camera had written up to sector "
                            + N(entry.First)
                            + " to this log and found sector "
                            + N(entry.Second)
                            + " at its end: it was cut back, or the card lost them"
                            + (brought ? "; they had been brought before" : "")
                    );
                }
            }
        }

        private static void Finish(AuditResult result, bool hasKey)
        {
            result.Entries.AddRange(result.Sectors.SelectMany(s => s.Entries));
            if (!hasKey && result.Sectors.Count > 0)
            {
                Say(result, null, Severity.Missing, FindingCode.NotSigned, "no key of the device is known: give it with --key or --keys");
            }
            else if (result.Unsigned > 0)
            {
                Say(
                    result,
                    null,
                    Severity.Note,
                    FindingCode.NotSigned,
                    "no signature covers "
                        + N(result.Unsigned)
                        + " of "
                        + N(result.Sectors.Count)
                        + " sectors"
                        + (result.Sectors[^1].IsSigned ? "" : ", the last ones among them: only the device can judge these")
                );
            }
        }

        private static void Say(AuditResult result, AuditSector? sector, Severity severity, FindingCode code, string text)
        {
            if (result.Findings.Count < MostFindings || (severity > Severity.Warning && result.Agrees))
            {
                result.Findings.Add(
                    new Finding(severity, code, sector == null ? text : "entry sector " + N(sector.Sequence) + ": " + text)
                    {
                        File = sector?.Name ?? result.Name,
                        Offset = sector?.Position * AuditSector.Size,
                    }
                );
            }
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
