// SPDX-License-Identifier: MIT

using System;
using System.Security.Cryptography;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>The keyed hashes of FORMAT.md section 1: HMAC-SHA-256 under public labels.</summary>
    public static class EvidenceHash
    {
        /// <summary>Bytes of every hash.</summary>
        public const int Size = 32;

        /// <summary>Largest block that B takes, bytes.</summary>
        public const int LargestBlock = 16384;

        private static readonly byte[] Zeros = new byte[LargestBlock];
        private static readonly byte[] ChainLabel = Pad32("LAPEL-CHAIN-1");
        private static readonly byte[] KeyLabel = Pad32("LAPEL-KEY-1");
        private static readonly byte[] ManifestLabel = Pad32("LAPEL-MANIFEST-1");
        private static readonly byte[] RotationLabel = Pad32("LAPEL-ROTATION-1");
        private static readonly byte[] CertificateLabel = Pad32("LAPEL-CERTIFICATE-1");

        // One for each thread, its key set up once: that costs as much as 1 kB of content.
        [ThreadStatic]
        private static IncrementalHash? _chain;

        /// <summary>H(x).</summary>
        public static void H(ReadOnlySpan<byte> x, Span<byte> into)
        {
            IncrementalHash chain = _chain ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ChainLabel);
            chain.AppendData(x);
            chain.GetHashAndReset(into);
        }

        /// <summary>B(x): H of x zero-padded to the smallest block size that holds it; x is 1 to 16,384 bytes.</summary>
        public static void B(ReadOnlySpan<byte> x, Span<byte> into)
        {
            if (x.Length is < 1 or > LargestBlock)
            {
                throw new ArgumentOutOfRangeException(nameof(x));
            }

            int size = 512;
            while (size < x.Length)
            {
                size *= 2;
            }

            if (size == x.Length)
            {
                H(x, into);
                return;
            }
            IncrementalHash chain = _chain ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ChainLabel);
            chain.AppendData(x);
            chain.AppendData(Zeros.AsSpan(0, size - x.Length));
            chain.GetHashAndReset(into);
        }

        /// <summary>D(manifest), the payload of its COSE_Sign1.</summary>
        public static byte[] Manifest(ReadOnlySpan<byte> manifest) => HMACSHA256.HashData(ManifestLabel, manifest);

        /// <summary>What both keys sign of a rotation statement's content.</summary>
        public static byte[] Rotation(ReadOnlySpan<byte> content) => HMACSHA256.HashData(RotationLabel, content);

        /// <summary>What the device signs of the content of its certificate of retirement (CUSTODY.md 6.2).</summary>
        public static byte[] Certificate(ReadOnlySpan<byte> content) => HMACSHA256.HashData(CertificateLabel, content);

        /// <summary>The fingerprint of a public key; the first 16 bytes of that of a device's first key are the device id.</summary>
        public static byte[] Fingerprint(ReadOnlySpan<byte> publicKey) => HMACSHA256.HashData(KeyLabel, publicKey);

        private static byte[] Pad32(string label)
        {
            var key = new byte[32];
            Encoding.ASCII.GetBytes(label, key);
            return key;
        }
    }
}
