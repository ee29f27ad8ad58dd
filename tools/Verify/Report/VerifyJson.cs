// SPDX-License-Identifier: MIT

using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Lapel.Verify
{
    /// <summary>
    /// The report for programs: one JSON object a line, one for each recording, one for each audit log, then one summary.
    /// </summary>
    public static class VerifyJson
    {
        /// <summary>Writes the lines.</summary>
        public static void Write(CardResult card, TextWriter to, ReleasedFirmware? released = null)
        {
            foreach (RecordingResult recording in card.Recordings)
            {
                Line(to, json => Recording(json, recording, released));
            }

            foreach (AuditResult log in card.Audits)
            {
                Line(to, json => Audit(json, log));
            }

            Line(to, json => Summary(json, card));
        }

        /// <summary>Writes the line of one recording.</summary>
        public static void Write(RecordingResult recording, TextWriter to) => Line(to, json => Recording(json, recording, null));

        private static void Line(TextWriter to, Action<Utf8JsonWriter> content)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                content(json);
                json.WriteEndObject();
            }
            to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        private static void Summary(Utf8JsonWriter json, CardResult card)
        {
            json.WriteString("type", "summary");
            json.WriteString("path", card.Path);
            json.WriteString("kind", card.Kind.ToString().ToLowerInvariant());
            json.WriteBoolean("allAuthentic", card.AllAuthentic);
            json.WriteNumber("recordings", card.Recordings.Count);
            foreach (Verdict verdict in Enum.GetValues<Verdict>())
            {
                json.WriteNumber(
                    verdict.ToString()[..1].ToLowerInvariant() + verdict.ToString()[1..],
                    card.Recordings.Count(r => r.Verdict == verdict)
                );
            }

            json.WriteNumber("filesWithoutSegment", card.WithoutSegment);
            json.WriteNumber("segmentsReleased", card.Releases.Count(r => r.IsProved));
            json.WriteNumber("segmentsClaimedReleased", card.Releases.Count(r => !r.IsProved));
            json.WriteStartArray("releases");
            foreach (Release release in card.Releases)
            {
                json.WriteStartObject();
                json.WriteString("file", release.File);
                json.WriteNumber("slot", release.Slot);
                json.WriteNumber("recording", release.RecordingNumber);
                json.WriteNumber("segment", release.Segment);
                json.WriteString("proof", Wording.Of(release.Proof));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("accounts");
            foreach (Account account in card.Accounts)
            {
                json.WriteStartObject();
                json.WriteString("deviceId", Hex(account.DeviceId));
                json.WriteNumber("from", account.From);
                json.WriteNumber("to", account.To);
                json.WriteString("where", Wording.Of(account.Where));
                json.WriteString("why", account.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Key(json, card.Key, card.KeySupplier);
            json.WriteStartArray("rotations");
            foreach (RotationStatement rotation in card.Rotations)
            {
                Rotation(json, rotation);
            }

            json.WriteEndArray();
            Findings(json, card.Findings);
        }

        private static void Audit(Utf8JsonWriter json, AuditResult log)
        {
            json.WriteString("type", "auditLog");
            json.WriteString("file", log.Name);
            json.WriteString("deviceId", log.DeviceId == null ? null : Hex(log.DeviceId));
            json.WriteBoolean("agrees", log.Agrees);
            json.WriteNumber("sectors", log.Sectors.Count);
            json.WriteNumber("unsignedSectors", log.Unsigned);
            json.WriteNumber("overwrittenSectors", log.Overwritten);
            json.WriteNumber("entries", log.Entries.Count);
            Findings(json, log.Findings);
        }

        private static void Recording(Utf8JsonWriter json, RecordingResult r, ReleasedFirmware? released)
        {
            json.WriteString("type", "recording");
            json.WriteNumber("number", r.RecordingNumber);
            json.WriteString("verdict", Wording.Of(r.Verdict));
            json.WriteString("recordingId", Hex(r.RecordingId));
            json.WriteString("deviceId", Hex(r.DeviceId));
            Key(json, r.Key, r.KeySupplier);
            json.WriteString("unit", r.Unit);
            Time(json, r);
            json.WriteNumber("width", r.Width);
            json.WriteNumber("height", r.Height);
            json.WriteNumber("signedFrames", r.SignedFrames);
            json.WriteNumber("unsignedFrames", r.UnsignedFrames);
            json.WriteNumber("signedFragments", r.SignedFragments);
            json.WriteNumber("unsignedFragments", r.UnsignedFragments);
            json.WriteNumber("bytes", r.Bytes);
            json.WriteNumber("gapMs", r.GapMs);
            json.WriteNumber("firstLiveSegment", r.FirstLive);
            if (r.SegmentCount == null)
            {
                json.WriteNull("segmentCount");
            }
            else
            {
                json.WriteNumber("segmentCount", r.SegmentCount.Value);
            }

            if (r.Sealing is Sealing seal)
            {
                json.WriteStartArray("sealedTo");
                foreach (byte[] recipient in seal.Recipients)
                {
                    json.WriteStringValue(Hex(recipient));
                }

                json.WriteEndArray();
            }
            json.WriteString("closeReason", Wording.CloseReason(r.CloseReason));
            if (r.Recovery is RecoveryFacts recovery)
            {
                json.WriteStartObject("recovery");
                json.WriteNumber("boot", recovery.Boot);
                if (recovery.Utc is ulong utc)
                {
                    json.WriteNumber("utcMs", utc);
                }

                if (recovery.PresentBound is ulong bound)
                {
                    json.WriteNumber("presentLostAtMostMs", bound);
                }

                if (recovery.Committed is CommittedFacts committed)
                {
                    json.WriteStartObject("committed");
                    json.WriteNumber("segment", committed.Segment);
                    json.WriteNumber("fragments", committed.Fragments);
                    json.WriteNumber("endMs", committed.End);
                    json.WriteNumber("missingMs", committed.Missing);
                    if (committed.CutBound is ulong cut)
                    {
                        json.WriteNumber("cutBoundMs", cut);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }
            Segments(json, r);
            Capture(json, r);
            Events(json, r);
            Firmware(json, r, released);
            Details(json, r);
            Findings(json, r.Findings);
        }

        private static void Rotation(Utf8JsonWriter json, RotationStatement r)
        {
            json.WriteStartObject();
            json.WriteNumber("number", r.Number);
            json.WriteString("deviceId", Hex(r.DeviceId));
            json.WriteString("formerKeyFingerprint", Hex(r.FormerKey.Fingerprint));
            json.WriteString("nextKeyFingerprint", Hex(r.NextKey.Fingerprint));
            json.WriteNumber("boot", r.Boot);
            json.WriteNumber("lastRecordingBefore", r.Recordings);
            json.WriteString("utc", Utc(r.Utc));
            json.WriteEndObject();
        }

        private static void Key(Utf8JsonWriter json, TrustedKey? key, KeySupplier supplier)
        {
            json.WriteString("keySuppliedBy", Wording.Of(supplier));
            json.WriteString("keyFingerprint", key == null ? null : Hex(key.Fingerprint));
        }

        private static void Time(Utf8JsonWriter json, RecordingResult r)
        {
            json.WriteString("fromUtc", Utc(r.FromUtc));
            json.WriteString("toUtc", Utc(r.ToUtc));
            Number(json, "utcUncertaintyMs", r.UncertaintyMs);
            if (r.Bound is BoundTime bound)
            {
                json.WriteString("boundZeroUtc", Utc(bound.Utc));
                Number(json, "boundUncertaintyMs", bound.UncertaintyMs);
            }
            json.WriteString("clock", Wording.Of(r.ClockSource));
            json.WriteNumber("boot", r.Boot);
            json.WriteNumber("zeroMonotonicMs", r.ZeroMonotonic);
            Number(json, "fromMs", (ulong?)r.FromMs);
            Number(json, "toMs", (ulong?)r.ToMs);
        }

        private static void Segments(Utf8JsonWriter json, RecordingResult r)
        {
            json.WriteStartArray("segments");
            foreach (SegmentResult s in r.Segments)
            {
                json.WriteStartObject();
                json.WriteNumber("segment", s.Segment!.Value);
                json.WriteString("file", s.Name);
                json.WriteString("state", s.State.ToString().ToLowerInvariant());
                json.WriteNumber("signatures", s.Signatures);
                json.WriteNumber("signedFragments", s.SignedFragments);
                json.WriteNumber("unsignedFragments", s.UnsignedFragments);
                json.WriteNumber("signedFrames", s.SignedFrames);
                json.WriteNumber("bytes", s.Bytes);
                json.WriteString("closeDigest", s.CloseDigest == null ? null : Hex(s.CloseDigest));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("missing");
            foreach (uint number in r.Missing)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        private static void Capture(Utf8JsonWriter json, RecordingResult r)
        {
            if (r.Capture is CaptureCount c)
            {
                json.WriteStartObject("capture");
                json.WriteNumber("frames", c.Frames);
                json.WriteNumber("droppedForMemory", c.NoMemory);
                json.WriteNumber("droppedDamaged", c.Damaged);
                json.WriteNumber("missed", c.Missed);
                json.WriteNumber("longestGapMs", c.LongestGap);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("capture");
            }

            if (r.PreEvent is PreEvent p)
            {
                json.WriteStartObject("preEvent");
                json.WriteNumber("askedMs", p.Asked);
                json.WriteNumber("obtainedMs", p.Obtained);
                json.WriteNumber("frames", p.Frames);
                json.WriteString("shortfall", Wording.Shortfall(p.Reason));
                json.WriteNumber("unthinnedMs", p.Unthinned);
                json.WriteNumber("unthinnedFrames", p.UnthinnedFrames);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("preEvent");
            }
        }

        private static void Events(Utf8JsonWriter json, RecordingResult r)
        {
            json.WriteStartArray("markers");
            foreach (Marker m in r.Markers)
            {
                json.WriteStartObject();
                json.WriteNumber("ms", m.Time);
                json.WriteNumber("button", m.Button);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("presses");
            foreach (Press p in r.Presses)
            {
                json.WriteStartObject();
                json.WriteNumber("ms", p.Time);
                json.WriteNumber("button", p.Button);
                json.WriteNumber("durationMs", p.Duration);
                json.WriteString("meaning", Wording.Meaning(p.Meaning));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("eventsNotKnownInSegments");
            foreach (uint segment in r.EventsNotKnown)
            {
                json.WriteNumberValue(segment);
            }

            json.WriteEndArray();
            json.WriteNumber("unlistedMarkers", r.UnlistedMarkers);
            json.WriteNumber("unlistedPresses", r.UnlistedPresses);
        }

        private static void Firmware(Utf8JsonWriter json, RecordingResult r, ReleasedFirmware? released)
        {
            json.WriteStartArray("firmware");
            foreach (FirmwareStatement firmware in r.Firmware)
            {
                json.WriteStartObject();
                json.WriteString("version", firmware.Version);
                json.WriteString("build", firmware.Build);
                json.WriteString("board", firmware.Board);
                json.WriteString("target", firmware.Target);
                json.WriteString("runtime", firmware.Runtime);
                json.WriteBoolean("simulated", firmware.IsVirtual);
                if (released != null)
                {
                    json.WriteString("releasedAs", released.NameOf(firmware));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private static void Details(Utf8JsonWriter json, RecordingResult r)
        {
            if (r.LastManifest != null)
            {
                json.WriteString("configurationDigest", r.Configuration == null ? null : Hex(r.Configuration));
                Number(json, "batteryMillivolts", r.BatteryMillivolts);
                Number(json, "batteryPercent", r.BatteryPercent);
            }
            if (r.Statistics is not Statistics s)
            {
                return;
            }

            json.WriteStartObject("statistics");
            json.WriteNumber("framesPerSecondX100", s.FramesPerSecondX100);
            json.WriteNumber("meanFrameBytes", s.MeanFrameBytes);
            json.WriteNumber("exposureUs", s.ExposureMicroseconds);
            json.WriteNumber("sensorReadUs", s.SensorReadMicroseconds);
            json.WriteNumber("hashUs", s.HashMicroseconds);
            json.WriteNumber("writeUs", s.WriteMicroseconds);
            json.WriteNumber("cardBytesPerSecond", s.CardBytesPerSecond);
            json.WriteNumber("slowestWriteMs", s.SlowestWriteMs);
            json.WriteNumber("slowWrites", s.SlowWrites);
            json.WriteNumber("governorChanges", s.GovernorChanges);
            json.WriteNumber("lowestSetFramesPerSecondX100", s.LowestFramesPerSecondX100);
            json.WriteNumber("lowestQuality", s.LowestQuality);
            json.WriteNumber("governorReason", s.GovernorReason);
            json.WriteEndObject();
        }

        private static void Findings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
        {
            json.WriteStartArray("findings");
            foreach (Finding f in findings)
            {
                json.WriteStartObject();
                json.WriteString("severity", Wording.Of(f.Severity));
                json.WriteString("code", f.Code.ToString());
                if (f.File != null)
                {
                    json.WriteString("file", f.File);
                }

                Number(json, "segment", f.Segment);
                Number(json, "fragment", f.Fragment);
                Number(json, "offset", (ulong?)f.Offset);
                json.WriteString("text", f.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        private static void Number(Utf8JsonWriter json, string name, ulong? value)
        {
            if (value == null)
            {
                json.WriteNull(name);
            }
            else
            {
                json.WriteNumber(name, value.Value);
            }
        }

        private static string? Utc(DateTime? time) =>
            time?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
    }
}
