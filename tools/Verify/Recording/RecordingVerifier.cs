// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Puts segments together into recordings and judges each (FORMAT.md section 5).</summary>
    public static class RecordingVerifier
    {
        /// <summary>Missing numbers listed; a hostile count must not make a list of billions.</summary>
        private const int MostMissing = 1000;

        /// <summary>Ranges of numbers written out.</summary>
        private const int MostRanges = 20;

        /// <summary>The last millisecond that a <see cref="DateTime"/> can tell, since 1970.</summary>
        private const ulong LatestUtc = 253402300799999;

        /// <summary>
        /// One result for each recording of which a segment is there, by recording number. Files without a readable segment are left out.
        /// </summary>
        /// <param name="segments">The segments.</param>
        /// <param name="audits">The logs: what the camera says of a cut.</param>
        public static IReadOnlyList<RecordingResult> Judge(
            IEnumerable<SegmentResult> segments,
            IReadOnlyList<AuditResult>? audits = null
        ) =>
            segments
                .Where(s => s.RecordingId != null)
                .GroupBy(s => Convert.ToHexStringLower(s.DeviceId!) + Convert.ToHexStringLower(s.RecordingId!))
                .Select(g => One([.. g.OrderBy(s => s.Segment!.Value)], audits ?? []))
                .OrderBy(r => r.RecordingNumber)
                .ThenBy(r => Convert.ToHexStringLower(r.RecordingId), StringComparer.Ordinal)
                .ToList();

        private static RecordingResult One(List<SegmentResult> segments, IReadOnlyList<AuditResult> audits)
        {
            var findings = new List<Finding>();
            Duplicates(segments, findings);
            SegmentResult first = segments.FirstOrDefault(s => s.LastManifest != null) ?? segments[0];
            foreach (SegmentResult segment in segments)
            {
                SameRecording(first, segment, findings);
            }

            CutStatement? cut = CutStatement.Of(first, audits);
            uint? count = Count(segments, findings) ?? Ended(segments, cut, findings);
            List<uint> missing = Missing(segments, count, cut, findings, out bool isExcused);
            for (int i = 1; i < segments.Count; i++)
            {
                if (segments[i].Segment == segments[i - 1].Segment + 1)
                {
                    Continuity(segments[i - 1], segments[i], findings);
                }
            }

            foreach (SegmentResult segment in segments)
            {
                Links(segments, segment, findings);
            }

            if (missing.Count == 0 && count != null && !isExcused)
            {
                Totals(segments, findings);
            }

            bool open = segments.Any(s => s.State != SegmentState.Closed) || IsShorterThanCommitted(segments, findings);
            List<Finding> all = [.. findings, .. segments.SelectMany(s => s.Findings)];
            Verdict verdict =
                all.Any(f => f.Severity == Severity.Error) ? Verdict.NotAuthentic
                : segments.All(s => s.Signatures == 0) ? Verdict.NotSigned
                : open || count == null || missing.Count > 0 ? Verdict.PartsMissing
                : Verdict.Authentic;
            return Result(verdict, segments, first, count, missing, all);
        }

        // The camera itself says that the card holds less of a segment than it had committed to (FORMAT.md 7.1).
        private static bool IsShorterThanCommitted(List<SegmentResult> segments, List<Finding> findings)
        {
            bool isShorter = false;
            foreach (SegmentResult segment in segments)
            {
                if (segment.LastManifest?.Recovery?.Committed is not { Missing: > 0 } committed)
                {
                    continue;
                }

                isShorter = true;
                findings.Add(
                    Of(
                        segment,
                        Severity.Missing,
                        FindingCode.Truncated,
                        "the card holds less than the camera had committed to: at least "
                            + Wording.Seconds(committed.Missing)
                            + " are missing",
                        SegmentPart.None
                    )
                );
            }

            return isShorter;
        }

        private static RecordingResult Result(
            Verdict verdict,
            List<SegmentResult> segments,
            SegmentResult first,
            uint? count,
            List<uint> missing,
            List<Finding> findings
        )
        {
            SegmentHeader header = first.Header!;
            List<Manifest> manifests = [.. segments.Where(s => s.LastManifest != null).Select(s => s.LastManifest!)];
            // Past and present are written side by side: the latest statement is that of the latest signature.
            Manifest? last = manifests.MaxBy(m => (m.Segments != null, m.Recovery != null && m.Segment >= m.FirstLive, m.SignedMonotonic));
            Manifest? live = manifests.LastOrDefault(m => m.Segment >= m.FirstLive);
            // Where the last one does not know, as a close by recovery without a checkpoint, the latest that does.
            Manifest? facts = last is { HasFacts: true }
                ? last
                : manifests.Where(m => m.HasFacts).MaxBy(m => m.Recovery == null ? m.SignedMonotonic : m.ZeroMonotonic);
            ulong? zero = last != null ? last.ZeroUtc : header.ZeroUtc;
            long? from = segments.Min(s => s.StartTime),
                to = segments.Max(s => s.EndTime);
            return new RecordingResult
            {
                Verdict = verdict,
                DeviceId = first.DeviceId!,
                RecordingId = first.RecordingId!,
                RecordingNumber = first.LastManifest?.RecordingNumber ?? header.RecordingNumber,
                Key = first.Key,
                KeySupplier = first.KeySupplier,
                Unit = header.Unit,
                Width = header.Width,
                Height = header.Height,
                FirstLive = header.FirstLive,
                SegmentCount = count,
                Segments = segments,
                Missing = missing,
                FromUtc = Utc(zero, from),
                ToUtc = Utc(zero, to),
                UncertaintyMs = last != null ? last.Uncertainty : header.Uncertainty,
                ClockSource = last?.Source ?? header.Source,
                Boot = first.LastManifest?.Boot ?? header.Boot,
                ZeroMonotonic = first.LastManifest?.ZeroMonotonic ?? header.ZeroMonotonic,
                FromMs = from,
                ToMs = to,
                SignedFrames = segments.Sum(s => (long)s.SignedFrames),
                UnsignedFrames = segments.Sum(s => (long)s.UnsignedFrames),
                SignedFragments = segments.Sum(s => (long)s.SignedFragments),
                UnsignedFragments = segments.Sum(s => (long)s.UnsignedFragments),
                Bytes = segments.Sum(s => s.Bytes),
                GapMs = segments.Sum(s => s.GapMs),
                Capture = facts?.Capture,
                PreEvent = facts?.PreEvent,
                Configuration = facts?.Configuration,
                BatteryMillivolts = facts?.BatteryMillivolts,
                BatteryPercent = facts?.BatteryPercent,
                EventsNotKnown = [.. manifests.Where(m => !m.HasFacts).Select(m => m.Segment)],
                Markers = [.. manifests.SelectMany(m => m.Markers).OrderBy(m => m.Time)],
                Presses = [.. OnceEach(manifests.SelectMany(m => m.Presses))],
                UnlistedMarkers = Sum(manifests.Select(m => m.UnlistedMarkers)),
                UnlistedPresses = Sum(manifests.Select(m => m.UnlistedPresses)),
                Sealing =
                    last?.Sealing
                    ?? segments
                        .Where(s => s.Seal != null)
                        .Select(s => new Sealing(s.Seal!.KeyId, [.. s.Seal.Recipients.Select(e => e.Fingerprint)]))
                        .FirstOrDefault(),
                CloseReason = live?.CloseReason ?? 0,
                Statistics = last?.Statistics,
                Recovery = live?.Recovery,
                Firmware = [.. segments.Select(s => s.Firmware).OfType<FirmwareStatement>().Distinct()],
                LastManifest = last,
                LastClose = segments.FirstOrDefault(s => s.CloseDigest != null && s.LastManifest?.Segments != null)?.CloseDigest,
                Findings = findings,
            };
        }

        private static ulong Sum(IEnumerable<ulong> values)
        {
            ulong sum = 0;
            foreach (ulong value in values)
            {
                sum = ulong.MaxValue - sum < value ? ulong.MaxValue : sum + value;
            }

            return sum;
        }

        private static DateTime? Utc(ulong? zero, long? ms) =>
            zero == null || ms == null || zero > LatestUtc || zero.Value + (ulong)ms.Value > LatestUtc
                ? null
                : DateTime.UnixEpoch.AddMilliseconds(zero.Value + (ulong)ms.Value);

        private static void Duplicates(List<SegmentResult> segments, List<Finding> findings)
        {
            foreach (IGrouping<uint?, SegmentResult> same in segments.GroupBy(s => s.Segment).Where(g => g.Count() > 1))
            {
                findings.Add(
                    new Finding(
                        Severity.Error,
                        FindingCode.DuplicateSegment,
                        "segment "
                            + N(same.Key!.Value)
                            + " is there "
                            + N(same.Count())
                            + " times: "
                            + string.Join(", ", same.Take(10).Select(s => s.Name))
                    )
                    {
                        Segment = same.Key,
                    }
                );
            }
        }

        private static void SameRecording(SegmentResult first, SegmentResult segment, List<Finding> findings)
        {
            SegmentHeader a = first.Header!,
                b = segment.Header!;
            void Check(bool same, string what)
            {
                if (!same)
                {
                    findings.Add(
                        Of(
                            segment,
                            Severity.Error,
                            FindingCode.HeaderDisagrees,
                            "its " + what + " is not that of segment " + N(first.Segment!.Value) + " of the same recording",
                            SegmentPart.Init
                        )
                    );
                }
            }

            Check(a.RecordingNumber == b.RecordingNumber, "recording number");
            Check(a.FirstLive == b.FirstLive, "number of the first live segment");
            Check(a.ZeroMonotonic == b.ZeroMonotonic, "recording zero");
            Check(a.Boot == b.Boot, "boot number");
            Check(a.IsSealed == b.IsSealed && (first.Seal?.EnvelopeBox).AsSpan().SequenceEqual(segment.Seal?.EnvelopeBox), "seal");
            Check(a.Unit == b.Unit, "unit");
            Check(a.Width == b.Width && a.Height == b.Height, "picture size");
            // One reading of the clock, at the press, dates the whole recording: a clock that is set meanwhile changes nothing of it.
            Check(a.ZeroUtc == b.ZeroUtc, "UTC time of recording zero");
            Check(a.Uncertainty == b.Uncertainty && a.Source == b.Source, "clock's uncertainty or source");
        }

        /// <summary>The number of segments by the last close.</summary>
        private static uint? Count(List<SegmentResult> segments, List<Finding> findings)
        {
            List<SegmentResult> last = segments.FindAll(s => s.CloseDigest != null && s.LastManifest?.Segments != null);
            if (last.Count == 0)
            {
                return Recovered(segments, findings);
            }

            uint count = last[0].LastManifest!.Segments!.Value;
            if (last.Select(s => s.Segment).Distinct().Count() > 1)
            {
                findings.Add(
                    Of(
                        last[^1],
                        Severity.Error,
                        FindingCode.CountMismatch,
                        "more than one segment says that it is the last",
                        SegmentPart.Manifest
                    )
                );
            }

            foreach (SegmentResult segment in segments.Where(s => s.Segment >= count))
            {
                findings.Add(
                    Of(
                        segment,
                        Severity.Error,
                        FindingCode.CountMismatch,
                        "the last close says that there are " + N(count) + " segments",
                        SegmentPart.Manifest
                    )
                );
            }

            return count;
        }

        // A press that was still down when a segment was closed stands in the next one again, with its end (FORMAT.md 3.4, note 6).
        private static IEnumerable<Press> OnceEach(IEnumerable<Press> presses) =>
            presses.GroupBy(p => (p.Time, p.Button)).Select(same => same.Last()).OrderBy(p => p.Time);

        /// <summary>
        /// The number of segments when the last that is there is a live one that recovery closed: the power went while it was
        /// written (FORMAT.md section 7).
        /// </summary>
        private static uint? Recovered(List<SegmentResult> segments, List<Finding> findings)
        {
            SegmentResult last = segments[^1];
            if (
                last.CloseDigest == null
                || last.LastManifest?.Recovery is not RecoveryFacts facts
                || last.Segment < last.LastManifest.FirstLive
            )
            {
                return null;
            }

            findings.Add(
                Of(
                    last,
                    Severity.Warning,
                    FindingCode.Statement,
                    "stopped without shutdown near "
                        + Wording.Clock(last.EndTime ?? 0)
                        + (
                            last.LastManifest.ZeroUtc is ulong zero && last.EndTime is long end && Utc(zero, end) is DateTime at
                                ? " (" + Wording.Utc(at) + " UTC)"
                                : ""
                        )
                        + (
                            facts.PresentBound is ulong bound
                                ? ", at most " + Wording.Seconds(bound) + " of live footage lost"
                                : ", how much of live footage is lost is not known"
                        )
                        + (facts.Committed?.CutBound is ulong cut ? " (" + Wording.Seconds(cut) + " when only the power went)" : ""),
                    SegmentPart.None
                )
            );
            return last.Segment + 1;
        }

        // The power went when the next segment had begun, or was about to, and nothing of it was on the card (FORMAT.md 7.2).
        private static uint? Ended(List<SegmentResult> segments, CutStatement? cut, List<Finding> findings)
        {
            SegmentResult last = segments[^1];
            uint firstLive = last.Header!.FirstLive;
            uint next = Math.Max(last.Segment!.Value + 1, firstLive);
            if (last.CloseDigest == null || cut == null || !cut.Excuses(next, firstLive))
            {
                return null;
            }

            findings.Add(
                Of(
                    last,
                    Severity.Warning,
                    FindingCode.Statement,
                    "stopped without shutdown behind this segment, before anything of segment "
                        + N(next)
                        + " was on the card: at most "
                        + Wording.Seconds(cut.Bound(last.Segment < firstLive ? 0 : last.EndTime ?? 0))
                        + " of live footage lost",
                    SegmentPart.None
                )
            );
            return next;
        }

        private static List<uint> Missing(
            List<SegmentResult> segments,
            uint? count,
            CutStatement? cut,
            List<Finding> findings,
            out bool isExcused
        )
        {
            var excused = new List<uint>();
            var there = segments.Select(s => s.Segment!.Value).ToHashSet();
            // Live footage is written first: while the last close is not there, segments 0 to k are known to belong.
            uint end = count ?? Math.Max(there.Max(), Math.Min(segments[0].Header!.FirstLive, int.MaxValue) + 1);
            var missing = new List<uint>();
            for (uint i = 0; i < end && missing.Count + excused.Count < MostMissing; i++)
            {
                if (!there.Contains(i))
                {
                    bool isCut = cut != null && count != null && cut.Excuses(i, segments[0].Header!.FirstLive);
                    (isCut ? excused : missing).Add(i);
                }
            }

            isExcused = excused.Count > 0;
            if (isExcused)
            {
                findings.Add(
                    new Finding(
                        Severity.Warning,
                        FindingCode.Statement,
                        (excused.Count == 1 ? "segment " : "segments ")
                            + Ranges(excused)
                            + " had not reached the card when the power went, says the camera's log"
                    )
                );
            }

            if (missing.Count > 0)
            {
                findings.Add(
                    new Finding(
                        Severity.Missing,
                        FindingCode.MissingSegment,
                        (missing.Count == 1 ? "segment " : "segments ")
                            + Ranges(missing)
                            + (missing.Count == MostMissing ? " and more" : "")
                            + (missing.Count == 1 ? " is missing" : " are missing")
                    )
                );
            }

            if (count == null && segments.All(s => s.State == SegmentState.Closed))
            {
                findings.Add(
                    new Finding(
                        Severity.Missing,
                        FindingCode.MissingSegment,
                        "the last segment is missing: none that is there says that it is the last"
                    )
                );
            }

            return missing;
        }

        private static void Continuity(SegmentResult a, SegmentResult b, List<Finding> findings)
        {
            if (a.HasErrors || b.HasErrors || a.State != SegmentState.Closed)
            {
                return;
            }

            if (a.LastManifest!.Recovery != null)
            {
                if (b.Header!.FirstFrame > a.EndFrame)
                {
                    findings.Add(
                        Of(
                            a,
                            Severity.Warning,
                            FindingCode.Statement,
                            "frames "
                                + N(a.EndFrame)
                                + " to "
                                + N(b.Header.FirstFrame - 1L)
                                + " of the recording had not reached the card when the power went",
                            SegmentPart.None
                        )
                    );
                }

                if (b.Header.FirstFrame >= a.EndFrame)
                {
                    return;
                }
            }
            long end = (long)Math.Min(a.LastManifest.EndTime, long.MaxValue);
            long? start = b.StartTime ?? (b.LastManifest != null ? (long)Math.Min(b.LastManifest.StartTime, long.MaxValue) : null);
            if (b.Header!.FirstFrame != a.EndFrame)
            {
                findings.Add(
                    Of(
                        b,
                        Severity.Error,
                        FindingCode.FrameHole,
                        "its first frame has index "
                            + N(b.Header.FirstFrame)
                            + ", segment "
                            + N(a.Segment!.Value)
                            + " ends before frame "
                            + N(a.EndFrame),
                        SegmentPart.Init
                    )
                );
            }

            if (start < end)
            {
                findings.Add(
                    Of(
                        b,
                        Severity.Error,
                        FindingCode.TimeOverlap,
                        "it begins at " + N(start.Value) + " ms, before segment " + N(a.Segment!.Value) + " ends (" + N(end) + " ms)",
                        SegmentPart.Moof
                    )
                );
            }
            else if (start > end)
            {
                b.GapMs += start.Value - end;
                findings.Add(
                    Of(
                        b,
                        Severity.Warning,
                        FindingCode.TimeGap,
                        "the time line has no frame for " + N(start.Value - end) + " ms before it",
                        SegmentPart.Moof
                    )
                );
            }
        }

        private static void Links(List<SegmentResult> segments, SegmentResult segment, List<Finding> findings)
        {
            Manifest? m = segment.LastManifest;
            if (m == null)
            {
                return;
            }

            if (m.PreviousClose != null)
            {
                Link(segments, segment, m.Segment - 1, m.PreviousClose, findings);
            }

            if (m.PreEventClose != null && m.FirstLive > 0)
            {
                Link(segments, segment, m.FirstLive - 1, m.PreEventClose, findings);
            }
        }

        private static void Link(List<SegmentResult> segments, SegmentResult from, uint to, byte[] digest, List<Finding> findings)
        {
            foreach (SegmentResult target in segments.Where(s => s.Segment == to))
            {
                if (target.CloseDigest == null)
                {
                    findings.Add(
                        Of(
                            from,
                            Severity.Error,
                            FindingCode.LinkMismatch,
                            "it names the close of segment "
                                + N(to)
                                + ", which no longer has one: the end of segment "
                                + N(to)
                                + " was removed or altered",
                            SegmentPart.SignedBlock
                        )
                    );
                }
                else if (!target.CloseDigest.AsSpan().SequenceEqual(digest))
                {
                    findings.Add(
                        Of(
                            from,
                            Severity.Error,
                            FindingCode.LinkMismatch,
                            "it names another close of segment " + N(to) + " than the one that is there",
                            SegmentPart.Manifest
                        )
                    );
                }
            }
        }

        /// <summary>What the last close says of the whole, compared with what was read.</summary>
        private static void Totals(List<SegmentResult> segments, List<Finding> findings)
        {
            SegmentResult? last = segments.LastOrDefault(s => s.LastManifest?.Segments != null);
            if (last == null || segments.Any(s => s.HasErrors || s.State != SegmentState.Closed))
            {
                return;
            }

            Manifest m = last.LastManifest!;
            long frames = segments.Sum(s => (long)s.SignedFrames),
                past = segments.Where(s => s.Segment < m.FirstLive).Sum(s => (long)s.SignedFrames);
            if (m.Capture is CaptureCount capture && capture.Frames != (ulong)frames)
            {
                findings.Add(
                    Of(
                        last,
                        Severity.Warning,
                        FindingCode.Statement,
                        "the last close counts " + capture.Frames + " frames, " + N(frames) + " are there",
                        SegmentPart.Manifest
                    )
                );
            }

            if (m.PreEvent is PreEvent pre && pre.Frames != (ulong)past)
            {
                findings.Add(
                    Of(
                        last,
                        Severity.Warning,
                        FindingCode.Statement,
                        "the last close counts " + pre.Frames + " pre-event frames, " + N(past) + " are in its segments",
                        SegmentPart.Manifest
                    )
                );
            }
            else if (m.PreEvent is PreEvent stated && Unthinned(stated, [.. segments.SelectMany(s => s.PreEventTimes)]) is string wrong)
            {
                findings.Add(Of(last, Severity.Warning, FindingCode.Statement, "the last close says " + wrong, SegmentPart.Manifest));
            }
        }

        /// <summary>What is stated of thinning, against the times of the pre-event frames; null when it is so.</summary>
        private static string? Unthinned(PreEvent p, List<long> times)
        {
            string said = "that the newest " + p.Unthinned + " ms of the pre-event were not thinned, ";
            if (p.Unthinned > p.Obtained)
            {
                return said + "of " + p.Obtained + " ms obtained";
            }

            if (p.Unthinned == 0)
            {
                return p.UnthinnedFrames == 0 ? null : said + "with " + p.UnthinnedFrames + " frames";
            }

            long from = (long)Math.Min(p.Obtained - p.Unthinned, long.MaxValue);
            int there = times.Count(t => t >= from);
            if (p.UnthinnedFrames != (ulong)there)
            {
                return said + "with " + p.UnthinnedFrames + " frames, " + N(there) + " are there";
            }

            return times.Contains(from) ? null : said + "and no frame begins there";
        }

        internal static string Ranges(IReadOnlyList<uint> numbers)
        {
            var parts = new List<string>();
            for (int i = 0; i < numbers.Count;)
            {
                if (parts.Count == MostRanges)
                {
                    parts.Add("...");
                    break;
                }
                int j = i;
                while (j + 1 < numbers.Count && numbers[j + 1] == numbers[j] + 1)
                {
                    j++;
                }

                parts.Add(j == i ? N(numbers[i]) : N(numbers[i]) + (j == i + 1 ? ", " : " to ") + N(numbers[j]));
                i = j + 1;
            }
            return string.Join(", ", parts);
        }

        private static Finding Of(SegmentResult segment, Severity severity, FindingCode code, string text, SegmentPart parts) =>
            new(severity, code, text)
            {
                File = segment.Name,
                Segment = segment.Segment,
                Parts = parts,
            };

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
