// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>The payload of a receipt (CUSTODY.md section 5): which segment an archive has in its keeping.</summary>
    public sealed class Receipt
    {
        private const int Version = 1;

        // 2^53: what every JSON reader takes, some 285,000 years.
        private const long MostUtcMs = 1L << 53;

        private Receipt() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Device id, 16 bytes.</summary>
        public byte[] DeviceId { get; private set; }

        /// <summary>Recording id, 16 bytes.</summary>
        public byte[] RecordingId { get; private set; }

        /// <summary>Recording number.</summary>
        public int Recording { get; private set; }

        /// <summary>Segment number.</summary>
        public int Segment { get; private set; }

        /// <summary>Close digest, 32 bytes.</summary>
        public byte[] CloseDigest { get; private set; }

        /// <summary>When the archive signed, UTC milliseconds since 1970, by its own clock.</summary>
        /// <remarks>
        /// Not compared with the camera's clock, which may be unset: the digest is what releases, the time is for people.
        /// </remarks>
        public long UtcMs { get; private set; }

        /// <summary>Reads a payload; look at <see cref="Error"/> first.</summary>
        public static Receipt Parse(byte[] payload)
        {
            Receipt receipt = new Receipt();
            DocumentReader reader = new DocumentReader(payload, 0, payload.Length);
            reader.Map(8, "the receipt");
            reader.Key(1);
            reader.Int((int)DocumentKind.Receipt, (int)DocumentKind.Receipt, "the kind of document");
            reader.Key(2);
            reader.Int(Version, Version, "the version");
            reader.Key(3);
            receipt.DeviceId = reader.Bytes(16, "the device id");
            reader.Key(4);
            receipt.RecordingId = reader.Bytes(16, "the recording id");
            reader.Key(5);
            receipt.Recording = (int)reader.Int(1, int.MaxValue, "the recording number");
            reader.Key(6);
            receipt.Segment = (int)reader.Int(0, int.MaxValue, "the segment number");
            reader.Key(7);
            receipt.CloseDigest = reader.Bytes(32, "the close digest");
            reader.Key(8);
            receipt.UtcMs = reader.Int(0, MostUtcMs, "the time");
            reader.End();
            receipt.Error = reader.Error;
            return receipt;
        }
    }
}
