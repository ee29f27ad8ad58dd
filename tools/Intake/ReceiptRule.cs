// SPDX-License-Identifier: MIT

using System.Linq;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>
    /// When an archive may sign for a segment: the one rule, of <c>lapel receipt</c> as of a sync that releases (CUSTODY.md 5).
    /// A receipt lets the camera overwrite the segment, so whatever speaks against the stored copy speaks against the receipt.
    /// </summary>
    public static class ReceiptRule
    {
        /// <summary>Says whether a receipt may be signed for a segment.</summary>
        /// <param name="recording">
        /// Its recording, judged from the archive's own copy as it was just read from the disk. Segments may be missing from it: they are
        /// stored and released one by one.
        /// </param>
        /// <param name="segment">The segment, one of that recording's.</param>
        /// <returns>Null when it may; else why not, as the end of a sentence about the segment.</returns>
        public static string? Refusal(RecordingResult recording, SegmentResult segment)
        {
            if (recording.Verdict == Verdict.NotSigned)
            {
                return "its recording is not signed";
            }

            if (recording.Verdict is not (Verdict.Authentic or Verdict.PartsMissing))
            {
                string? own = segment.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error)?.Text;
                return own
                    ?? "its recording is not authentic: "
                        + recording.Findings.First(finding => finding.Severity == Severity.Error).Text;
            }

            return segment.State == SegmentState.Closed && segment.CloseDigest != null ? null : "it is not closed";
        }
    }
}
