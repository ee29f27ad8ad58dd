// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>A checkpoint or close block taken apart (FORMAT.md 3.4): layout, envelope, signature and manifest.</summary>
    internal sealed class SignedBlock
    {
        public const int LargestManifest = 12288;

        /// <summary>Box header, extended type and the fields before the manifest.</summary>
        public const int BodyHeader = BoxBytes.UuidHeader + 12;

        /// <summary>Bytes of the COSE_Sign1, which the format fixes.</summary>
        public const int EnvelopeSize = 171;

        private const int PayloadAt = 73,
            SignatureAt = EnvelopeSize - 64,
            ProtectedAt = 4,
            ProtectedSize = 66;

        public required List<(SegmentPart Part, FindingCode Code, string Text)> Problems { get; init; }

        /// <summary>Whether the key made the signature over this manifest.</summary>
        public bool Signed { get; private set; }

        /// <summary>The manifest when it is readable; worth nothing unless <see cref="Signed"/>.</summary>
        public Manifest? Manifest { get; private set; }

        /// <summary>D(manifest).</summary>
        public byte[] Digest { get; private set; } = [];

        /// <summary>Bytes of the `uuid` box.</summary>
        public int BoxSize { get; private set; }

        /// <summary>Bytes up to the sector boundary at which the block ends.</summary>
        public int Size { get; private set; }

        /// <summary>Whether the zero bytes after the box's successor header are there, which a write that was cut would not show.</summary>
        public bool Complete { get; private set; }

        /// <summary>Whether the raw manifest holds this value.</summary>
        public bool Mentions { get; private set; }

        /// <summary>
        /// Takes the block at the start of <paramref name="bytes"/> apart. <paramref name="own"/> are values (recording id, chain) of which
        /// one in the raw manifest shows that a damaged block is this segment's own. Null when its lengths are impossible.
        /// </summary>
        public static SignedBlock? Read(ReadOnlySpan<byte> bytes, bool damagedHeader, TrustedKey key, params byte[][] own)
        {
            long box = BoxBytes.U32(bytes, 0);
            long m = BoxBytes.U32(bytes, 28);
            long byBox = box - BodyHeader - EnvelopeSize;
            SignedBlock? first = m is >= 1 and <= LargestManifest ? Try(bytes, (int)m, damagedHeader, key, own) : null;
            if (first is { Signed: true } || byBox == m || byBox is < 1 or > LargestManifest)
            {
                return first;
            }

            SignedBlock? second = Try(bytes, (int)byBox, damagedHeader, key, own);
            return second is { Signed: true } || first == null ? second : first;
        }

        private static SignedBlock? Try(ReadOnlySpan<byte> bytes, int m, bool damagedHeader, TrustedKey key, byte[][] own)
        {
            int box = BodyHeader + m + EnvelopeSize;
            int size = (int)BoxBytes.RoundUp(box + 8);
            if (size > bytes.Length)
            {
                return null;
            }

            var block = new SignedBlock
            {
                Problems = [],
                BoxSize = box,
                Size = size,
            };
            block.Header(bytes, m, damagedHeader);
            byte[] manifest = bytes.Slice(BodyHeader, m).ToArray();
            block.Digest = EvidenceHash.Manifest(manifest);
            block.Signature(bytes.Slice(BodyHeader + m, EnvelopeSize), key);
            foreach (byte[] value in own)
            {
                block.Mentions |= value.Length > 0 && manifest.AsSpan().IndexOf(value) >= 0;
            }

            try
            {
                Manifest read = ManifestReader.Read(manifest);
                if (
                    (
                        read.Recovery != null ? 3
                        : read.IsClose ? 2
                        : 1
                    ) != BoxBytes.U16(bytes, 24)
                )
                {
                    block.Problem(
                        SegmentPart.SignedBlock,
                        FindingCode.Malformed,
                        "the block and its manifest differ in whether it is a checkpoint or a close"
                    );
                }

                block.Manifest = read;
            }
            catch (ManifestException error)
            {
                block.Problem(SegmentPart.Manifest, error.Code, "the manifest is refused: " + error.Message);
            }
            block.Tail(bytes);
            return block;
        }

        private void Header(ReadOnlySpan<byte> bytes, int m, bool damagedHeader)
        {
            if (damagedHeader || !BoxBytes.IsType(bytes, 0, "uuid") || BoxBytes.U32(bytes, 0) != BoxSize)
            {
                Problem(SegmentPart.SignedBlock, FindingCode.Malformed, "the box header of the signed block is damaged");
            }

            ushort kind = BoxBytes.U16(bytes, 24);
            if (kind is not (1 or 2 or 3) || BoxBytes.U16(bytes, 26) != 0)
            {
                Problem(SegmentPart.SignedBlock, FindingCode.Malformed, "the kind of the signed block is damaged");
            }

            if (BoxBytes.U32(bytes, 28) != m || BoxBytes.U32(bytes, 32) != EnvelopeSize)
            {
                Problem(SegmentPart.SignedBlock, FindingCode.Malformed, "the lengths in the signed block are damaged");
            }
        }

        private void Signature(ReadOnlySpan<byte> envelope, TrustedKey key)
        {
            Span<byte> expected = stackalloc byte[EnvelopeSize];
            Envelope(expected, key, Digest);
            int wrong = envelope[..SignatureAt].CommonPrefixLength(expected[..SignatureAt]);
            if (wrong >= PayloadAt && wrong < SignatureAt && !envelope.Slice(PayloadAt, 32).SequenceEqual(Digest))
            {
                Problem(
                    SegmentPart.Manifest | SegmentPart.Signature,
                    FindingCode.BadSignature,
                    "the signed digest is not that of the manifest: one of the two was altered"
                );
            }
            else if (wrong >= 10 && wrong < 42)
            {
                Problem(
                    SegmentPart.Signature,
                    FindingCode.KeyMismatch,
                    "signed with another key: fingerprint "
                        + Convert.ToHexStringLower(envelope.Slice(10, 32))
                        + ", trusted "
                        + Convert.ToHexStringLower(key.Fingerprint)
                );
            }
            else if (wrong < SignatureAt)
            {
                Problem(SegmentPart.Signature, FindingCode.Malformed, "the signature's envelope is not the one that the format fixes");
            }

            // The signature is judged over what ought to be signed, so a damaged envelope does not hide whose block this is.
            byte[] message = ToBeSigned(expected.Slice(ProtectedAt, ProtectedSize), Digest);
            Signed = key.Verify(message, envelope[SignatureAt..].ToArray());
            if (!Signed && wrong >= SignatureAt)
            {
                Problem(SegmentPart.Signature, FindingCode.BadSignature, "the signature is not by the trusted key over this manifest");
            }
        }

        /// <summary>Whether these bytes are the COSE_Sign1 of the key over a manifest's digest.</summary>
        internal static bool IsSigned(ReadOnlySpan<byte> envelope, byte[] digest, TrustedKey key)
        {
            Span<byte> expected = stackalloc byte[EnvelopeSize];
            Envelope(expected, key, digest);
            return envelope[..SignatureAt].SequenceEqual(expected[..SignatureAt])
                && key.Verify(ToBeSigned(expected.Slice(ProtectedAt, ProtectedSize), digest), envelope[SignatureAt..].ToArray());
        }

        /// <summary>Whether these 64 bytes are the signature in the COSE_Sign1 of the key over a digest.</summary>
        internal static bool IsSignature(ReadOnlySpan<byte> signature, byte[] digest, TrustedKey key)
        {
            Span<byte> envelope = stackalloc byte[EnvelopeSize];
            Envelope(envelope, key, digest);
            return key.Verify(ToBeSigned(envelope.Slice(ProtectedAt, ProtectedSize), digest), signature.ToArray());
        }

        private void Tail(ReadOnlySpan<byte> bytes)
        {
            bool close = BoxBytes.U16(bytes, 24) is 2 or 3;
            ReadOnlySpan<byte> free = bytes[BoxSize..Size];
            bool zero = BoxBytes.AllZero(free[8..]);
            bool header = BoxBytes.IsType(free, 0, "free") && (close || BoxBytes.U32(free, 0) == free.Length);
            Complete = zero && header;
            if (!header)
            {
                Problem(SegmentPart.Free, FindingCode.Malformed, "the free box after the signature is damaged");
            }

            if (!zero)
            {
                Problem(SegmentPart.Free, FindingCode.Malformed, "the padding after the signature is not zero");
            }
        }

        private void Problem(SegmentPart part, FindingCode code, string text) => Problems.Add((part, code, text));

        /// <summary>The COSE_Sign1 with its signature left zero.</summary>
        private static void Envelope(Span<byte> bytes, TrustedKey key, ReadOnlySpan<byte> payload)
        {
            // 18([ h'protected', {}, h'payload', h'signature' ])
            ReadOnlySpan<byte> head = [0xd2, 0x84, 0x58, ProtectedSize, 0xa4, 0x01, 0x27, 0x04, 0x58, 0x20];
            // 258: -65537, 259: "application/cbor"
            ReadOnlySpan<byte> tail = [0x19, 0x01, 0x02, 0x3a, 0x00, 0x01, 0x00, 0x00, 0x19, 0x01, 0x03, 0x70];
            bytes.Clear();
            head.CopyTo(bytes);
            key.Fingerprint.CopyTo(bytes[10..]);
            tail.CopyTo(bytes[42..]);
            Encoding.ASCII.GetBytes("application/cbor", bytes[54..]);
            ReadOnlySpan<byte> middle = [0xa0, 0x58, 0x20];
            middle.CopyTo(bytes[70..]);
            payload.CopyTo(bytes[PayloadAt..]);
            bytes[105] = 0x58;
            bytes[106] = 0x40;
        }

        private static byte[] ToBeSigned(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload)
        {
            // ["Signature1", protected, h'', payload]
            var bytes = new byte[1 + 11 + 2 + ProtectedSize + 1 + 2 + 32];
            bytes[0] = 0x84;
            bytes[1] = 0x6a;
            Encoding.ASCII.GetBytes("Signature1", bytes.AsSpan(2));
            bytes[12] = 0x58;
            bytes[13] = ProtectedSize;
            protectedHeader.CopyTo(bytes.AsSpan(14));
            bytes[80] = 0x40;
            bytes[81] = 0x58;
            bytes[82] = 0x20;
            payload.CopyTo(bytes.AsSpan(83));
            return bytes;
        }
    }
}
