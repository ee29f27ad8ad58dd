// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Authority
{
    /// <summary>A COSE_Sign1 with its payload attached, in the one spelling of CUSTODY.md section 2.</summary>
    public sealed class SignedDocument
    {
        /// <summary>Longest document that a camera takes.</summary>
        public const int MaxBytes = 4096;

        private const int Algorithm = 1,
            KeyId = 4,
            EdDsa = -8;

        private SignedDocument(byte[] fingerprint, byte[] payload, byte[] signature)
        {
            Fingerprint = fingerprint;
            Payload = payload;
            Signature = signature;
        }

        /// <summary>Fingerprint of the key that is said to have signed.</summary>
        public byte[] Fingerprint { get; }

        /// <summary>What was signed.</summary>
        public byte[] Payload { get; }

        /// <summary>The signature.</summary>
        public byte[] Signature { get; }

        /// <summary>Signs a payload.</summary>
        public static byte[] Sign(SigningKey key, byte[] payload)
        {
            byte[] head = Protected(key.Fingerprint);
            byte[] signature = key.Sign(Structure(head, payload));
            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteTag((CborTag)18);
            writer.WriteStartArray(4);
            writer.WriteByteString(head);
            writer.WriteStartMap(0);
            writer.WriteEndMap();
            writer.WriteByteString(payload);
            writer.WriteByteString(signature);
            writer.WriteEndArray();
            byte[] document = writer.Encode();
            if (document.Length > MaxBytes)
            {
                throw new FormatException("the document would have more than 4096 bytes");
            }

            return document;
        }

        /// <summary>Reads a document; the signature is not checked.</summary>
        /// <exception cref="FormatException">It is no such document.</exception>
        public static SignedDocument Read(byte[] bytes)
        {
            if (bytes.Length > MaxBytes)
            {
                throw new FormatException("it has more than 4096 bytes");
            }

            try
            {
                var reader = new CborReader(bytes, CborConformanceMode.Canonical);
                if (reader.ReadTag() != (CborTag)18 || reader.ReadStartArray() != 4)
                {
                    throw new FormatException("it is no COSE_Sign1");
                }

                byte[] head = reader.ReadByteString();
                if (reader.ReadStartMap() != 0)
                {
                    throw new FormatException("it has an unprotected header");
                }

                reader.ReadEndMap();
                var document = new SignedDocument(KeyOf(head), reader.ReadByteString(), reader.ReadByteString());
                reader.ReadEndArray();
                if (reader.BytesRemaining > 0 || document.Signature.Length != 64)
                {
                    throw new FormatException("it is no COSE_Sign1 with an Ed25519 signature");
                }

                return document;
            }
            catch (Exception e) when (e is CborContentException or InvalidOperationException)
            {
                throw new FormatException("it is no COSE_Sign1", e);
            }
        }

        /// <summary>Whether this key signed it.</summary>
        public bool IsSignedBy(byte[] publicKey) =>
            Lapel.Authority.PublicKey.FingerprintOf(publicKey).AsSpan().SequenceEqual(Fingerprint)
            && Lapel.Authority.PublicKey.Verifies(publicKey, Structure(Protected(Fingerprint), Payload), Signature);

        private static byte[] Protected(byte[] fingerprint)
        {
            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartMap(2);
            writer.WriteInt32(Algorithm);
            writer.WriteInt32(EdDsa);
            writer.WriteInt32(KeyId);
            writer.WriteByteString(fingerprint);
            writer.WriteEndMap();
            return writer.Encode();
        }

        private static byte[] KeyOf(byte[] head)
        {
            var reader = new CborReader(head, CborConformanceMode.Canonical);
            if (reader.ReadStartMap() != 2 || reader.ReadInt32() != Algorithm || reader.ReadInt32() != EdDsa || reader.ReadInt32() != KeyId)
            {
                throw new FormatException("its protected header is not { 1: -8, 4: fingerprint }");
            }

            byte[] fingerprint = reader.ReadByteString();
            reader.ReadEndMap();
            if (fingerprint.Length != 32 || reader.BytesRemaining > 0)
            {
                throw new FormatException("its fingerprint has not 32 bytes");
            }

            return fingerprint;
        }

        private static byte[] Structure(byte[] head, byte[] payload)
        {
            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartArray(4);
            writer.WriteTextString("Signature1");
            writer.WriteByteString(head);
            writer.WriteByteString([]);
            writer.WriteByteString(payload);
            writer.WriteEndArray();
            return writer.Encode();
        }
    }
}
