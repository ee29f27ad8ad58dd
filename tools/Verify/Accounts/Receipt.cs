// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Verify
{
    /// <summary>An archive's signed word that it has a segment in its keeping (CUSTODY.md section 5).</summary>
    internal sealed record Receipt(
        string File,
        byte[] DeviceId,
        byte[] RecordingId,
        uint RecordingNumber,
        uint Segment,
        byte[] CloseDigest
    )
    {
        /// <summary>Longest signed document, bytes.</summary>
        public const int Largest = 4096;

        /// <summary>Reads one that this archive signed; throws <see cref="FormatException"/> with what is wrong.</summary>
        public static Receipt Read(string file, byte[] bytes, TrustedKey archive)
        {
            try
            {
                var reader = new CborReader(bytes, CborConformanceMode.Canonical);
                Expect(reader.ReadTag() == (CborTag)18 && reader.ReadStartArray() == 4, "it is no COSE_Sign1");
                byte[] head = reader.ReadByteString();
                Expect(reader.ReadStartMap() == 0, "it has an unprotected header");
                reader.ReadEndMap();
                byte[] payload = reader.ReadByteString(),
                    signature = reader.ReadByteString();
                reader.ReadEndArray();
                Expect(reader.BytesRemaining == 0 && signature.Length == 64, "it is no COSE_Sign1 with an Ed25519 signature");
                Signed(head, payload, signature, archive);
                return Content(file, payload);
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                throw new FormatException("it is no receipt", error);
            }
        }

        private static void Signed(byte[] head, byte[] payload, byte[] signature, TrustedKey archive)
        {
            ReadOnlySpan<byte> before = [0xa2, 0x01, 0x27, 0x04, 0x58, 0x20];
            Expect(head.Length == 38 && head.AsSpan().StartsWith(before), "its protected header is not { 1: -8, 4: fingerprint }");
            Expect(
                head.AsSpan(6).SequenceEqual(archive.Fingerprint),
                "another key than the archive's signed it: fingerprint " + Convert.ToHexStringLower(head.AsSpan(6))
            );
            var signed = new CborWriter(CborConformanceMode.Canonical);
            signed.WriteStartArray(4);
            signed.WriteTextString("Signature1");
            signed.WriteByteString(head);
            signed.WriteByteString([]);
            signed.WriteByteString(payload);
            signed.WriteEndArray();
            Expect(archive.Verify(signed.Encode(), signature), "its signature is not the archive's: it is forged or damaged");
        }

        private static Receipt Content(string file, byte[] payload)
        {
            var reader = new CborReader(payload, CborConformanceMode.Canonical);
            Expect(reader.ReadStartMap() == 8, "it is no receipt");
            Expect(Key(reader, 1).ReadUInt64() == 2, "it is another document than a receipt");
            Expect(Key(reader, 2).ReadUInt64() == 1, "it is a receipt of another version");
            byte[] device = Key(reader, 3).ReadByteString(),
                recording = Key(reader, 4).ReadByteString();
            uint number = Key(reader, 5).ReadUInt32(),
                segment = Key(reader, 6).ReadUInt32();
            byte[] digest = Key(reader, 7).ReadByteString();
            Key(reader, 8).ReadInt64();
            reader.ReadEndMap();
            Expect(
                reader.BytesRemaining == 0 && device.Length == 16 && recording.Length == 16 && digest.Length == EvidenceHash.Size,
                "it is no receipt"
            );
            return new Receipt(file, device, recording, number, segment, digest);
        }

        private static CborReader Key(CborReader reader, uint key)
        {
            Expect(reader.ReadUInt32() == key, "it is no receipt");
            return reader;
        }

        private static void Expect(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new FormatException(otherwise);
            }
        }
    }
}
