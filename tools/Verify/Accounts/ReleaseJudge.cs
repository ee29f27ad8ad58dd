// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Judges what slots say of a release: a state byte and a note prove nothing; a signed entry of the log does, or a receipt
    /// (FORMAT.md 10.3).
    /// </summary>
    internal static class ReleaseJudge
    {
        /// <summary>A claim with what shows it, and a finding where nothing does.</summary>
        /// <param name="claim">What the slot says.</param>
        /// <param name="log">The card's log; null when there is none.</param>
        /// <param name="device">The camera whose card it is; null when nothing says.</param>
        /// <param name="receipts">An archive's receipts; null when none were given.</param>
        /// <param name="findings">Receives what is wrong.</param>
        public static Release Judge(Release claim, LogFacts? log, byte[]? device, ReceiptBook? receipts, List<Finding> findings)
        {
            AuditEntry? entry = log?.Of(AuditKind.Released, claim.RecordingNumber)
                .Where(e => e.Code == claim.Slot && e.Second == claim.Segment && LogFacts.Digest(e) == claim.Digest)
                .OrderByDescending(e => e.Signed)
                .FirstOrDefault();
            ReleaseProof proof =
                entry is { Signed: true } ? ReleaseProof.SignedEntry
                : entry != null ? ReleaseProof.UnsignedEntry
                : log?.Reaches(claim.RecordingNumber) == true ? ReleaseProof.Contradicted
                : ReleaseProof.NotKnown;
            // What the log speaks against, though it would have to tell of it, no receipt makes true: the camera did not release it.
            if (proof is ReleaseProof.UnsignedEntry or ReleaseProof.NotKnown && IsReceipted(claim, device, receipts, findings))
            {
                proof = ReleaseProof.Receipt;
            }

            string what = "segment " + N(claim.Segment) + " of recording " + N(claim.RecordingNumber);
            (Severity Severity, FindingCode Code, string Text)? said = proof switch
            {
                ReleaseProof.UnsignedEntry => (
                    Severity.Missing,
                    FindingCode.ReleaseUnsigned,
                    what + " is only claimed to be released: the entry in the audit log is not signed yet, and anybody can have written it"
                ),
                ReleaseProof.NotKnown => (
                    Severity.Warning,
                    FindingCode.ReleaseNotKnown,
                    what
                        + " is only claimed to be released, by bytes that nothing signs: whether it was is not known, "
                        + (log == null ? "there is no audit log" : "the audit log does not reach back that far")
                ),
                ReleaseProof.Contradicted => (
                    Severity.Error,
                    FindingCode.ReleaseContradicted,
                    what
                        + " is claimed to be released, by bytes that nothing signs; the audit log reaches back that far and has no entry "
                        + "of it: it was removed"
                ),
                _ => null,
            };
            if (said is (Severity, FindingCode, string) finding)
            {
                findings.Add(new Finding(finding.Severity, finding.Code, finding.Text) { File = claim.File });
            }

            return claim with
            {
                Proof = proof,
            };
        }

        private static bool IsReceipted(Release claim, byte[]? device, ReceiptBook? receipts, List<Finding> findings)
        {
            bool another = device != null && claim.NotedDevice?.AsSpan().SequenceEqual(device) == false;
            return receipts?.Proves(claim, another ? null : device ?? claim.NotedDevice, findings) == true;
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
