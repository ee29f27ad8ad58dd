// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Verify.Tests
{
    /// <summary>Makes receipts by CUSTODY.md section 5, right ones and wrong ones.</summary>
    internal static class ReceiptForge
    {
        /// <summary>The archive whose key the verifier is given.</summary>
        public static readonly ForgeDevice Archive = new(40);

        /// <summary>A receipt for a segment; what is given differs from a right one.</summary>
        public static byte[] Make(
            SegmentForge s,
            ForgeDevice? signer = null,
            byte[]? device = null,
            byte[]? digest = null,
            uint? segment = null,
            uint? recording = null,
            uint kind = 2,
            uint version = 1
        )
        {
            ForgeDevice key = signer ?? Archive;
            byte[] payload = Cbor(c =>
            {
                c.WriteStartMap(8);
                Pair(c, 1, () => c.WriteUInt32(kind));
                Pair(c, 2, () => c.WriteUInt32(version));
                Pair(c, 3, () => c.WriteByteString(device ?? s.Device.DeviceId));
                Pair(c, 4, () => c.WriteByteString(s.RecordingId));
                Pair(c, 5, () => c.WriteUInt32(recording ?? s.RecordingNumber));
                Pair(c, 6, () => c.WriteUInt32(segment ?? s.Segment));
                Pair(c, 7, () => c.WriteByteString(digest ?? s.CloseDigest));
                Pair(c, 8, () => c.WriteInt64(1_790_000_000_000));
                c.WriteEndMap();
            });
            byte[] head = [0xa2, 0x01, 0x27, 0x04, 0x58, 0x20, .. key.Fingerprint];
            byte[] signed = Cbor(c =>
            {
                c.WriteStartArray(4);
                c.WriteTextString("Signature1");
                c.WriteByteString(head);
                c.WriteByteString([]);
                c.WriteByteString(payload);
                c.WriteEndArray();
            });
            return Cbor(c =>
            {
                c.WriteTag((CborTag)18);
                c.WriteStartArray(4);
                c.WriteByteString(head);
                c.WriteStartMap(0);
                c.WriteEndMap();
                c.WriteByteString(payload);
                c.WriteByteString(key.Sign(signed));
                c.WriteEndArray();
            });
        }

        private static void Pair(CborWriter c, int key, Action value)
        {
            c.WriteInt32(key);
            value();
        }

        private static byte[] Cbor(Action<CborWriter> write)
        {
            var writer = new CborWriter(CborConformanceMode.Canonical);
            write(writer);
            return writer.Encode();
        }
    }
}
