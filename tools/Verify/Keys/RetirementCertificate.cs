// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>
    /// What a camera leaves when its secrets are erased, signed with the key that it then no longer has (CUSTODY.md 6.2).
    /// </summary>
    public sealed class RetirementCertificate
    {
        /// <summary>Most bytes of one: it is an entry of internal storage.</summary>
        public const int LargestSize = 4096;

        private const int Kind = 4,
            KnownVersion = 1,
            Pairs = 8,
            PairsWithCard = 12;
        private const ulong LastUtc = 253_402_300_799_999;

        private RetirementCertificate(byte[] content)
        {
            var reader = new CertificateReader(content);
            ulong kind = reader.Number("kind", 0, ulong.MaxValue);
            if (kind != Kind)
            {
                throw new FormatException("it is a document of kind " + N(kind) + ", not " + N(Kind));
            }

            ulong version = reader.Number("version", 0, ulong.MaxValue);
            if (version != KnownVersion)
            {
                throw new FormatException("format version " + N(version) + " is refused: this verifier knows version 1 only");
            }

            if (reader.Pairs is not (Pairs or PairsWithCard))
            {
                throw new FormatException("its content has " + N((ulong)reader.Pairs) + " keys: 8 when there was no card, else 12");
            }

            DeviceId = reader.Bytes("device id", 16);
            Key = KeyOf(reader.Bytes("public key", TrustedKey.Size));
            Boot = (uint)reader.Number("boot number", 0, uint.MaxValue);
            Recordings = (uint)reader.Number("newest recording", 0, uint.MaxValue);
            OrderDigest = reader.Bytes("digest of the order", EvidenceHash.Size);
            Utc = reader.NumberOrNull("time", 1, LastUtc) is ulong utc ? DateTime.UnixEpoch.AddMilliseconds(utc) : null;
            if (reader.Pairs == PairsWithCard)
            {
                Kept = reader.Segments("segments that are not released");
                Released = reader.Segments("segments that are released");
            }
            reader.End();
        }

        public byte[] DeviceId { get; }

        /// <summary>The key that signed it.</summary>
        public TrustedKey Key { get; }

        /// <summary>The device's last boot with secrets.</summary>
        public uint Boot { get; }

        /// <summary>Number of its newest recording, 0 when there was none.</summary>
        public uint Recordings { get; }

        /// <summary>H of the payload of the authority's order.</summary>
        public byte[] OrderDigest { get; }

        /// <summary>By the device's clock, as it was; null when that was unset.</summary>
        public DateTime? Utc { get; }

        /// <summary>Segments on the card that are not released; null when there was no card.</summary>
        public SegmentRuns? Kept { get; }

        /// <summary>Segments that are released and whose slots were not used again; null when there was no card.</summary>
        public SegmentRuns? Released { get; }

        /// <summary>
        /// Reads a certificate; throws <see cref="FormatException"/> with what is wrong. The key that it names has signed what is returned;
        /// whose that is, <see cref="Against"/> tells.
        /// </summary>
        public static RetirementCertificate Read(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Length > LargestSize)
            {
                throw new FormatException("it has " + N((ulong)bytes.Length) + " bytes, and " + N(LargestSize) + " are the most");
            }

            (byte[] content, byte[] signature) = Outer(bytes);
            var certificate = new RetirementCertificate(content);
            if (signature.Length != SignedBlock.EnvelopeSize)
            {
                throw new FormatException("its signature has " + N((ulong)signature.Length) + " bytes, not " + N(SignedBlock.EnvelopeSize));
            }

            return SignedBlock.IsSigned(signature, EvidenceHash.Certificate(content), certificate.Key)
                ? certificate
                : throw new FormatException("the key that it names has not signed it");
        }

        /// <summary>What speaks against its being of the device of these keys; null when nothing does.</summary>
        public string? Against(KeyChain chain)
        {
            if (!chain.Holds(Key))
            {
                return "it is signed with another key: fingerprint " + Hex(Key.Fingerprint) + ", trusted " + Hex(chain.Trusted.Fingerprint);
            }

            if (!DeviceId.AsSpan().SequenceEqual(chain.DeviceId))
            {
                return "its device id " + Hex(DeviceId) + " does not come from that key, and no rotation statement leads there";
            }

            return chain.KeyIn(Boot).Bytes.SequenceEqual(Key.Bytes)
                ? null
                : "its key was not the device's in boot " + N(Boot) + " by the rotation statements";
        }

        private static TrustedKey KeyOf(byte[] bytes)
        {
            try
            {
                return TrustedKey.FromBytes(bytes);
            }
            catch (FormatException error)
            {
                throw new FormatException("its public key does not hold: " + error.Message);
            }
        }

        private static (byte[] Content, byte[] Signature) Outer(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                var cbor = new CborReader(bytes, CborConformanceMode.Canonical);
                if (cbor.ReadStartArray() != 2)
                {
                    throw new FormatException("it is no certificate: not an array of content and signature");
                }

                (byte[], byte[]) parts = (cbor.ReadByteString(), cbor.ReadByteString());
                cbor.ReadEndArray();
                return cbor.BytesRemaining == 0 ? parts : throw new FormatException("other bytes follow it");
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                throw new FormatException("it is no certificate: " + Reason.Of(error));
            }
        }

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

        private static string N(ulong value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
