// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>A recording's content key, taken out of its envelope (FORMAT.md 8.2).</summary>
    public sealed class ContentKey
    {
        private const int Block = 16;
        private readonly Aes _aes;

        private ContentKey(byte[] key)
        {
            _aes = Aes.Create();
            _aes.Key = key;
        }

        /// <summary>The key, 16 bytes: what other decryption tools want.</summary>
        public byte[] Bytes => _aes.Key;

        /// <summary>Opens the envelope; throws <see cref="SealException"/> when it is another's or was altered.</summary>
        public static ContentKey Open(Seal seal, AgencyKey agency)
        {
            SealEntry entry =
                seal.Recipients.FirstOrDefault(r => r.Fingerprint.AsSpan().SequenceEqual(agency.Fingerprint))
                ?? throw new SealException(
                    "it is sealed to "
                        + string.Join(", ", seal.Recipients.Select(r => Convert.ToHexStringLower(r.Fingerprint.AsSpan(0, 8))))
                        + "; the given key is "
                        + Convert.ToHexStringLower(agency.Fingerprint.AsSpan(0, 8)),
                    isOtherKey: true
                );
            byte[] shared = agency.Agree(seal.Ephemeral) ?? throw Altered();
            var label = new byte[32];
            Encoding.ASCII.GetBytes("LAPEL-WRAP-1", label);
            byte[] okm = HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                shared,
                64,
                seal.KeyId,
                [.. label, .. seal.Ephemeral, .. agency.PublicKey]
            );
            byte[] tag = HMACSHA256.HashData(okm.AsSpan(32), (byte[])[.. seal.Head, .. entry.Fingerprint, .. entry.Wrapped]);
            if (!CryptographicOperations.FixedTimeEquals(tag, entry.Tag))
            {
                throw Altered();
            }

            using var wrap = Aes.Create();
            wrap.Key = okm[..Block];
            return new ContentKey(wrap.DecryptCbc(entry.Wrapped, okm.AsSpan(Block, Block), PaddingMode.None));
        }

        /// <summary>A frame's JPEG at its exact length; null when what comes out is none.</summary>
        public byte[]? Frame(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> vector)
        {
            byte[] plain = _aes.DecryptCbc(stored, vector, PaddingMode.None);
            int length = plain.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            bool jpeg =
                length >= 4
                && stored.Length - length < 512
                && plain[0] == 0xff
                && plain[1] == 0xd8
                && plain[length - 2] == 0xff
                && plain[length - 1] == 0xd9;
            return jpeg ? plain[..length] : null;
        }

        /// <summary>A picture as it is stored: what <see cref="Frame"/> opens.</summary>
        /// <param name="picture">The JPEG.</param>
        /// <param name="stored">Bytes that it has stored, a multiple of 16 and at least its own.</param>
        /// <param name="vector">16 bytes.</param>
        public byte[] Seal(ReadOnlySpan<byte> picture, int stored, ReadOnlySpan<byte> vector)
        {
            var plain = new byte[stored];
            picture.CopyTo(plain);
            return _aes.EncryptCbc(plain, vector, PaddingMode.None);
        }

        /// <summary>What the sealed private box says (8.3); null when it is damaged.</summary>
        public PrivateText? Private(Seal seal)
        {
            byte[] plain = _aes.DecryptCbc(seal.Private.AsSpan(Block), seal.Private.AsSpan(0, Block), PaddingMode.None);
            int length = plain[0] << 8 | plain[1];
            if (length > plain.Length - 2)
            {
                return null;
            }

            try
            {
                var cbor = new CborReader(plain.AsMemory(2, length), CborConformanceMode.Canonical);
                if (cbor.ReadStartMap() != 3)
                {
                    return null;
                }

                var texts = new string[3];
                for (int i = 0; i < 3; i++)
                {
                    if (cbor.ReadInt32() != i + 1)
                    {
                        return null;
                    }

                    texts[i] = cbor.ReadTextString();
                }
                return new PrivateText(texts[0], texts[1], texts[2]);
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                return null;
            }
        }

        private static SealException Altered() =>
            new("its envelope does not open with this key: the envelope was altered", isOtherKey: false);
    }
}
