// SPDX-License-Identifier: MIT

using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Lapel.Verify
{
    /// <summary>An audit log for programs: one JSON object a line, the last one the summary.</summary>
    public static class AuditJson
    {
        /// <summary>Writes the entries that the filter shows.</summary>
        public static void Write(AuditResult log, AuditFilter filter, TextWriter to)
        {
            Func<AuditEntry, BoundTime?> clock = AuditClock.Of(log);
            foreach (AuditEntry entry in log.Entries)
            {
                BoundTime? at = clock(entry);
                if (filter.Shows(entry, at))
                {
                    Line(to, json => Entry(json, log, entry, at));
                }
            }
            Line(to, json => Summary(json, log));
        }

        /// <summary>Writes the coverage statement.</summary>
        public static void Write(AuditResult log, Coverage coverage, TextWriter to)
        {
            foreach (CoverageSpan span in coverage.Spans.Concat(coverage.Unbound))
            {
                Line(to, json => Span(json, log, span, "coverage"));
            }

            foreach (CoverageSpan span in coverage.Overlapping)
            {
                Line(to, json => Span(json, log, span, "overlap"));
            }

            Line(
                to,
                json =>
                {
                    Summary(json, log);
                    json.WriteNumber("periodMs", coverage.Period);
                    json.WriteStartObject("totalsMs");
                    foreach (CoverageState state in Enum.GetValues<CoverageState>())
                    {
                        json.WriteNumber(Wording.Of(state), coverage.Total(state));
                    }

                    json.WriteEndObject();
                }
            );
        }

        private static void Entry(Utf8JsonWriter json, AuditResult log, AuditEntry e, BoundTime? at)
        {
            json.WriteString("type", "entry");
            json.WriteString("deviceId", Device(log));
            json.WriteNumber("sequence", e.Sequence);
            json.WriteNumber("boot", e.Boot);
            json.WriteNumber("monotonicMs", e.Monotonic);
            json.WriteString("utc", Utc(e.Utc));
            json.WriteString("boundUtc", Utc(at?.Utc));
            if (at?.UncertaintyMs is uint uncertainty)
            {
                json.WriteNumber("boundUncertaintyMs", uncertainty);
            }

            json.WriteString("clock", Wording.Of(e.Source));
            json.WriteString("kind", AuditWording.Name(e.Kind));
            json.WriteNumber("code", e.Code);
            json.WriteNumber("first", e.First);
            json.WriteNumber("second", e.Second);
            json.WriteString("data", Convert.ToHexStringLower(e.Data));
            json.WriteString("text", AuditWording.Text(e));
            json.WriteBoolean("signed", e.Signed);
        }

        private static void Span(Utf8JsonWriter json, AuditResult log, CoverageSpan span, string type)
        {
            json.WriteString("type", type);
            json.WriteString("deviceId", Device(log));
            json.WriteString("fromUtc", Utc(span.FromUtc));
            json.WriteString("toUtc", Utc(span.ToUtc));
            json.WriteNumber("boot", span.Boot);
            json.WriteNumber("fromMs", span.FromMs);
            json.WriteNumber("toMs", span.ToMs);
            json.WriteString("state", Wording.Of(span.State));
            json.WriteString("detail", span.Detail);
            json.WriteBoolean("signed", span.Signed);
        }

        private static void Summary(Utf8JsonWriter json, AuditResult log)
        {
            json.WriteString("type", "summary");
            json.WriteString("deviceId", Device(log));
            json.WriteBoolean("agrees", log.Agrees);
            json.WriteNumber("sectors", log.Sectors.Count);
            json.WriteNumber("entries", log.Entries.Count);
            json.WriteNumber("checkpoints", log.Checkpoints);
            json.WriteNumber("heads", log.Heads);
            json.WriteNumber("unsignedSectors", log.Unsigned);
            json.WriteNumber("overwrittenSectors", log.Overwritten);
            json.WriteStartArray("findings");
            foreach (Finding f in log.Findings)
            {
                json.WriteStartObject();
                json.WriteString("severity", Wording.Of(f.Severity));
                json.WriteString("code", f.Code.ToString());
                if (f.Offset is long offset)
                {
                    json.WriteNumber("offset", offset);
                }

                json.WriteString("text", f.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

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

        private static string? Device(AuditResult log) => log.DeviceId == null ? null : Convert.ToHexStringLower(log.DeviceId);

        private static string? Utc(DateTime? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }
}
