// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Verifies forged segments in memory.</summary>
    internal static class Judge
    {
        public static readonly ForgeDevice Device = new(1);

        public static SegmentResult Segment(byte[] slot, TrustedKey? key = null, uint? named = null) =>
            SegmentVerifier.Verify(new MemorySource(slot), "TEST.MP4", named, KeyChoice.Given(key ?? Device.Trusted));

        public static (bool Authentic, Verdict? Verdict, List<Finding> Findings) All(TrustedKey? key, params byte[][] slots)
        {
            List<SegmentResult> segments =
            [
                .. slots.Select((s, i) => SegmentVerifier.Verify(new MemorySource(s), "S" + i, null, KeyChoice.Given(key))),
            ];
            IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(segments);
            List<Finding> findings =
            [
                .. recordings.SelectMany(r => r.Findings),
                .. segments.Where(s => s.RecordingId == null).SelectMany(s => s.Findings),
            ];
            bool authentic =
                recordings.Count > 0 && recordings.All(r => r.Verdict == Verdict.Authentic) && segments.All(s => s.RecordingId != null);
            return (authentic, recordings.Count == 1 ? recordings[0].Verdict : null, findings);
        }

        public static RecordingResult Recording(params byte[][] slots)
        {
            IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(
                slots.Select((s, i) => SegmentVerifier.Verify(new MemorySource(s), "S" + i, null, KeyChoice.Given(Device.Trusted)))
            );
            Assert.AreEqual(1, recordings.Count);
            return recordings[0];
        }

        public static string Text(IEnumerable<Finding> findings) =>
            string.Join("\n", findings.Select(f => f.Severity + " " + f.Code + " " + f));

        public static void Has(RecordingResult r, FindingCode code, string words)
        {
            Assert.IsTrue(
                r.Findings.Any(f => f.Code == code && f.ToString().Contains(words, StringComparison.Ordinal)),
                "no finding " + code + " with '" + words + "' among:\n" + Text(r.Findings)
            );
        }

        public static void Is(Verdict verdict, RecordingResult r) => Assert.AreEqual(verdict, r.Verdict, Text(r.Findings));
    }
}
