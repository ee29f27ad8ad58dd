// SPDX-License-Identifier: MIT

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Lapel.Verify
{
    /// <summary>What a certificate of retirement says, for people and for programs.</summary>
    public static class CertificateReport
    {
        /// <summary>One line a fact.</summary>
        public static void Write(RetirementCertificate certificate, TextWriter to)
        {
            void Line(string name, string value) => to.WriteLine(name.PadRight(14) + value);
            Line("device", Hex(certificate.DeviceId));
            Line("key", Hex(certificate.Key.Bytes) + ", fingerprint " + Hex(certificate.Key.Fingerprint));
            Line(
                "retired",
                (
                    certificate.Utc is DateTime at
                        ? Wording.Utc(at) + " UTC by its clock"
                        : "at a time that is not known, its clock was unset"
                )
                    + ", in boot "
                    + N(certificate.Boot)
            );
            Line("order", "digest " + Hex(certificate.OrderDigest));
            Line("recordings", certificate.Recordings == 0 ? "none was made" : "the newest is " + N(certificate.Recordings));
            Line("released", Text(certificate.Released));
            Line("not released", Text(certificate.Kept));
        }

        /// <summary>One JSON object on one line.</summary>
        /// <param name="certificate">The certificate; null when it cannot be read.</param>
        /// <param name="problem">What speaks against it; null when it is authentic.</param>
        /// <param name="keyGiven">Whether it was judged by a key that was given, and not by its own.</param>
        /// <param name="to">Receives the line.</param>
        public static void WriteJson(RetirementCertificate? certificate, string? problem, bool keyGiven, TextWriter to)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("type", "certificate");
                json.WriteBoolean("authentic", problem == null);
                if (problem != null)
                {
                    json.WriteString("problem", problem);
                }

                json.WriteBoolean("keyGiven", keyGiven);
                if (certificate != null)
                {
                    Facts(json, certificate);
                }

                json.WriteEndObject();
            }
            to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        private static void Facts(Utf8JsonWriter json, RetirementCertificate certificate)
        {
            json.WriteString("device", Hex(certificate.DeviceId));
            json.WriteString("key", Hex(certificate.Key.Bytes));
            json.WriteString("keyFingerprint", Hex(certificate.Key.Fingerprint));
            json.WriteNumber("boot", certificate.Boot);
            json.WriteNumber("newestRecording", certificate.Recordings);
            json.WriteString("orderDigest", Hex(certificate.OrderDigest));
            if (certificate.Utc is DateTime at)
            {
                json.WriteString("utc", at);
            }
            else
            {
                json.WriteNull("utc");
            }

            json.WriteBoolean("card", certificate.Kept != null);
            Segments(json, "released", certificate.Released);
            Segments(json, "notReleased", certificate.Kept);
        }

        private static void Segments(Utf8JsonWriter json, string name, SegmentRuns? segments)
        {
            if (segments == null)
            {
                return;
            }

            json.WriteStartObject(name);
            json.WriteNumber("segments", segments.Count);
            json.WriteNumber("unlisted", segments.Unlisted);
            json.WriteStartArray("runs");
            foreach (SegmentRun run in segments.Runs)
            {
                json.WriteStartObject();
                json.WriteNumber("recording", run.Recording);
                json.WriteNumber("first", run.First);
                json.WriteNumber("count", run.Count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private static string Text(SegmentRuns? segments)
        {
            if (segments == null)
            {
                return "unknown: no card was in it";
            }

            if (segments.Count == 0)
            {
                return "none on the card";
            }

            IEnumerable<string> runs = segments.InOrder().Select(Text);
            return segments.Count.ToString(CultureInfo.InvariantCulture)
                + " on the card: "
                + string.Join("; ", segments.Unlisted == 0 ? runs : runs.Append(N(segments.Unlisted) + " that are not listed"));
        }

        private static string Text(SegmentRun run) =>
            run.Recording == 0
                ? "a slot of which nothing was known"
                : "recording "
                    + N(run.Recording)
                    + (run.Count == 1 ? " segment " + N(run.First) : " segments " + N(run.First) + " to " + N(run.First + run.Count - 1));

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

        private static string N(uint value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
