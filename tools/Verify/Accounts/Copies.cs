// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Sets copies of a segment aside, so that whoever puts one beside the evidence does not discredit it: a copy is a note, an altered
    /// copy is refused by itself, and neither counts.
    /// </summary>
    internal static class Copies
    {
        /// <summary>The segments that count; of what is set aside there is a finding each.</summary>
        public static List<SegmentResult> SetAside(List<SegmentResult> segments, List<Finding> findings)
        {
            var counted = new List<SegmentResult>(segments.Count);
            foreach (
                IGrouping<string, SegmentResult> same in segments.GroupBy(s =>
                    Convert.ToHexString(s.DeviceId!) + Convert.ToHexString(s.RecordingId!) + "." + N(s.Segment!.Value)
                )
            )
            {
                counted.AddRange(same.Count() == 1 ? same : One([.. same], findings));
            }

            return counted;
        }

        private static List<SegmentResult> One(List<SegmentResult> same, List<Finding> findings)
        {
            SegmentResult? best = same.Where(s => IsSound(s, true)).OrderByDescending(Rank).FirstOrDefault();
            best ??= same.Where(s => IsSound(s, false)).OrderByDescending(Rank).FirstOrDefault() ?? same[0];
            bool sound = IsSound(best, false);
            var kept = new List<SegmentResult> { best };
            foreach (SegmentResult other in same.Where(s => s != best))
            {
                bool isCopy =
                    other.CloseDigest != null && best.CloseDigest != null && IsSound(other, false)
                        ? other.CloseDigest.AsSpan().SequenceEqual(best.CloseDigest)
                        : IsSame(other, best) || (sound && IsSound(other, false) && other.State == SegmentState.Open);
                if (isCopy)
                {
                    findings.Add(
                        Of(
                            other,
                            Severity.Note,
                            FindingCode.Copy,
                            (other.State == SegmentState.Open && best.State == SegmentState.Closed ? "a copy of the beginning" : "a copy")
                                + " of segment "
                                + N(best.Segment!.Value)
                                + " of recording "
                                + N(best.Header!.RecordingNumber)
                                + ", which is in "
                                + best.Name
                                + ": not counted"
                        )
                    );
                }
                else if (sound && !IsSound(other, false) && SaysTheSame(other, best))
                {
                    Finding first = other.Findings.First(f => f.Severity == Severity.Error);
                    findings.Add(
                        Of(
                            other,
                            Severity.Error,
                            FindingCode.AlteredCopy,
                            "not segment "
                                + N(best.Segment!.Value)
                                + " of recording "
                                + N(best.Header!.RecordingNumber)
                                + " though it says so: that is in "
                                + best.Name
                                + "; an altered copy, not counted ("
                                + first.Text
                                + ")"
                        )
                    );
                }
                else
                {
                    kept.Add(other);
                }
            }

            return kept;
        }

        /// <summary>Whether nothing disagrees in it; with <paramref name="inPlace"/> it must also stand where its header says.</summary>
        private static bool IsSound(SegmentResult s, bool inPlace) =>
            s.State is SegmentState.Open or SegmentState.Closed
            && s.Findings.All(f => f.Severity != Severity.Error || (!inPlace && f.Code == FindingCode.SlotMismatch));

        // A header that names another segment is no copy of this one: then a signed block was moved.
        private static bool SaysTheSame(SegmentResult a, SegmentResult b) =>
            a.Header!.Segment == b.Header!.Segment && a.Header.RecordingId.AsSpan().SequenceEqual(b.Header.RecordingId);

        private static (bool Closed, int Signatures, bool IsNamedSo) Rank(SegmentResult s) =>
            (s.State == SegmentState.Closed, s.Signatures, IsNamedSo(s));

        // Of files that are alike the one counts that is named as the camera or the store names it.
        private static bool IsNamedSo(SegmentResult s)
        {
            string slot = s.Header!.Slot.ToString("00000000", CultureInfo.InvariantCulture) + ".MP4",
                stored =
                    s.Header.RecordingNumber.ToString("000000", CultureInfo.InvariantCulture)
                    + "/"
                    + s.Header.Segment.ToString("0000", CultureInfo.InvariantCulture)
                    + ".mp4";
            return s.Name == slot || s.Name.EndsWith(stored, StringComparison.Ordinal);
        }

        private static bool IsSame(SegmentResult a, SegmentResult b)
        {
            if (a.Path == null || b.Path == null)
            {
                return false;
            }

            try
            {
                using var one = new FileSource(a.Path);
                using var two = new FileSource(b.Path);
                if (one.Length != two.Length)
                {
                    return false;
                }

                var left = new byte[64 * 1024];
                var right = new byte[left.Length];
                for (long at = 0; at < one.Length; at += left.Length)
                {
                    int n = one.Read(at, left);
                    if (n != two.Read(at, right) || !left.AsSpan(0, n).SequenceEqual(right.AsSpan(0, n)))
                    {
                        return false;
                    }
                }

                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        private static Finding Of(SegmentResult segment, Severity severity, FindingCode code, string text) =>
            new(severity, code, text) { File = segment.Name };

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
