// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The one place where these tests ask the verifier.</summary>
    internal static class Verdicts
    {
        /// <summary>Judges every recording on a card with the key that the camera itself states.</summary>
        public static IReadOnlyList<RecordingResult> Of(StoredCard card, string publicKey)
        {
            byte[] key = Convert.FromHexString(Regex.Match(publicKey, "^key ([0-9a-f]{64})$", RegexOptions.Multiline).Groups[1].Value);
            KeyChoice choice = KeyChoice.Given(TrustedKey.FromBytes(key));
            return RecordingVerifier.Judge(
                card.Segments.Select(s =>
                    SegmentVerifier.Verify(new MemorySource(card.Bytes(s.Slot)), StoredCard.Path(s.Slot), (uint)s.Slot, choice)
                )
            );
        }

        /// <summary>Fails unless the recording is authentic, with what the verifier found.</summary>
        public static void RequireAuthentic(RecordingResult recording) => Require(Verdict.Authentic, recording);

        /// <summary>Fails unless the verdict is this one.</summary>
        public static void Require(Verdict wanted, RecordingResult recording) =>
            Assert.AreEqual(
                wanted,
                recording.Verdict,
                $"recording {recording.RecordingNumber}:\n"
                    + string.Join('\n', recording.Findings.Select(f => $"{f.Severity} {f.Code}: {f}"))
            );
    }
}
