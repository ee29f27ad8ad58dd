// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>
    /// A COSE_Sign1 (RFC 9052) with its payload attached, in the one spelling of CUSTODY.md section 2: tag 18, protected header { 1: -8, 4:
    /// fingerprint }, nothing unprotected. Reading it says nothing of the signature.
    /// </summary>
    public sealed class SignedDocument
    {
        /// <summary>Longest document, bytes.</summary>
        /// <remarks>
        /// Four times what the longest configuration takes; the upload's buffer is of this size.
        /// </remarks>
        public const int MaxBytes = 4096;

        private const int ProtectedAt = 4;
        private const int ProtectedBytes = 38;
        private const int FingerprintAt = 10;
        private const int UnprotectedAt = 42;
        private const int PayloadAt = 43;
        private const int SignatureBytes = 64;
        private const int EmptyMap = 0xA0;
        private const int EmptyBytes = 0x40;

        // Tag 18, array(4), bstr(38), {1: -8, 4: bstr(32). Compared byte for byte and not parsed: one spelling leaves no room for two
        // readers to disagree about what was signed.
        private static readonly byte[] Head = { 0xD2, 0x84, 0x58, ProtectedBytes, 0xA2, 0x01, 0x27, 0x04, 0x58, 0x20 };

        // array(4), "Signature1", bstr(38): the head of Sig_structure, RFC 9052 section 4.4.
        private static readonly byte[] StructureHead =
        {
            0x84,
            0x6A,
            0x53,
            0x69,
            0x67,
            0x6E,
            0x61,
            0x74,
            0x75,
            0x72,
            0x65,
            0x31,
            0x58,
            ProtectedBytes,
        };

        private SignedDocument() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Fingerprint of the key that is said to have signed.</summary>
        public byte[] Fingerprint { get; private set; }

        /// <summary>The payload.</summary>
        public byte[] Payload { get; private set; }

        /// <summary>What is signed: the Sig_structure.</summary>
        public byte[] Structure { get; private set; }

        /// <summary>The signature, 64 bytes.</summary>
        public byte[] Signature { get; private set; }

        /// <summary>Reads a document; look at <see cref="Error"/> first.</summary>
        public static SignedDocument Parse(byte[] bytes)
        {
            SignedDocument document = new SignedDocument();
            document.Error = document.Read(bytes);
            return document;
        }

        private string Read(byte[] bytes)
        {
            if (bytes == null || bytes.Length > MaxBytes)
            {
                return "a signed document has at most 4096 bytes";
            }

            if (bytes.Length < PayloadAt || !SegmentHead.Same(bytes, 0, Head) || bytes[UnprotectedAt] != EmptyMap)
            {
                return "it does not begin as a COSE_Sign1 of CUSTODY.md";
            }

            DocumentReader reader = new DocumentReader(bytes, PayloadAt, bytes.Length - PayloadAt);

            // The payload is passed over here; its own reader takes it apart once it is known which key is said to have signed.
            int count = reader.SkipBytes(MaxBytes, "the payload");
            int payloadEnd = reader.Position;
            byte[] signature = reader.Bytes(SignatureBytes, "the signature");
            reader.End();
            if (reader.Error != null)
            {
                return reader.Error;
            }

            Fingerprint = Part(bytes, FingerprintAt, Digests.Size);
            Payload = Part(bytes, payloadEnd - count, count);
            Signature = signature;
            BuildStructure(bytes, payloadEnd);
            return null;
        }

        private void BuildStructure(byte[] bytes, int payloadEnd)
        {
            // With its head: in the Sig_structure the payload stands as the same byte string as in the document, so it is copied and not
            // encoded anew.
            int payloadItem = payloadEnd - PayloadAt;
            byte[] structure = new byte[StructureHead.Length + ProtectedBytes + 1 + payloadItem];
            Array.Copy(StructureHead, 0, structure, 0, StructureHead.Length);
            int at = StructureHead.Length;
            Array.Copy(bytes, ProtectedAt, structure, at, ProtectedBytes);
            at += ProtectedBytes;

            // external_aad, which is empty.
            structure[at] = EmptyBytes;
            Array.Copy(bytes, PayloadAt, structure, at + 1, payloadItem);
            Structure = structure;
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
