// SPDX-License-Identifier: MIT

using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lapel.Intake
{
    /// <summary>The record of receipt beside a stored segment: what was brought, checked and stored.</summary>
    public sealed record SegmentRecord
    {
        /// <summary>Longest record, bytes.</summary>
        public const int MostBytes = 4096;

        private static readonly JsonSerializerOptions Form = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };

        /// <summary>What this file is.</summary>
        public string Type { get; init; } = "stored-segment";

        /// <summary>The camera's id, hex.</summary>
        public required string Device { get; init; }

        /// <summary>Recording number.</summary>
        public required long Recording { get; init; }

        /// <summary>Recording id, hex.</summary>
        public required string RecordingId { get; init; }

        /// <summary>Segment number.</summary>
        public required long Segment { get; init; }

        /// <summary>Slot of the card that it came from.</summary>
        public required int Slot { get; init; }

        /// <summary>Close digest, hex: what a receipt names.</summary>
        public required string CloseDigest { get; init; }

        /// <summary>Bytes of the file.</summary>
        public required long Bytes { get; init; }

        /// <summary>SHA-256 of the file, hex.</summary>
        public required string Sha256 { get; init; }

        /// <summary>When it was stored, by this machine's clock.</summary>
        public required DateTime StoredUtc { get; init; }

        /// <summary>When the camera took the receipt for it; null while it has not.</summary>
        public DateTime? ReleasedUtc { get; init; }

        /// <summary>The record's bytes.</summary>
        public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

        /// <summary>A record from its bytes; null when they are none.</summary>
        public static SegmentRecord? Read(byte[]? bytes)
        {
            try
            {
                return bytes == null ? null : JsonSerializer.Deserialize<SegmentRecord>(bytes, Form);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
