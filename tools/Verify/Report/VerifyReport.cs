// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>The report in words: one block a recording, then a summary.</summary>
    public static class VerifyReport
    {
        /// <summary>Findings written out for a recording or the card; more are counted.</summary>
        private const int MostFindings = 25;

        private const string NotKnown = "not known";

        /// <summary>Files that are not counted, named in the first lines.</summary>
        private const int MostAside = 10;

        /// <summary>Lines of the account of recordings.</summary>
        private const int MostAccounts = 40;

        /// <summary>Markers and presses written out one by one.</summary>
        private const int MostEvents = 12;

        /// <summary>Writes the whole report.</summary>
        public static void Write(CardResult card, TextWriter to, ReleasedFirmware? released = null)
        {
            to.WriteLine(
                card.Kind switch
                {
                    CardKind.Card => "Card ",
                    CardKind.Folder => "Folder ",
                    _ => "Segment ",
                } + card.Path
            );
            to.WriteLine(
                card.KeySupplier switch
                {
                    KeySupplier.Given => "Judged with the given key, fingerprint " + Hex(card.Key!.Fingerprint),
                    KeySupplier.Registry => "Judged each camera with its key in the given registry",
                    KeySupplier.Card when card.Key == null => "Judged each camera with the key in its folder"
                        + "\n  This proves only that each folder is consistent with itself: give the devices' keys with --keys.",
                    KeySupplier.Card => "Judged with the key on the card, fingerprint "
                        + Hex(card.Key!.Fingerprint)
                        + "\n  This proves only that the card is consistent with itself: give the device's key with --key.",
                    _ => "Judged with the key in each segment\n  This proves only that a segment is consistent with itself: give the "
                        + "device's key with --key.",
                }
            );
            foreach (RotationStatement rotation in card.Rotations)
            {
                to.WriteLine("  " + Wording.Rotation(rotation));
            }

            int simulated = card.Recordings.Count(r => r.Firmware.Any(f => f.IsVirtual));
            if (simulated > 0)
            {
                to.WriteLine(
                    $"Simulated: a virtual camera made {N(simulated)} of {N(card.Recordings.Count)} recordings, and no camera's hardware"
                );
            }

            NotCounted(card, to);
            string heading = "";
            foreach (RecordingResult recording in ByCamera(card))
            {
                to.WriteLine();
                string camera = Hex(recording.DeviceId);
                if (IsOfSeveral(card) && camera != heading)
                {
                    to.WriteLine("Camera " + camera);
                    to.WriteLine();
                    heading = camera;
                }

                Recording(recording, card.KeySupplier, released, to);
            }
            foreach (AuditResult log in card.Audits)
            {
                to.WriteLine();
                Audit(log, to);
            }
            if (card.Findings.Count > 0)
            {
                to.WriteLine();
                to.WriteLine("Beside the recordings");
                Findings(card.Findings, to);
            }
            Accounts(card, to);
            to.WriteLine();
            Released(card, to);
            to.WriteLine(Summary(card));
        }

        private static bool IsOfSeveral(CardResult card) => card.Recordings.DistinctBy(r => Hex(r.DeviceId)).Count() > 1;

        /// <summary>In a store, all of one camera together.</summary>
        private static IEnumerable<RecordingResult> ByCamera(CardResult card) =>
            card.Recordings.GroupBy(r => Hex(r.DeviceId)).SelectMany(r => r);

        /// <summary>What lies there and passes for evidence without being any: said before anything else.</summary>
        private static void NotCounted(CardResult card, TextWriter to)
        {
            List<Finding> aside =
            [
                .. card.Findings.Where(f =>
                    f.Code is FindingCode.SecondRoot or FindingCode.OtherMovie or FindingCode.AlteredCopy or FindingCode.Copy
                ),
            ];
            foreach (Finding finding in aside.OrderByDescending(f => f.Severity).Take(MostAside))
            {
                to.WriteLine("Not counted: " + Printable(finding.ToString()));
            }

            if (aside.Count > MostAside)
            {
                to.WriteLine("Not counted: " + N(aside.Count - MostAside) + " more, named below");
            }

            int foreign = card.Findings.Count(f => f.Code == FindingCode.Foreign);
            if (foreign > 0)
            {
                to.WriteLine("Not judged: files that are not the camera's, named below");
            }
        }

        private static void Accounts(CardResult card, TextWriter to)
        {
            if (card.Accounts.Count == 0)
            {
                return;
            }

            to.WriteLine();
            to.WriteLine("Recordings by number");
            bool several = card.Accounts.Select(a => Hex(a.DeviceId)).Distinct().Count() > 1;
            foreach (Account account in card.Accounts.Take(MostAccounts))
            {
                to.WriteLine(
                    "  "
                        + (several ? Hex(account.DeviceId.AsSpan(0, 4)) + "... " : "")
                        + (account.From == account.To ? N(account.From) : N(account.From) + " to " + N(account.To)).PadRight(9)
                        + " "
                        + (account.Where == Whereabouts.Missing ? "MISSING" : Wording.Of(account.Where))
                        + (account.Why.Length > 0 ? ": " + account.Why : "")
                );
            }

            if (card.Accounts.Count > MostAccounts)
            {
                to.WriteLine("  ... and " + N(card.Accounts.Count - MostAccounts) + " more lines: --json has them all");
            }
        }

        private static void Released(CardResult card, TextWriter to)
        {
            int proved = card.Releases.Count(r => r.Proof == ReleaseProof.SignedEntry),
                receipted = card.Releases.Count(r => r.Proof == ReleaseProof.Receipt),
                claimed = card.Releases.Count - proved - receipted;
            if (proved > 0)
            {
                to.WriteLine(
                    (proved == 1 ? "1 segment was released by a receipt and is" : N(proved) + " segments were released by receipts and are")
                        + " no evidence any more: signed entries of the audit log say so."
                );
            }

            if (receipted > 0)
            {
                to.WriteLine(
                    (receipted == 1 ? "1 segment was released and is" : N(receipted) + " segments were released and are")
                        + " no evidence any more: the given archive's receipts say that it has "
                        + (receipted == 1 ? "it." : "them.")
                );
            }

            if (claimed > 0)
            {
                to.WriteLine(
                    (claimed == 1 ? "1 segment is" : N(claimed) + " segments are")
                        + " only claimed to be released, by bytes that nothing signs: see above."
                );
            }
        }

        private static void Audit(AuditResult log, TextWriter to)
        {
            to.WriteLine("Audit log: " + (log.Agrees ? "AGREES" : "DOES NOT AGREE"));
            Line(to, "file", log.Name + ", device " + (log.DeviceId == null ? "unknown" : Hex(log.DeviceId)));
            Line(
                to,
                "holds",
                N(log.Entries.Count)
                    + " entries in "
                    + N(log.Sectors.Count)
                    + " sectors, "
                    + N(log.Sectors.Count - log.Unsigned)
                    + " of them signed"
                    + (log.Overwritten > 0 ? ", " + N(log.Overwritten) + " older ones overwritten" : "")
            );
            Findings([.. log.Findings.Where(f => f.Severity >= Severity.Warning)], to);
        }

        /// <summary>The last line: how many recordings have which verdict.</summary>
        public static string Summary(CardResult card)
        {
            if (card.Recordings.Count == 0)
            {
                return card.IsAllReleased ? "No recording is here any more: all were released"
                        + (card.AllAuthentic ? "." : "; but see what is said beside the recordings")
                    : card.Accounts.Any(a => a.Where == Whereabouts.Missing) ? "No recording is here: "
                        + N(card.Accounts.Where(a => a.Where == Whereabouts.Missing).Sum(a => (long)a.To - a.From + 1))
                        + " MISSING."
                    : "No recording found.";
            }

            IEnumerable<string> counts = Enum.GetValues<Verdict>()
                .Select(v => (Verdict: v, Count: card.Recordings.Count(r => r.Verdict == v)))
                .Where(c => c.Count > 0)
                .Select(c => N(c.Count) + " " + Wording.Of(c.Verdict));
            bool beside = card.Recordings.All(r => r.Verdict == Verdict.Authentic) && !card.AllAuthentic;
            return (card.Recordings.Count == 1 ? "1 recording: " : N(card.Recordings.Count) + " recordings: ")
                + string.Join(", ", counts)
                + Missing(card)
                + (beside ? "; but see what is said beside the recordings" : "");
        }

        private static string Missing(CardResult card)
        {
            long missing = card.Accounts.Where(a => a.Where == Whereabouts.Missing).Sum(a => (long)a.To - a.From + 1);
            return missing == 0 ? "" : "; " + N(missing) + " MISSING";
        }

        private static void Recording(RecordingResult r, KeySupplier supplier, ReleasedFirmware? released, TextWriter to)
        {
            to.WriteLine("Recording " + N(r.RecordingNumber) + ": " + Wording.Of(r.Verdict).ToUpperInvariant());
            Line(to, "id", Hex(r.RecordingId) + ", device " + Hex(r.DeviceId) + (r.Unit.Length > 0 ? ", unit " + r.Unit : ""));
            if (supplier == KeySupplier.Segment && r.Key != null)
            {
                Line(to, "key", "its own, fingerprint " + Hex(r.Key.Fingerprint));
            }

            Line(to, "time", Time(r));
            if (r.Bound is BoundTime bound)
            {
                Line(
                    to,
                    "bound",
                    "by the audit log to "
                        + Wording.Utc(bound.Utc)
                        + " UTC at its zero, "
                        + (bound.UncertaintyMs == null ? "uncertainty unknown" : "within " + N(bound.UncertaintyMs.Value) + " ms")
                );
            }

            Line(to, "video", Video(r));
            Line(to, "segments", Segments(r));
            if (r.Sealing is Sealing seal)
            {
                Line(
                    to,
                    "content",
                    "sealed to "
                        + N(seal.Recipients.Count)
                        + (seal.Recipients.Count == 1 ? " recipient: " : " recipients: ")
                        + string.Join(", ", seal.Recipients.Select(f => Short(f)))
                );
            }

            if (r.UnsignedFragments > 0)
            {
                Line(to, "unsigned", N(r.UnsignedFragments) + " fragments (" + N(r.UnsignedFrames) + " frames) after the last signature");
            }

            if (r.Capture is CaptureCount c)
            {
                Line(
                    to,
                    "lost",
                    c.NoMemory
                        + " frames for want of memory, "
                        + c.Damaged
                        + " damaged; "
                        + c.Missed
                        + " capture times missed; longest gap "
                        + c.LongestGap
                        + " ms"
                        + (r.GapMs > 0 ? "; no picture for " + N(r.GapMs) + " ms" : "")
                );
            }
            else
            {
                Line(to, "lost", NotKnown + (r.GapMs > 0 ? "; no picture for " + N(r.GapMs) + " ms" : ""));
            }

            if (r.PreEvent is PreEvent p)
            {
                Line(
                    to,
                    "pre-event",
                    Wording.Seconds(p.Asked)
                        + " asked, "
                        + Wording.Seconds(p.Obtained)
                        + " obtained ("
                        + p.Frames
                        + " frames)"
                        + (p.Reason == 0 ? "" : ": " + Wording.Shortfall(p.Reason))
                        + Wording.Thinned(p)
                );
            }
            else
            {
                Line(to, "pre-event", NotKnown);
            }

            Line(
                to,
                "markers",
                Events(
                    r.Markers.Select(m => Wording.Clock(m.Time) + " " + Wording.Button(m.Button)),
                    r.Markers.Count,
                    r.UnlistedMarkers,
                    r.EventsNotKnown
                )
            );
            Line(
                to,
                "presses",
                Events(
                    r.Presses.Select(x =>
                        Wording.Clock(x.Time)
                        + " "
                        + Wording.Button(x.Button)
                        + " "
                        + Wording.Held(x.Duration)
                        + " ("
                        + Wording.Meaning(x.Meaning)
                        + ")"
                    ),
                    r.Presses.Count,
                    r.UnlistedPresses,
                    r.EventsNotKnown
                )
            );
            if (r.Statistics is Statistics s)
            {
                Line(
                    to,
                    "speed",
                    Hundredths(s.FramesPerSecondX100)
                        + " frames a second (set to "
                        + Hundredths(s.LowestFramesPerSecondX100)
                        + " or more), "
                        + s.MeanFrameBytes
                        + " bytes a frame, card "
                        + (s.CardBytesPerSecond / 1000)
                        + " kB/s, slowest write "
                        + s.SlowestWriteMs
                        + " ms"
                        + (
                            s.GovernorChanges > 0
                                ? ", governed "
                                    + s.GovernorChanges
                                    + " times"
                                    + (
                                        s.GovernorReason == 1 ? ": card too slow"
                                        : s.GovernorReason == 2 ? ": memory short"
                                        : s.GovernorReason == 3 ? ": captures late"
                                        : ""
                                    )
                                : ""
                        )
                );
            }

            foreach (FirmwareStatement firmware in r.Firmware)
            {
                Line(to, "firmware", Printable(firmware.ToString()));
                if (released != null)
                {
                    Line(to, "released", Printable(released.NameOf(firmware) ?? "nothing in the list of released firmware"));
                }
            }

            if (r.LastManifest != null)
            {
                Line(
                    to,
                    "state",
                    "configuration " + (r.Configuration == null ? NotKnown : Short(r.Configuration))
                        + ", battery "
                        + (r.BatteryMillivolts == null ? NotKnown : r.BatteryMillivolts + " mV (" + r.BatteryPercent + " %)")
                );
            }

            Findings(r.Findings, to);
        }

        private static string Time(RecordingResult r)
        {
            string clock =
                r.FromUtc != null && r.ToUtc != null
                    ? Wording.Utc(r.FromUtc.Value)
                        + " to "
                        + Wording.Utc(r.ToUtc.Value)
                        + " UTC, "
                        + Wording.Of(r.ClockSource)
                        + ", "
                        + (r.UncertaintyMs == null ? "uncertainty unknown" : "within " + r.UncertaintyMs + " ms")
                : r.FromMs != null && r.ToMs != null
                    ? "clock unset; "
                        + Wording.Clock(Since(r, r.FromMs.Value))
                        + " to "
                        + Wording.Clock(Since(r, r.ToMs.Value))
                        + " after boot "
                        + N(r.Boot)
                : "no frame";
            return r.FromMs != null && r.ToMs != null ? clock + " (" + Wording.Seconds(r.ToMs.Value - r.FromMs.Value) + ")" : clock;
        }

        private static long Since(RecordingResult r, long ms) => r.ZeroMonotonic > long.MaxValue / 2 ? ms : (long)r.ZeroMonotonic + ms;

        private static string Video(RecordingResult r)
        {
            long frames = r.SignedFrames + r.UnsignedFrames;
            long ms = (r.ToMs ?? 0) - (r.FromMs ?? 0);
            return N(r.Width)
                + " x "
                + N(r.Height)
                + ", "
                + N(frames)
                + " frames"
                + (ms > 0 ? " (" + (frames * 1000.0 / ms).ToString("0.0#", CultureInfo.InvariantCulture) + " a second)" : "")
                + ", "
                + Wording.Bytes(r.Bytes);
        }

        private static string Segments(RecordingResult r)
        {
            string there = string.Join(", ", r.Segments.Take(MostEvents).Select(s => N(s.Segment!.Value) + " in " + s.Name));
            return N(r.Segments.Count)
                + (r.SegmentCount != null ? " of " + N(r.SegmentCount.Value) : ", how many is not known")
                + ": "
                + there
                + (r.Segments.Count > MostEvents ? ", ..." : "")
                + (r.FirstLive > 0 ? "; pre-event footage is in 0 to " + N(r.FirstLive - 1) : "")
                + "; "
                + Wording.CloseReason(r.CloseReason);
        }

        private static string Events(IEnumerable<string> events, int count, ulong unlisted, IReadOnlyList<uint> notKnown) =>
            (
                count == 0 && unlisted == 0 ? notKnown.Count > 0 ? "none known" : "none"
                : N(count)
                    + (count > 0 ? ": " + string.Join(", ", events.Take(MostEvents)) : "")
                    + (count > MostEvents ? ", ..." : "")
                    + (unlisted > 0 ? "; " + unlisted + " more were not listed" : "")
            )
            + (
                notKnown.Count == 0
                    ? ""
                    : "; those of segment" + (notKnown.Count == 1 ? " " : "s ") + RecordingVerifier.Ranges(notKnown) + " are " + NotKnown
            );

        private static void Findings(IReadOnlyList<Finding> findings, TextWriter to)
        {
            foreach (Finding finding in findings.OrderByDescending(f => f.Severity).Take(MostFindings))
            {
                to.WriteLine("  " + Wording.Of(finding.Severity).PadRight(9) + " " + Printable(finding.ToString()));
            }

            if (findings.Count > MostFindings)
            {
                to.WriteLine("  ... and " + N(findings.Count - MostFindings) + " more");
            }
        }

        private static void Line(TextWriter to, string name, string text) => to.WriteLine("  " + name.PadRight(9) + " " + Printable(text));

        /// <summary>Names come from the card: no control character of theirs may reach a terminal.</summary>
        private static string Printable(string text) =>
            string.Create(
                text.Length,
                text,
                (span, from) =>
                {
                    for (int i = 0; i < span.Length; i++)
                    {
                        span[i] = char.IsControl(from[i]) ? '?' : from[i];
                    }
                }
            );

        private static string Hundredths(ulong value) => (value / 100) + "." + (value % 100).ToString("00", CultureInfo.InvariantCulture);

        private static string Short(byte[] bytes) => Hex(bytes.AsSpan(0, Math.Min(8, bytes.Length)));

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
